from home_manager.authoring import *


class Sctd(Service):
    """sctd, which changes the colour temperature of the screen over the day"""

    package = Package("sct", install=False)
    baseTemperature = option(
        t.between(2500, 9000),
        default=4500,
        doc="The temperature that the day's is computed from, see {manpage}`sctd(1)`.",
    )
    daemon = UserUnit(
        lambda self: f"{self.package}/bin/sctd {self.baseTemperature}",
        description="Dynamically adjust the screen color temperature twice every minute",
        target="graphical-session.target",
        restart="on-abnormal",
        environment=lambda self: [f"PATH={self._path()}"],
        service=lambda self: {"ExecStopPost": f"{self.package}/bin/sct", "SuccessExitStatus": 1},
    )

    def _path(self):
        # sctd writes to standard error what `logger -s` writes there once more.
        program = f'exec 2>/dev/null\nexec {self.pkgs["util-linux"]}/bin/logger "$@"\n'
        quiet = self._made("writeShellScriptBin", "logger", program)
        packages = [self.pkgs[name] for name in ("bash", "coreutils", "gnused", "which")]
        return self._made(self.pkgs["lib"]["makeBinPath"], [*packages, self.package, quiet])
