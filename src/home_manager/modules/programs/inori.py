from home_manager.authoring import *


class Inori(Program):
    """Inori, a client for the Music Player Daemon"""

    package = Package("inori", nullable=True)
    settings = Settings(
        formats.toml,
        file="inori/config.toml",
        example={"dvorak_keybindings": True, "seek_seconds": 10},
        doc="Settings of inori, see <https://github.com/eshrh/inori/blob/master/CONFIGURATION.md>.",
    )
