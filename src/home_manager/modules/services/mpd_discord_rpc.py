from home_manager.authoring import *


class MpdDiscordRpc(Service):
    """the mpd-discord-rpc service"""

    package = Package("mpd-discord-rpc", install=False)
    settings = Settings(
        formats.toml,
        file="discord-rpc/config.toml",
        when=True,
        example={"hosts": ["localhost:6600"], "format": {"details": "$title", "state": "On $album by $artist"}},
        doc="Configuration of mpd-discord-rpc; see its README.",
    )
    unit = UserUnit(
        lambda self: f"{self.package}/bin/mpd-discord-rpc",
        description="Discord Rich Presence for MPD",
        target="graphical-session.target",
        restart="on-failure",
        unit={"Documentation": "https://github.com/JakeStanger/mpd-discord-rpc"},
    )
