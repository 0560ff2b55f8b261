from home_manager.authoring import *


class Amoco(Program):
    """amoco, an analyser of binaries"""

    package = Package("amoco", nullable=True)
    config = ExtraText(
        file=".config/amoco/config",
        type=t.either(t.str, t.path),
        below="home.file",
        doc="The configuration, as a text or a file.",
    )
