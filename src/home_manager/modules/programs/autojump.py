from home_manager.authoring import *


class Autojump(Program):
    """autojump, a `cd` that learns"""

    package = Package("autojump")
    shells = ShellIntegration(
        bash=lambda self: self._source("bash"),
        zsh=lambda self: self._source("zsh"),
        fish=lambda self: self._source("fish"),
        order={"bash": 500},
    )

    def _source(self, shell):
        return f". {self.package}/share/autojump/autojump.{shell}\n"
