from home_manager.authoring import *


class Hyprshot(Program):
    """Hyprshot the Hyprland screenshot utility"""

    platforms = ("linux",)

    package = Package("hyprshot", nullable=True)
    saveLocation = option(
        t.null_or(t.str),
        default=None,
        example="$HOME/Pictures/Screenshots",
        doc="Where screenshots are saved: the variable `HYPRSHOT_DIR`. Without it, where the desktop keeps pictures.",
    )
    variables = Variables(HYPRSHOT_DIR=lambda self: self.saveLocation)
