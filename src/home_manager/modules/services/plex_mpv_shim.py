from home_manager.authoring import *


class PlexMpvShim(Service):
    """Plex MPV Shim, which plays in mpv what is cast from Plex"""

    package = Package("plex-mpv-shim", install=False)
    settings = Settings(
        formats.json,
        file="plex-mpv-shim/conf.json",
        example={
            "adaptive_transcode": False,
            "allow_http": False,
            "always_transcode": False,
            "audio_ac3passthrough": False,
            "audio_dtspassthrough": False,
            "auto_play": True,
            "auto_transcode": True,
        },
        doc="The configuration, see <https://github.com/iwalton3/plex-mpv-shim>.",
    )
    daemon = UserUnit(
        lambda self: f"{self.package}/bin/plex-mpv-shim",
        description="Plex mpv shim",
        target="graphical-session.target",
    )
