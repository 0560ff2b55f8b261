"""`programs.pazi`."""

from home_manager.authoring import *


class Pazi(Program):
    """pazi, a fast `cd` that learns"""

    package = Package("pazi")
    shells = ShellIntegration(
        bash=lambda self: f'eval "$({exe(self.package)} init bash)"\n',
        zsh=lambda self: f'eval "$({exe(self.package)} init zsh)"\n',
        fish=lambda self: f"{exe(self.package)} init fish | source\n",
        sinks={"fish": "programs.fish.shellInit"},
    )
