from home_manager.authoring import *
from home_manager.modules import _graphical, _hypr

EXAMPLE = {
    "general": {
        "after_sleep_cmd": "hyprctl dispatch dpms on",
        "ignore_dbus_inhibit": False,
        "lock_cmd": "hyprlock",
    },
    "listener": [
        {"timeout": 900, "on-timeout": "hyprlock"},
        {"timeout": 1200, "on-timeout": "hyprctl dispatch dpms off", "on-resume": "hyprctl dispatch dpms on"},
    ],
}


class Hypridle(Service):
    """Hypridle, which locks the screen and the like when the user of Hyprland is away"""

    platforms = ("linux", "darwin")

    package = Package("hypridle", nullable=True, install=False)
    settings = _hypr.settings("Hypridle", example=EXAMPLE)
    importantPrefixes = _hypr.important_prefixes("$", example=["$"])
    systemdTarget = _graphical.target_of(example="hyprland-session.target")
    unit = _graphical.session_unit(
        lambda self: exe(self.package),
        follows="systemdTarget",
        description="hypridle",
        restart="always",
        restarts_with=("settings",),
        service={"RestartSec": "10"},
        when=package,
    )
