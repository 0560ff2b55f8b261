"""What the agents of macOS that draw and listen have in common: where they write what they say, and that they go on."""

from home_manager.authoring import *


def log_file(name, kind, *, shown=None):
    """An option for a log; `kind` is `err` or `out`."""
    place = f"Library/Logs/{shown or name}/{kind}.log"
    return option(
        t.null_or(t.either(t.path, t.str)),
        default=lambda self: f"{self['home.homeDirectory']}/Library/Logs/{name}/{name}.{kind}.log",
        default_text=f"${{config.home.homeDirectory}}/{place}",
        example=f"/Users/khaneliman/Library/Logs/{shown or name}.log",
        doc="The file of what it writes: mistakes." if kind == "err" else "The file of what it writes.",
    )


def agent(name):
    """The definition of the agent."""

    def definition(self):
        config = {
            "ProgramArguments": [exe(self.package)],
            "ProcessType": "Interactive",
            "KeepAlive": True,
            "RunAtLoad": True,
            "StandardErrorPath": self.errorLogFile,
            "StandardOutPath": self.outLogFile,
        }
        return {name: {"enable": True, "config": config}}

    return defines("launchd.agents")(definition)
