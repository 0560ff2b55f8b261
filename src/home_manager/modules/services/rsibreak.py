from home_manager.authoring import *


class Rsibreak(Service):
    """rsibreak"""

    package = Package("rsibreak")
    unit = UserUnit(
        lambda self: exe(self.package),
        description="RSI break timer",
        target="graphical-session.target",
        environment=lambda self: [f"PATH={self['home.profileDirectory']}/bin"],
    )
