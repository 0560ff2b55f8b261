from home_manager.authoring import *


class Amberol(Service):
    """Amberol, a music player, as a daemon"""

    package = Package("amberol")
    enableRecoloring = option(t.bool, default=True, doc="Whether the window takes the colours of the album's art.")
    replaygain = option(t.enum("album", "track", "off"), default="track", doc="What the volume is adjusted by.")
    daemon = UserUnit(
        lambda self: f"{exe(self.package)} --gapplication-service",
        description="Amberol music player daemon",
        requires="dbus.service",
        target="graphical-session.target",
        restart="on-failure",
        service={"RestartSec": 5},
    )

    @defines("dconf.settings")
    def settings(self):
        return {
            "io/bassi/Amberol": {
                "background-play": True,
                "enable-recoloring": self.enableRecoloring,
                "replay-gain": self.replaygain,
            }
        }
