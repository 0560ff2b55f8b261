from home_manager.authoring import *


class Trayscale(Service):
    """Trayscale, a graphical client of Tailscale"""

    package = Package("trayscale", install=False)
    hideWindow = option(t.bool, default=True, doc="Whether it begins without its window.")
    client = UserUnit(
        lambda self: f"{self.package}/bin/trayscale{' --hide-window' if self.hideWindow else ''}",
        description="An unofficial GUI wrapper around the Tailscale CLI client",
        requires="tray.target",
        target="graphical-session.target",
        after=["graphical-session.target", "tray.target"],
    )
