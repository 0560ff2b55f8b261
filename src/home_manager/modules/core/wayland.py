"""`wayland.systemd.target`: what graphical services are started by."""

from home_manager.authoring import *


class WaylandSession(Module):
    """The session of Wayland"""

    namespace = "wayland.systemd"
    by_mention = True

    target = option(
        t.str,
        default="graphical-session.target",
        example="sway-session.target",
        doc="The unit that starts graphical services, unless their own option says otherwise. For `sway-session.target`, "
        "`wayland.windowManager.sway.systemd.enable` has to be on.",
    )
