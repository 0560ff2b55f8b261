from home_manager.authoring import *


class Playerctld(Service):
    """playerctld daemon"""

    package = Package("playerctl")
    unit = UserUnit(
        lambda self: f"{self.package}/bin/playerctld",
        description="MPRIS media player daemon",
        wanted_by="default.target",
        service={"Type": "dbus", "BusName": "org.mpris.MediaPlayer2.playerctld"},
    )
