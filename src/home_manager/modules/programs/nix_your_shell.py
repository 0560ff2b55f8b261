from home_manager.authoring import *


class Monitor(Options):
    """nix-output-monitor, through which builds are shown."""

    enable = option(
        t.bool, default=False, example=True, doc="Whether to show builds through nix-output-monitor, which tells more."
    )
    package = Package("nix-output-monitor", install=False)


class NixYourShell(Program):
    """nix-your-shell, with which `nix develop` and `nix-shell` keep the shell that one uses"""

    package = Package("nix-your-shell")
    monitor = group(Monitor, name="nix-output-monitor")
    shells = ShellIntegration(
        fish=lambda self: f"{self._hook('fish')} | source\n",
        nushell=lambda self: f"source {self._nushell_file()}\n",
        zsh=lambda self: f"{self._hook('zsh')} | source /dev/stdin\n",
    )

    def _hook(self, shell: str) -> str:
        return " ".join([exe(self.package), *(["--nom"] if self.monitor.enable else []), shell])

    def _nushell_file(self):
        return self._made("runCommand", "nix-your-shell-nushell-config.nu", {}, f'{self._hook("nu")} >> "$out"\n')

    @defines("home.packages", when=lambda self: self.monitor.enable)
    def monitor_package(self):
        return [self.monitor.package]
