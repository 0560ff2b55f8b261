from home_manager.authoring import *


class Megasync(Service):
    """MEGAsync, a client of MEGA"""

    package = Package("megasync")
    forceWayland = option(t.bool, default=False, example=True, doc="Whether it runs on Wayland itself.")
    client = UserUnit(
        lambda self: exe(self.package),
        description="megasync",
        target="graphical-session.target",
        service=lambda self: {"Environment": ["DO_NOT_UNSET_XDG_SESSION_TYPE=1"] if self.forceWayland else []},
    )
