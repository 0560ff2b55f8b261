"""What every login session gets: variables, search paths, aliases, language."""

from home_manager.authoring import *

LANGUAGE = {
    "base": ("LANG", "The language wherever no other option says otherwise."),
    "ctype": ("LC_CTYPE", "The language that classifies characters."),
    "numeric": ("LC_NUMERIC", "The language of numbers."),
    "time": ("LC_TIME", "The language of dates and times."),
    "collate": ("LC_COLLATE", "The language whose alphabet sorts."),
    "monetary": ("LC_MONETARY", "The language of amounts of money."),
    "messages": ("LC_MESSAGES", "The language in which programs speak."),
    "paper": ("LC_PAPER", "The language whose paper sizes are used."),
    "name": ("LC_NAME", "The language of the names of persons."),
    "address": ("LC_ADDRESS", "The language of postal addresses."),
    "telephone": ("LC_TELEPHONE", "The language of telephone numbers."),
    "measurement": ("LC_MEASUREMENT", "The language whose units of measurement are used."),
}
"""The options of `home.language`, with the variable that each sets."""


class Language(Options):
    """The languages of the session."""

    locals().update({name: option(t.null_or(t.str), default=None, doc=doc) for name, (_, doc) in LANGUAGE.items()})


PROFILE_PATH = """\
case ":$PATH:" in
  *":PROFILE/bin:"*) ;;
  *)
    export PATH="PROFILE/bin:$PATH"
    export XDG_DATA_DIRS="PROFILE/share:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}"
    ;;
esac

"""
"""Puts the programs of a profile, with their completions and desktop entries, before those of the system."""


def before_1909(otherwise: str):
    """A default that is `null` from state version 19.09 on."""
    return lambda self: None if self._state_at_least("19.09") else otherwise


class Keyboard(Options):
    """The keyboard of X."""

    layout = option(
        t.null_or(t.str), default=before_1909("us"), default_text="null", doc="The layout; `null` keeps the system's."
    )
    model = option(t.null_or(t.str), default=None, example="presario", doc="The model of the keyboard.")
    options = option(
        t.list_of(t.str),
        default=[],
        example=["grp:caps_toggle", "grp_led:scroll"],
        doc="Options, such as how to change the layout.",
    )
    variant = option(
        t.null_or(t.str),
        default=before_1909(""),
        default_text="null",
        example="colemak",
        doc="The variant of the layout; `null` keeps the system's.",
    )


class Session(Module):
    """The login session"""

    namespace = "home"

    language = option(t.submodule(Language), default={}, doc="The languages of the session.")
    keyboard = option(
        t.null_or(t.submodule(Keyboard)),
        default=lambda self: None if self._state_at_least("21.11") else {},
        default_text='"{ }"  for state version < 21.11,\n"null" for state version ≥ 21.11\n',
        doc="The keyboard; `null` leaves it to the system.",
    )
    shellAliases = option(
        t.attrs_of(t.str),
        default={},
        example={"g": "git", "...": "cd ../.."},
        doc="Aliases for every shell that is managed here. They should mean the same in all of them.",
    )
    sessionVariables = option(
        t.lazy_attrs_of(t.null_or(t.one_of(t.str, t.path, t.int, t.float, t.bool))),
        default={},
        example={"EDITOR": "emacs", "GS_OPTIONS": "-sPAPERSIZE=a4"},
        doc="Environment variables of the session. A value may use others that are set already, in the notation of "
        "POSIX shells, but none that is set here: their order is not defined. `null` leaves a variable out.",
    )
    sessionVariablesPackage = option(t.package, internal=True, doc="The package with the file `hm-session-vars.sh`.")
    sessionPath = option(
        t.list_of(t.str),
        default=[],
        example=["$HOME/.local/bin", "${xdg.configHome}/emacs/bin", ".git/safe/../../bin"],
        doc="Directories to put before `PATH`. Variables are expanded by the shell, `~` and `*` are not.",
    )
    sessionSearchVariables = option(
        t.attrs_of(t.list_of(t.str)),
        default={},
        example={"MANPATH": ["$HOME/.npm-packages/man", "${xdg.configHome}/.local/share/man"]},
        doc="Directories to put before variables that hold a list separated by colons.",
    )
    sessionVariablesExtra = option(
        t.lines, default="", internal=True, doc="Further text of the file `hm-session-vars.sh`."
    )

    @defines(".sessionVariables")
    def languages(self):
        values = {variable: getattr(self.language, name) for name, (variable, _) in LANGUAGE.items()}
        return {variable: value for variable, value in values.items() if value is not None}

    @defines(".sessionSearchVariables", when=sessionPath)
    def path_is_search_variable(self):
        return {"PATH": self.sessionPath}

    @defines(".sessionVariablesPackage")
    def package(self):
        destination = "/etc/profile.d/hm-session-vars.sh"
        spec = {"name": "hm-session-vars.sh", "destination": destination, "text": self._variables_text()}
        return self._made("writeTextFile", spec)

    def _variables_text(self) -> str:
        """The shell code that sets everything, once in a session."""
        variables = {name: value for name, value in self.sessionVariables.items() if value is not None}
        search = [
            formats.shell.export(name, formats.shell.prepend_to_variable(":", name, values))
            for name, values in self.sessionSearchVariables.items()
        ]
        return (
            "# Once in a session is enough.\n"
            'if [ -n "${__HM_SESS_VARS_SOURCED-}" ]; then return; fi\n'
            "export __HM_SESS_VARS_SOURCED=1\n\n"
            f"{self._profile_path()}{formats.shell.export_all(variables)}\n"
            f"{chr(10).join(search)}\n{self.sessionVariablesExtra}"
        )

    def _profile_path(self) -> str:
        """Code by which the packages are found. Where Nix is installed, its own profile script has done it already."""
        if self["submoduleSupport.externalPackageInstall"]:
            return ""
        profile = self["home.profileDirectory"]
        return PROFILE_PATH.replace("PROFILE", profile)

    @defines("home.packages")
    def variables_are_installed(self):
        return [self.sessionVariablesPackage]

    @defines("programs.bash.shellAliases")
    def bash_aliases(self):
        return self.shellAliases

    @defines("programs.zsh.shellAliases")
    def zsh_aliases(self):
        return self.shellAliases
