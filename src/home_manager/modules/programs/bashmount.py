from home_manager.authoring import *


class Bashmount(Program):
    """bashmount, a menu to mount removable media"""

    package = Package("bashmount", nullable=True)
    extraConfig = ExtraText(
        file="bashmount/config",
        doc="Lines of the configuration file, see <https://github.com/jamielinux/bashmount/blob/master/bashmount.conf>.",
    )
