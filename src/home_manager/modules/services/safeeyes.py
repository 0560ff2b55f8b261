from home_manager.authoring import *


class Safeeyes(Service):
    """The Safe Eyes OSGI service"""

    package = Package("safeeyes")
    unit = UserUnit(
        lambda self: exe(self.package),
        description="Safe Eyes",
        part_of="graphical-session.target",
        wanted_by="graphical-session.target",
        restart="on-failure",
        unit={"StartLimitIntervalSec": 350, "StartLimitBurst": 30},
        service={"RestartSec": 3},
    )
