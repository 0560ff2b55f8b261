from home_manager.authoring import *


class Abaddon(Program):
    """abaddon, a client for Discord"""

    package = Package("abaddon", nullable=True)
    settings = Settings(
        formats.ini,
        file="abaddon/abaddon.ini",
        doc="Settings of abaddon, see <https://github.com/uowuo/abaddon?tab=readme-ov-file#settings>.",
    )
