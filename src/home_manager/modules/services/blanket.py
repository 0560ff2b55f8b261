from home_manager.authoring import *


class Blanket(Service):
    """Blanket, a player of ambient sounds"""

    package = Package("blanket")
    daemon = UserUnit(
        lambda self: f"{self.package}/bin/blanket --gapplication-service",
        description="Blanket daemon",
        requires="dbus.service",
        target="graphical-session.target",
        part_of=["graphical-session.target", "pipewire.service"],
        restart="on-failure",
        service={"RestartSec": 5},
    )
