from home_manager.authoring import *

VTE = """\
# vte.sh puts its own command in place of PROMPT_COMMAND, and that command loses the status of the last one.
__hm_prompt_before=${PROMPT_COMMAND-}
. %s/etc/profile.d/vte.sh
if declare -F __vte_prompt_command > /dev/null; then
  __hm_vte_prompt() {
    local status=$?
    __vte_prompt_command
    return "$status"
  }
  PROMPT_COMMAND=${__hm_prompt_before:+$__hm_prompt_before$'\\n'}__hm_vte_prompt
fi
unset __hm_prompt_before
"""
"""What makes VTE's script keep the prompt command that was there, and the status of the last command."""


class Bash(Program):
    """GNU Bourne-Again SHell"""

    package = Package("bash", default="bashInteractive", nullable=True)
    enableCompletion = option(
        t.bool,
        default=True,
        doc="Whether to complete commands in interactive shells. For programs of the system, "
        'NixOS and nix-darwin need `environment.pathsToLink = [ "/share/bash-completion" ];`. The old directory '
        "/etc/bash_completion.d is not looked at.",
    )
    historySize = option(t.null_or(t.int), default=10000, doc="How many commands a session remembers.")
    historyFile = option(t.null_or(t.str), default=None, doc="The file of the history; `null` leaves it to bash.")
    historyFileSize = option(t.null_or(t.int), default=100000, doc="How many commands the file keeps.")
    historyControl = option(
        t.list_of(t.enum("erasedups", "ignoredups", "ignorespace", "ignoreboth")),
        default=[],
        doc="Which commands are not remembered: repeated ones, or those that begin with a space.",
    )
    historyIgnore = option(
        t.list_of(t.str), default=[], example=["ls", "cd", "exit"], doc="Patterns of commands that are not remembered."
    )
    shellOptions = option(
        t.list_of(t.str),
        default=["histappend", "extglob", "globstar", "checkjobs"],
        example=["extglob", "-cdspell"],
        doc="Options that `shopt` sets; a dash in front unsets one.",
    )
    sessionVariables = option(
        t.lazy_attrs_of(t.null_or(t.one_of(t.str, t.path, t.int, t.float, t.bool))),
        default={},
        example={"MAILCHECK": 30},
        doc="Environment variables of login sessions of bash; `null` leaves one out.",
    )
    shellAliases = option(
        t.attrs_of(t.str), default={}, example={"ll": "ls -l", "..": "cd .."}, doc="Aliases, with what each stands for."
    )
    profileExtra = option(t.lines, default="", doc="Shell code for .profile, which login shells run.")
    initExtra = option(t.lines, default="", doc="Shell code for the part of .bashrc that interactive shells run.")
    bashrcExtra = option(t.lines, default="", doc="Shell code for the start of .bashrc, which others run as well.")
    logoutExtra = option(t.lines, default="", doc="Shell code for .bash_logout, which login shells run at their end.")
    enableVteIntegration = option(
        t.bool, default=False, example=True, doc="Whether terminals made with VTE are told the working directory."
    )
    renamed = Renamed("enableAutojump", "/programs.autojump.enable")

    @defines(".initExtra", when=enableCompletion)
    def completion(self):
        # Before all else, because other code adds completions.
        script = f'"{self.pkgs["bash-completion"]}/etc/profile.d/bash_completion.sh"'
        return order(100, f"if [[ ! -v BASH_COMPLETION_VERSINFO ]]; then\n  . {script}\nfi\n")

    @defines(".initExtra", when=enableVteIntegration)
    def terminal(self):
        return VTE % self.pkgs["vte"]

    @defines("home.file")
    def files(self):
        return {
            ".bash_profile": {"source": self._script("bash_profile", PROFILE)},
            ".profile": {"source": self._script("profile", self._profile())},
            ".bashrc": {"source": self._script("bashrc", self._bashrc())},
        }

    @defines("home.file", when=logoutExtra)
    def logout(self):
        return {".bash_logout": {"source": self._script("bash_logout", self.logoutExtra)}}

    def _script(self, name: str, text: str):
        return self._made("writeTextFile", {"name": name, "text": text})

    def _profile(self) -> str:
        variables = f'. "{self["home.sessionVariablesPackage"]}/etc/profile.d/hm-session-vars.sh"'
        return f"{variables}\n\n{formats.shell.export_all(self.sessionVariables)}\n\n{self.profileExtra}\n"

    def _bashrc(self) -> str:
        switches = [
            f"shopt {'-u' if name.startswith('-') else '-s'} {name.removeprefix('-')}" for name in self.shellOptions
        ]
        aliases = [f"alias -- {name}={formats.shell.quote(text)}" for name, text in self.shellAliases.items()]
        paragraphs = (
            self.bashrcExtra,
            "# The rest is for interactive shells.\n[[ $- == *i* ]] || return",
            "\n".join(self._history()),
            "\n".join(switches),
            "\n".join(aliases),
            self.initExtra,
        )
        return "\n\n".join(paragraphs) + "\n"

    def _history(self) -> list[str]:
        """The lines that set up the history."""
        variables = {
            "HISTCONTROL": ":".join(self.historyControl) or None,
            "HISTFILE": None if self.historyFile is None else f'"{self.historyFile}"',
            "HISTFILESIZE": self.historyFileSize,
            "HISTIGNORE": formats.shell.quote(":".join(self.historyIgnore)) if self.historyIgnore else None,
            "HISTSIZE": self.historySize,
        }
        lines = [f"{name}={value}" for name, value in variables.items() if value is not None]
        return lines if self.historyFile is None else [*lines, 'mkdir -p "$(dirname "$HISTFILE")"']


PROFILE = """\
# What every login shell reads
[[ -f ~/.profile ]] && . ~/.profile

# What every bash reads
[[ -f ~/.bashrc ]] && . ~/.bashrc
"""
"""The text of .bash_profile."""
