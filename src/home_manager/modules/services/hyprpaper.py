from home_manager.authoring import *
from home_manager.modules import _graphical, _hypr

EXAMPLE = {
    "splash": False,
    "wallpaper": [
        {"monitor": "DP-3", "path": "/share/wallpapers/buttons.png", "fit_mode": "tile"},
        {"monitor": "DP-1", "path": "/share/wallpapers/cat_pacman.png"},
    ],
}


class Hyprpaper(Service):
    """Hyprpaper, which draws the background of Hyprland"""

    platforms = ("linux", "darwin")

    package = Package("hyprpaper", nullable=True, install=False)
    settings = _hypr.settings("Hyprpaper", example=EXAMPLE)
    importantPrefixes = _hypr.important_prefixes("$", "monitor", example=["$"])
    systemdTarget = _graphical.target_of(example="hyprland-session.target")
    unit = _graphical.session_unit(
        lambda self: exe(self.package),
        follows="systemdTarget",
        description="hyprpaper",
        restart="always",
        restarts_with=("settings",),
        service={"RestartSec": "10"},
        when=package,
    )
