from home_manager.authoring import *


class PolkitGnome(Service):
    """GNOME Policykit Agent"""

    platforms = ("linux", "darwin")

    package = Package("polkit_gnome", install=False)
    unit = UserUnit(
        lambda self: f"{self.package}/libexec/polkit-gnome-authentication-agent-1",
        description="GNOME PolicyKit Agent",
        target="graphical-session.target",
    )
