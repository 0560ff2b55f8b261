from home_manager.authoring import *


class Zoxide(Program):
    """zoxide, a `cd` that learns where you go"""

    package = Package("zoxide")
    options = option(t.list_of(t.str), default=[], example=["--no-cmd"], doc="Arguments of `zoxide init`.")
    shells = ShellIntegration(
        hook=lambda self, shell: self._init(shell),
        nushell=lambda self: f"source {self._nushell_file()}\n",
        # In zsh after the completion has been set up.
        order={"bash": 2000, "zsh": 851},
    )

    def _init(self, shell: str) -> str:
        return " ".join([exe(self.package), "init", shell, *self.options])

    def _nushell_file(self):
        # Nushell reads sources before it runs anything, so the file has to be there already.
        return self._made("runCommand", "zoxide-nushell-config.nu", {}, f'{self._init("nushell")} >> "$out"\n')
