from home_manager.authoring import *


class Anup(Program):
    """anup, a player and tracker of series"""

    package = Package("anup", nullable=True)
    config = ExtraText(
        file=".config/anup/config.ron",
        type=t.either(t.str, t.path),
        below="home.file",
        doc="The configuration, as a text or a file.",
    )
