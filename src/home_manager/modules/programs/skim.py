from home_manager.authoring import *

VARIABLES = {
    "SKIM_ALT_C_COMMAND": "changeDirWidgetCommand",
    "SKIM_ALT_C_OPTS": "changeDirWidgetOptions",
    "SKIM_CTRL_R_OPTS": "historyWidgetOptions",
    "SKIM_CTRL_T_COMMAND": "fileWidgetCommand",
    "SKIM_CTRL_T_OPTS": "fileWidgetOptions",
    "SKIM_DEFAULT_COMMAND": "defaultCommand",
    "SKIM_DEFAULT_OPTIONS": "defaultOptions",
}


def command(example, doc):
    return option(t.null_or(t.str), default=None, example=example, doc=f"The command whose output skim shows {doc}.")


def arguments(example, doc):
    return option(t.list_of(t.str), default=[], example=example, doc=f"Options of skim {doc}.")


def sourced(condition, shell):
    return lambda self: (
        f"if [[ {condition} ]]; then\n"
        f"  . {self.package}/share/skim/completion.{shell}\n"
        f"  . {self.package}/share/skim/key-bindings.{shell}\n"
        "fi\n"
    )


class Skim(Program):
    """skim, a fuzzy finder for the command line"""

    package = Package("skim")
    defaultCommand = command("fd --type f", "when it is given nothing")
    defaultOptions = arguments(["--height 40%", "--prompt ⟫"], "for every run")
    fileWidgetCommand = command("fd --type f", "for Ctrl-T")
    fileWidgetOptions = arguments(["--preview 'head {}'"], "for Ctrl-T")
    changeDirWidgetCommand = command("fd --type d", "for Alt-C")
    changeDirWidgetOptions = arguments(["--preview 'tree -C {} | head -200'"], "for Alt-C")
    historyWidgetOptions = arguments(["--tac", "--exact"], "for Ctrl-R")
    shells = ShellIntegration(
        bash=sourced(":$SHELLOPTS: =~ :(vi|emacs):", "bash"),
        zsh=sourced("$options[zle] = on", "zsh"),
        fish=lambda self: f"source {self.package}/share/skim/key-bindings.fish && skim_key_bindings\n",
        sinks={"fish": "programs.fish.shellInit"},
    )

    @defines("home.sessionVariables")
    def variables(self):
        given = {variable: getattr(self, name) for variable, name in VARIABLES.items()}
        return {
            variable: formats.plain.to_string(value) for variable, value in given.items() if value not in (None, [])
        }
