"""`services.playerctld`."""

from __future__ import annotations

from home_manager.authoring import Package, Service, UserUnit


class Playerctld(Service):
    """playerctld daemon"""

    package = Package("playerctl")
    unit = UserUnit(
        lambda self: f"{self.package}/bin/playerctld",
        description="MPRIS media player daemon",
        wanted_by="default.target",
        service={"Type": "dbus", "BusName": "org.mpris.MediaPlayer2.playerctld"},
    )
