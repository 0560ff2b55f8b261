from home_manager.authoring import *


class Keybase(Service):
    """Keybase"""

    package = Package("keybase")
    unit = UserUnit(
        lambda self: f"{exe(self.package)} service --auto-forked",
        description="Keybase service",
        wanted_by="default.target",
        restart="on-failure",
        service={"PrivateTmp": True},
    )
