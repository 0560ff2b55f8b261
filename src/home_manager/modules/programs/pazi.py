from home_manager.authoring import *


class Pazi(Program):
    """pazi, a fast `cd` that learns"""

    package = Package("pazi")
    shells = ShellIntegration(
        hook="init {shell}",
        sinks={"fish": "programs.fish.shellInit"},
    )
