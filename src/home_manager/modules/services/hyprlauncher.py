from home_manager.authoring import *
from home_manager.modules import _graphical, _hypr


class Hyprlauncher(Service):
    """hyprlauncher"""

    package = Package("hyprlauncher", nullable=True)
    settings = _hypr.settings(
        "Hyprland",
        file="hypr/hyprlauncher.conf",
        example={"general": {"grab_focus": True}, "ui": {"window_size": "400 260"}},
        page="https://wiki.hypr.land/Hypr-Ecosystem/hyprlauncher/#config",
        before=lambda self: ("$",),
    )
    unit = _graphical.session_unit(
        lambda self: f"{exe(self.package)} -d",
        wayland=False,
        description="hyprlauncher",
        restart="on-failure",
        restarts_with=("settings",),
        # What was started stays when the launcher ends.
        service={"KillMode": "process", "RestartSec": "10"},
        when=package,
    )
