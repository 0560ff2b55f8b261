from home_manager.authoring import *
from home_manager.modules import _graphical


class Clipman(Service):
    """clipman, a simple clipboard manager for Wayland"""

    package = Package("clipman")
    systemdTarget = _graphical.target_of()
    extraArgs = option(
        t.list_of(t.str), default=[], example=["--max-items", "100"], doc="Further arguments of clipman."
    )

    def _command(self):
        watch = f"{self.pkgs['wl-clipboard']}/bin/wl-paste -t text --watch"
        return " ".join([watch, f"{self.package}/bin/clipman store", *map(formats.shell.quote, self.extraArgs)])

    unit = _graphical.session_unit(
        _command,
        follows="systemdTarget",
        description="Clipboard management daemon",
        restart="on-failure",
        service=lambda self: {
            "ExecReload": f"{self.pkgs['coreutils']}/bin/kill -SIGUSR2 $MAINPID",
            "KillMode": "mixed",
        },
    )
