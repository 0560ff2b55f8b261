from home_manager.authoring import *


class Ncspot(Program):
    """ncspot, a client for Spotify in the terminal"""

    package = Package("ncspot", nullable=True)
    settings = Settings(
        formats.toml,
        file="ncspot/config.toml",
        example={"gapless": True, "shuffle": True},
        doc="Settings of ncspot, see <https://github.com/hrkfdn/ncspot#configuration>.",
    )
