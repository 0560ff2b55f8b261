from home_manager.authoring import *


class Devenv(Program):
    """devenv, environments for development made of Nix"""

    package = Package("devenv")
    shells = ShellIntegration(
        hook="hook {shell}",
        nushell=lambda self: f"source {self._nushell_file()}\n",
        order={"bash": 1500, "fish": 1500},
    )

    def _nushell_file(self):
        return self._made("runCommand", "devenv-nushell-config.nu", {}, f"{exe(self.package)} hook nu > $out\n")
