from home_manager.authoring import *
from home_manager.modules.programs.zsh.highlighting import (
    FastHighlighting,
    Highlighting,
    fast_highlighting,
    highlighting,
)
from home_manager.modules.programs.zsh.history import WithHistory
from home_manager.modules.programs.zsh.oh_my_zsh import WithOhMyZsh
from home_manager.modules.programs.zsh.places import dot_dir, dot_file, home, in_home
from home_manager.modules.programs.zsh.plugins import Antidote, WithPlugins, Zplug, for_each
from home_manager.modules.programs.zsh.prezto import WithPrezto

KEYMAPS = {"emacs": "bindkey -e", "vicmd": "bindkey -a", "viins": "bindkey -v"}
"""The keymaps to start from, and the command that selects each."""

LATER = "26.05"
"""From this state version on, the files lie below `xdg.configHome` where the XDG directories are managed."""


class Autosuggestion(Options):
    """Suggestions while typing."""

    enable = option(t.bool, default=False, doc="Whether to suggest how to go on with what has been typed.")
    highlight = option(
        t.null_or(t.str),
        default=None,
        example="fg=#ff00ff,bg=cyan,bold,underline",
        doc="How suggestions look, in the notation of zshzle(1).",
    )
    strategy = option(
        t.list_of(t.enum("history", "completion", "match_prev_cmd")),
        default=["history"],
        doc="Where suggestions come from, tried in order: the latest match of the history, what completion would offer "
        "(it needs the module `zpty`), or the match that followed a command like the last one (it needs a history that "
        "keeps duplicates). An empty list leaves `ZSH_AUTOSUGGEST_STRATEGY` alone.",
    )


def old_text(what: str):
    """An option for code of .zshrc from before `initContent`."""
    return option(t.lines, default="", visible=False, doc=f"Zsh code {what}; use `initContent`.")


class Deprecated:
    """Options that `initContent` replaces."""

    _position = "programs/zsh/deprecated.nix"
    initExtraFirst = old_text("for the beginning of .zshrc")
    initExtraBeforeCompInit = old_text("that runs before completion is set up")
    initExtra = old_text("for .zshrc")

    @defines(".initContent")
    def old_texts(self):
        if self.initExtraFirst:
            yield before(self.initExtraFirst)
        if self.initExtraBeforeCompInit:
            yield order(550, self.initExtraBeforeCompInit)
        if self.initExtra:
            yield order(999, self.initExtra)

    @warn
    def old_names(self):
        for name, how in (
            ("initExtraFirst", " with `lib.mkBefore`"),
            ("initExtraBeforeCompInit", " with `lib.mkOrder 550`"),
            ("initExtra", ""),
        ):
            if getattr(self, name):
                yield f"`programs.zsh.{name}` is deprecated, use `programs.zsh.initContent`{how} instead."


class Zsh(WithPlugins, Deprecated, WithHistory, WithOhMyZsh, WithPrezto, Program):
    """Z shell (Zsh)"""

    package = Package("zsh")
    autocd = option(t.null_or(t.bool), default=None, doc="Whether a directory's name alone goes there.")
    cdpath = option(t.list_of(t.str), default=[], doc="Directories in which `cd` looks for its argument.")
    dotDir = option(
        t.null_or(t.str),
        default=lambda self: self._usual_directory(),
        default_text=f'if config.xdg.enable && lib.versionAtLeast config.home.stateVersion "{LATER}" then\n'
        '  "${config.xdg.configHome}/zsh"\nelse\n  config.home.homeDirectory\n',
        example=literal('"${config.xdg.configHome}/zsh"'),
        doc="The directory of zsh's files, by default the home directory.",
    )
    shellAliases = option(
        t.attrs_of(t.str), default={}, example={"ll": "ls -l", "..": "cd .."}, doc="Aliases, with what each stands for."
    )
    shellGlobalAliases = option(
        t.attrs_of(t.str),
        default={},
        example={"UUID": "$(uuidgen | tr -d \\n)", "G": "| grep"},
        doc="Aliases that are replaced anywhere in a line.",
    )
    dirHashes = option(
        t.attrs_of(t.str),
        default={},
        example=literal(
            "{\n"
            '  docs  = "$\\{config.home.homeDirectory}/Documents";\n'
            '  vids  = "$\\{config.home.homeDirectory}/Videos";\n'
            '  dl    = "$\\{config.home.homeDirectory}/Downloads";\n'
            "}\n"
        ),
        doc="Names for directories, to be written `~name`.",
    )
    enableCompletion = option(
        t.bool,
        default=True,
        doc='Whether to complete commands. On NixOS, `environment.pathsToLink = [ "/share/zsh" ];` gives completions '
        "of the system's packages.",
    )
    completionInit = option(
        t.lines, default="autoload -U compinit && compinit", doc="Zsh code that sets completion up."
    )
    syntaxHighlighting = option(t.submodule(Highlighting), default={}, doc="Colours with zsh-syntax-highlighting.")
    fastSyntaxHighlighting = option(
        t.submodule(FastHighlighting), default={}, doc="Colours with zsh-fast-syntax-highlighting."
    )
    autosuggestion = group(Autosuggestion)
    defaultKeymap = option(
        t.null_or(t.enum(*KEYMAPS)),
        default=None,
        example="emacs",
        doc="The keymap to start from; `null` leaves it to zsh.",
    )
    sessionVariables = option(
        t.lazy_attrs_of(t.null_or(t.one_of(t.str, t.path, t.int, t.float, t.bool))),
        default={},
        example={"MAILCHECK": 30},
        doc="Environment variables of sessions of zsh; `null` leaves one out.",
    )
    initContent = option(
        t.lines,
        default="",
        example=literal("lib.mkOrder 1200 ''\n  echo \"Hello zsh initContent!\"\n'';\n"),
        doc="Zsh code for .zshrc. Its place is given by `lib.mkOrder`: 500 is the beginning (`lib.mkBefore`), 550 is "
        "before completion is set up, 1000 the usual place, 1500 the end (`lib.mkAfter`). `lib.mkMerge` joins code for "
        "several places.",
    )
    envExtra = option(t.lines, default="", doc="Zsh code for .zshenv, which every zsh runs.")
    profileExtra = option(t.lines, default="", doc="Zsh code for .zprofile, which login shells run before .zshrc.")
    loginExtra = option(t.lines, default="", doc="Zsh code for .zlogin, which login shells run after .zshrc.")
    logoutExtra = option(t.lines, default="", doc="Zsh code for .zlogout, which login shells run at their end.")
    localVariables = option(
        t.attrs,
        default={},
        example={"POWERLEVEL9K_LEFT_PROMPT_ELEMENTS": ["dir", "vcs"]},
        doc="Variables of the shell that are set early in .zshrc and not exported.",
    )
    setOptions = option(
        t.list_of(t.str),
        default=[],
        example=["EXTENDED_HISTORY", "RM_STAR_WAIT", "NO_BEEP"],
        doc="Options of zsh to set, see zshoptions(1); `NO_` in front unsets one.",
    )
    siteFunctions = option(
        t.attrs_of(t.lines),
        default={},
        example={"mkcd": 'mkdir --parents "$1" && cd "$1"\n'},
        doc="Functions by name, loaded when they are first called.",
    )
    enableVteIntegration = option(
        t.bool, default=False, example=True, doc="Whether terminals made with VTE are told the working directory."
    )
    zplug = group(Zplug)
    antidote = group(Antidote)
    renamed = (
        Renamed("enableAutosuggestions", "autosuggestion.enable"),
        Renamed("enableSyntaxHighlighting", "syntaxHighlighting.enable"),
        Renamed("zproof", "zprof"),
    )

    def _usual_directory(self) -> str:
        if self["xdg.enable"] and self._state_at_least(LATER):
            return f"{self['xdg.configHome']}/zsh"
        return home(self)

    # Checks

    @check
    def directory_is_known(self):
        given = self.dotDir or ""
        if "$" in given:
            yield (
                f"programs.zsh.dotDir cannot contain shell variables, and it is `{given}`.\n"
                "Write an absolute path, for instance one that begins with `config.home.homeDirectory` or "
                "`config.xdg.configHome`."
            )
        elif not in_home(self) and not dot_dir(self).startswith(home(self) + "/"):
            yield f"programs.zsh.dotDir is `{given}`, which does not lie in the home directory `{home(self)}`."

    @check
    def one_highlighter(self):
        if self.syntaxHighlighting.enable and self.fastSyntaxHighlighting.enable:
            yield "Only one Zsh syntax highlighter can be enabled at a time.\n"

    @check
    def functions_have_names(self):
        for name in self.siteFunctions:
            if name.startswith("/"):
                yield (
                    f"programs.zsh.siteFunctions: zsh cannot load `{name}` by name, since it begins with a slash.\n"
                    "Give it another name, or define it in programs.zsh.initContent."
                )

    @warn
    def relative_directory(self):
        given = self.dotDir
        if given is not None and not given.startswith("/") and "$" not in given:
            yield (
                f"programs.zsh.dotDir is a relative path, `{given}`, which is deprecated.\n"
                "Write an absolute path, for instance one that begins with `config.home.homeDirectory` or "
                "`config.xdg.configHome`."
            )

    @warn
    def directory_will_move(self):
        if self["xdg.enable"] and not self._state_at_least(LATER) and not self._option("dotDir").definitions():
            yield (
                f"The default of `programs.zsh.dotDir` is another from state version {LATER} on.\n"
                "To keep zsh's files in the home directory and silence this warning, write\n"
                "  programs.zsh.dotDir = config.home.homeDirectory;\n"
                "To have them below the XDG directory for configuration, write\n"
                '  programs.zsh.dotDir = "${config.xdg.configHome}/zsh";'
            )

    # Packages

    @defines(".syntaxHighlighting.highlighters", when=lambda self: self.syntaxHighlighting.enable)
    def main_highlighter(self):
        return ["main"]

    @defines("home.packages")
    def completions(self):
        if self.enableCompletion:
            yield [self._made(self.pkgs["lib"]["lowPrio"], self.pkgs["nix-zsh-completions"])]

    @defines("home.packages")
    def functions(self):
        return [
            self._made("writeTextDir", f"share/zsh/site-functions/{name}", body)
            for name, body in self.siteFunctions.items()
        ]

    # Files

    def _session(self, indent: str = "") -> str:
        """Code that sets the variables of the session, once."""
        exports = formats.zsh.export_all(self.sessionVariables, indent=f"{indent}  ")
        return (
            f"{indent}# Environment variables\n"
            f'{indent}. "{self["home.sessionVariablesPackage"]}/etc/profile.d/hm-session-vars.sh"\n\n'
            f"{indent}# Only source this once\n"
            f'{indent}if [[ -z "${{__HM_ZSH_SESS_VARS_SOURCED-}}" ]]; then\n'
            f"{indent}  export __HM_ZSH_SESS_VARS_SOURCED=1\n"
            f"{indent}  {exports}\n"
            f"{indent}fi\n"
        )

    @defines("home.file")
    def files(self):
        for name, text in ((".zshenv", self.envExtra), (".zlogin", self.loginExtra), (".zlogout", self.logoutExtra)):
            if text:
                yield {dot_file(self, name): {"text": text}}
        if not in_home(self):
            where = dot_dir(self)
            yield {dot_file(self, ".zshenv"): {"text": formats.zsh.export("ZDOTDIR", where) + "\n"}}
            # Zsh reads this one only while ZDOTDIR is unset; a zsh started in zsh reads the other one itself.
            yield {".zshenv": {"text": f"source {formats.shell.quote(f'{where}/.zshenv')}\n"}}
        profile = f"\n{self.profileExtra}\n" if self.profileExtra else ""
        yield {dot_file(self, ".zshenv"): {"text": f"if [[ ! -o login ]]; then\n{self._session('  ')}fi\n"}}
        yield {dot_file(self, ".zprofile"): {"text": self._session() + profile}}
        yield {dot_file(self, ".zshrc"): {"text": self.initContent}}

    # What goes into .zshrc

    @defines(".initContent")
    def functions_known(self):
        if self.siteFunctions:
            return f"autoload -Uz -- {formats.shell.quote_all(self.siteFunctions)}"
        return None

    @defines(".initContent")
    def start(self):
        yield order(510, "typeset -U path cdpath fpath manpath")
        if self.cdpath:
            yield order(510, f"cdpath+=({' '.join(formats.zsh.value_text(path) for path in self.cdpath)})\n")
        places = ("site-functions", "$ZSH_VERSION/functions", "vendor-completions")
        yield order(
            520,
            "for profile in ${(z)NIX_PROFILES}; do\n"
            f"  fpath+=({' '.join(f'$profile/share/zsh/{place}' for place in places)})\n"
            f'done\n\nHELPDIR="{self.package}/share/zsh/$ZSH_VERSION/help"\n',
        )
        if self.defaultKeymap is not None:
            yield order(530, f"# The keymap to start from: {self.defaultKeymap}\n{KEYMAPS[self.defaultKeymap]}\n")
        if self.localVariables:
            yield order(540, formats.zsh.define_all(self.localVariables))
        # oh-my-zsh and prezto set completion up themselves; twice takes time.
        if self.enableCompletion and not self.oh_my_zsh.enable and not self.prezto.enable:
            yield order(570, self.completionInit)

    @defines(".initContent", when=lambda self: self.autosuggestion.enable)
    def suggestions(self):
        package = self.pkgs["zsh-autosuggestions"]
        text = f"source {package}/share/zsh-autosuggestions/zsh-autosuggestions.zsh\n"
        if self.autosuggestion.strategy:
            text += f"ZSH_AUTOSUGGEST_STRATEGY=({' '.join(self.autosuggestion.strategy)})\n"
        if self.autosuggestion.highlight is not None:
            text += f'ZSH_AUTOSUGGEST_HIGHLIGHT_STYLE="{self.autosuggestion.highlight}"\n'
        return order(700, f"{text}\n")

    @defines(".initContent", when=setOptions)
    def options_set(self):
        return order(950, "# Set shell options\n" + for_each("set_opts", self.setOptions, "opt", 'setopt "$opt"'))

    @defines(".initContent")
    def names(self):
        quote = formats.shell.quote
        aliases = [f"alias -- {quote(name)}={quote(text)}" for name, text in self.shellAliases.items()]
        aliases += [f"alias -g -- {quote(name)}={quote(text)}" for name, text in self.shellGlobalAliases.items()]
        if aliases:
            yield order(1100, "\n".join(aliases))
        if self.dirHashes:
            hashes = [f"hash -d {quote(name)}={formats.zsh.value_text(path)}" for name, path in self.dirHashes.items()]
            yield order(1150, "# Named directories\n" + "\n".join(hashes) + "\n")

    @defines(".initContent")
    def colours(self):
        # Highlighters wrap the widgets that exist, so they come after everything that makes some.
        if self.syntaxHighlighting.enable:
            yield order(1200, highlighting(self.syntaxHighlighting))
        if self.fastSyntaxHighlighting.enable:
            yield order(1200, fast_highlighting(self.fastSyntaxHighlighting))

    @defines(".initContent", when=enableVteIntegration)
    def terminal(self):
        return f". {self.pkgs['vte']}/etc/profile.d/vte.sh\n"
