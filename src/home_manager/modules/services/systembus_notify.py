from home_manager.authoring import *


class SystembusNotify(Service):
    """systembus-notify - system bus notification daemon"""

    package = Package("systembus-notify", install=False)
    unit = UserUnit(
        lambda self: exe(self.package), description="systembus-notify daemon", wanted_by="graphical-session.target"
    )
