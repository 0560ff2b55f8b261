from home_manager.authoring import *


class Arrpc(Service):
    """arRPC, the rich presence of Discord for browsers and other clients"""

    package = Package("arrpc", install=False)
    systemdTarget = option(
        t.str, default="graphical-session.target", example="sway-session.target", doc="The target that starts it."
    )
    daemon = UserUnit(
        lambda self: exe(self.package),
        name="arRPC",
        description="Discord Rich Presence for browsers, and some custom clients",
        part_of="graphical-session.target",
        wanted_by=lambda self: self.systemdTarget,
        restart="always",
    )
