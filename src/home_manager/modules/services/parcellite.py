from home_manager.authoring import *


class Parcellite(Service):
    """Parcellite"""

    extraOptions = option(t.list_of(t.str), default=[], example=["--no-icon"], doc="Arguments of Parcellite.")
    package = Package("parcellite", example="pkgs.clipit")
    unit = UserUnit(
        lambda self: (
            f"{self.package}/bin/{computed(self.package['pname'])} {formats.shell.quote_all(self.extraOptions)}"
        ),
        description="Lightweight GTK+ clipboard manager",
        target="graphical-session.target",
        after=["graphical-session.target", "tray.target"],
        requires="tray.target",
        restart="on-abort",
    )
