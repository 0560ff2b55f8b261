from home_manager.authoring import *
from home_manager.modules import _hypr


class HyprlandQtSupport(Program):
    """the style that programs of Hyprland have for Qt 6"""

    platforms = ("linux",)

    package = Package("hyprland-qt-support", nullable=True)
    settings = _hypr.settings(
        "Hyprland",
        file="hypr/application-style.conf",
        example={"roundness": 1, "border_width": 1, "reduce_motion": False},
        page="https://wiki.hypr.land/Hypr-Ecosystem/hyprland-qt-support/",
        before=lambda self: ("$",),
    )
