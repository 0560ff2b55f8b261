from typing import Any

from home_manager.authoring import *

SHELLS = ("bash", "fish", "nushell", "zsh")
WIDGETS = {"fileWidget": "CTRL_T", "changeDirWidget": "ALT_C", "historyWidget": "CTRL_R"}
"""The key bindings, and how the variables for them are called."""

FROM_FZF = """\
if ! {fzf} --nushell > "$out"; then
  echo "# this fzf has no integration with Nushell" > "$out"
fi
"""
LATE = 1500
"""Where code belongs that wants to find what others have set up."""


def widget(key: str, command: str, options: list[str]):
    """The options of what a key opens: for all shells, and for one shell that needs something else."""

    class InShell(Options):
        command_ = option(
            t.null_or(t.str),
            name="command",
            default=None,
            example=command,
            doc="The command in this shell; `null` for the common one.",
        )
        options_ = option(
            t.null_or(t.list_of(t.str)),
            name="options",
            default=None,
            example=options,
            doc="The options of fzf in this shell; `null` for the common ones.",
        )

    class Widget(Options):
        command_ = option(
            t.null_or(t.str),
            name="command",
            default=None,
            example=command,
            doc=f"The command that lists what {key} offers."
            + (" An empty text leaves the key to others." if key == "Ctrl-R" else ""),
        )
        options_ = option(
            t.list_of(t.str), name="options", default=[], example=options, doc=f"Options that fzf is given for {key}."
        )
        bash = group(InShell)
        fish = group(InShell)
        nushell = group(InShell)
        zsh = group(InShell)

    return group(Widget)


class Tmux(Options):
    """fzf in a pane of tmux."""

    enableShellIntegration = option(
        t.bool, default=False, example=True, doc="Whether the key bindings open fzf in a pane of tmux, by `FZF_TMUX=1`."
    )
    shellIntegrationOptions = option(
        t.list_of(t.str), default=[], example=["-d 40%"], doc="Options of `fzf-tmux` for the key bindings."
    )


def in_bash(self) -> str:
    hook = f'  eval "$({exe(self.package)} --bash)"'
    return "\n".join(["if [[ :$SHELLOPTS: =~ :(vi|emacs): ]]; then", *self._exports("bash"), hook, "fi", ""])


def in_zsh(self) -> str:
    hook = f"  source <({exe(self.package)} --zsh)"
    return "\n".join(["if [[ $options[zle] = on ]]; then", *self._exports("zsh"), hook, "fi", ""])


def in_fish(self) -> str:
    lines = [f"set -gx {name} {formats.shell.quote(value)}" for name, value in self._variables("fish").items()]
    return "\n".join([*lines, f"{exe(self.package)} --fish | source", ""])


def in_nushell(self) -> str:
    lines = [f"$env.{name} = {formats.nushell.render(value)}" for name, value in self._variables("nushell").items()]
    code = self._made("runCommand", "nushell-fzf-integration.nu", {}, FROM_FZF.replace("{fzf}", exe(self.package)))
    return "\n".join([*lines, f"source {code}", ""])


class Fzf(Program):
    """fzf, a fuzzy finder for the command line"""

    package = Package("fzf")
    defaultCommand = option(
        t.null_or(t.str),
        default=None,
        example="fd --type f",
        doc="The command whose output fzf shows when it is given nothing.",
    )
    defaultOptions = option(
        t.list_of(t.str),
        default=[],
        example=["--height 40%", "--border"],
        doc="Options that every run of fzf is given.",
    )
    fileWidget = widget("Ctrl-T", "fd --type f", ["--preview 'head {}'"])
    changeDirWidget = widget("Alt-C", "fd --type d", ["--preview 'tree -C {} | head -200'"])
    historyWidget = widget("Ctrl-R", "", ["--sort", "--exact"])
    colors = option(
        t.attrs_of(t.str),
        default={},
        example=literal('{\n  bg = "#1e1e1e";\n  "bg+" = "#1e1e1e";\n  fg = "#d4d4d4";\n  "fg+" = "#d4d4d4";\n}'),
        doc="Colours by the names that fzf has for them; they become a default option.",
    )
    tmux = group(Tmux)
    # bash, zsh and fish early, so that a manager of the history can take Ctrl-R; in Nushell after other completions,
    # which fzf falls back to.
    shells = ShellIntegration(
        bash=in_bash,
        fish=in_fish,
        zsh=in_zsh,
        nushell=in_nushell,
        order={"bash": 200, "zsh": 910, "fish": 200, "nushell": LATE},
    )
    renamed = tuple(
        Renamed(f"{name}{old}", f"{name}.{new}")
        for name in WIDGETS
        for old, new in (("Command", "command"), ("Options", "options"))
    )
    variables = Variables(lambda self: self._common())

    def _common(self) -> dict[str, str]:
        """The variables that hold for all shells."""
        colours = ",".join(f"{name}:{colour}" for name, colour in sorted(self.colors.items()))
        found: dict[str, Any] = {
            "FZF_DEFAULT_COMMAND": self.defaultCommand,
            "FZF_DEFAULT_OPTS": [*self.defaultOptions, *([f"--color {colours}"] if colours else [])],
            "FZF_TMUX": "1" if self.tmux.enableShellIntegration else None,
            "FZF_TMUX_OPTS": self.tmux.shellIntegrationOptions,
        }
        for name, key in WIDGETS.items():
            found |= self._of(getattr(self, name), key)
        return texts({name: value for name, value in found.items() if value != []})

    def _variables(self, shell: str) -> dict[str, str]:
        """The variables that differ in one shell."""
        found: dict[str, Any] = {}
        for name, key in WIDGETS.items():
            found |= self._of(getattr(getattr(self, name), shell), key)
        return texts(found)

    def _of(self, widget, key: str) -> dict[str, Any]:
        return {f"FZF_{key}_COMMAND": widget.command_, f"FZF_{key}_OPTS": widget.options_}

    def _exports(self, shell: str) -> list[str]:
        variables = self._variables(shell)
        return [formats.shell.export_all(variables)] if variables else []

    @defines("programs.nushell.environmentVariables", when="enableNushellIntegration")
    def nushell_variables(self):
        return self._common()

    @check
    def new_enough(self):
        version = self.package["version"]
        shells = self.shells
        if (shells["bash"] or shells["fish"] or shells["zsh"]) and not version_at_least(version, "0.48.0"):
            yield "fzf package version must be 0.48.0 or greater for bash, fish, or zsh integration"
        if shells["nushell"] and not version_at_least(version, "0.73.0"):
            yield "fzf package version must be 0.73.0 or greater for nushell integration"

    @warn
    def ignored_command(self):
        if self.historyWidget.command_ is not None and not version_at_least(self.package["version"], "0.66.0"):
            yield "`programs.fzf.historyWidget.command` needs fzf 0.66.0 or later; this fzf ignores it.\n"

    @warn
    def two_for_one_key(self):
        shells = [shell for shell in SHELLS if self._binds_history(shell) and self._others(shell)]
        if shells:
            others = sorted({name for shell in shells for name in self._others(shell)})
            yield (
                f"programs.fzf and a history manager both configure Ctrl-R for {', '.join(shells)}: "
                f"{' and '.join(f'programs.{name}' for name in others)} comes later and has the key.\n"
                'To leave it the key, set `programs.fzf.historyWidget.command = "";`, or for one shell\n'
                f'`programs.fzf.historyWidget.{shells[0]}.command = "";`. To keep fzf on the key, set\n'
                '`programs.atuin.flags = [ "--disable-ctrl-r" ];`, or turn off the integration of McFly for that shell.\n'
            )

    def _binds_history(self, shell: str) -> bool:
        own = getattr(self.historyWidget, shell).command_
        command = self.historyWidget.command_ if own is None else own
        return command != "" and self._hooked("fzf", shell)

    def _others(self, shell: str) -> list[str]:
        """The history managers that bind Ctrl-R in a shell."""
        found = []
        if self._hooked("atuin", shell) and "--disable-ctrl-r" not in self["programs.atuin.flags"]:
            found.append("atuin")
        if shell != "nushell" and self._hooked("mcfly", shell):
            found.append("mcfly")
        return found

    def _hooked(self, program: str, shell: str) -> bool:
        needed = (f"programs.{shell}", f"programs.{program}")
        return all(self._takes_part(path) and self[f"{path}.enable"] for path in needed) and bool(
            self[f"programs.{program}.enable{shell.capitalize()}Integration"]
        )


def texts(values: dict[str, Any]) -> dict[str, str]:
    """Variables as texts, without those that are not given; lists are joined by spaces."""
    given = {name: value for name, value in sorted(values.items()) if value is not None}
    return {name: " ".join(value) if isinstance(value, list) else value for name, value in given.items()}
