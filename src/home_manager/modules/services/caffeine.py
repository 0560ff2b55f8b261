from home_manager.authoring import *


class Caffeine(Service):
    """Caffeine service"""

    package = Package("caffeine-ng", install=False)
    unit = UserUnit(
        lambda self: exe(self.package, "caffeine"),
        description="caffeine",
        wanted_by="graphical-session.target",
        restart="on-failure",
        service={"PrivateTmp": True, "ProtectSystem": "full", "Type": "exec", "Slice": "session.slice"},
    )
