from home_manager.authoring import *


class Scmpuff(Program):
    """scmpuff, numbers for the files that git shows"""

    package = Package("scmpuff")
    shells = ShellIntegration(
        hook=lambda self, shell: self._init(shell),
        order={"fish": 1500},
    )
    enableAliases = option(t.bool, default=True, doc="Whether there are short names for commands of git.")

    def _init(self, shell):
        return f"{self.package}/bin/scmpuff init --shell={shell}{'' if self.enableAliases else ' --aliases=false'}"
