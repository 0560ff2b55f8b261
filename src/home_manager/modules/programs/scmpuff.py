from home_manager.authoring import *


class Scmpuff(Program):
    """scmpuff, numbers for the files that git shows"""

    package = Package("scmpuff")
    shells = ShellIntegration(
        bash=lambda self: f'eval "$({self._init("bash")})"\n',
        zsh=lambda self: f'eval "$({self._init("zsh")})"\n',
        fish=lambda self: f"{self._init('fish')} | source\n",
        order={"fish": 1500},
    )
    enableAliases = option(t.bool, default=True, doc="Whether there are short names for commands of git.")

    def _init(self, shell):
        return f"{self.package}/bin/scmpuff init --shell={shell}{'' if self.enableAliases else ' --aliases=false'}"
