from home_manager.authoring import *


class Am2rlauncher(Program):
    """AM2RLauncher, which installs and starts a game"""

    platforms = ("linux",)
    package = Package("am2rlauncher", nullable=True)
    config = ExtraText(
        file="AM2RLauncher/config.xml",
        type=t.either(t.str, t.path),
        doc="The configuration in XML, as a text or a file.",
    )
