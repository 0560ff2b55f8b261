from home_manager.authoring import *


class LxqtPolicykitAgent(Service):
    """LXQT Policykit Agent"""

    platforms = ("linux", "darwin")

    package = Package("lxqt.lxqt-policykit", install=False)
    unit = UserUnit(
        lambda self: f"{self.package}/bin/lxqt-policykit-agent",
        description="LXQT PolicyKit Agent",
        target="graphical-session.target",
        after="graphical-session-pre.target",
    )
