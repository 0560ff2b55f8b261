from home_manager.authoring import *


class Rmpc(Program):
    """rmpc, a client for the Music Player Daemon"""

    package = Package("rmpc", nullable=True)
    config = ExtraText(
        file="rmpc/config.ron",
        doc="The configuration in Rusty Object Notation, see <https://mierak.github.io/rmpc/>.",
    )
