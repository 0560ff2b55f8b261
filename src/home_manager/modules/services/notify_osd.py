from home_manager.authoring import *


class NotifyOsd(Service):
    """notify-osd"""

    package = Package("notify-osd", install=False)
    unit = UserUnit(
        lambda self: f"{self.package}/bin/notify-osd",
        description="notify-osd",
        target="graphical-session.target",
        restart="on-abort",
    )
