from home_manager.authoring import *


class Bluetuith(Program):
    """Bluetuith, a manager of Bluetooth devices in the terminal"""

    platforms = ("linux",)
    package = Package("bluetuith", nullable=True)
    settings = Settings(
        formats.json,
        file="bluetuith/bluetuith.conf",
        example={
            "adapter": "hci0",
            "keybindings": {"Menu": "Alt+m"},
            "receive-dir": "/home/user/files",
            "theme": {"Adapter": "red"},
        },
        doc="Settings of bluetuith, see <https://bluetuith-org.github.io/bluetuith/Configuration.html>.",
    )
