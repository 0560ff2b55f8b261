from home_manager.authoring import *


class OpensnitchUi(Service):
    """the windows of OpenSnitch, a firewall for programs"""

    package = Package("opensnitch-ui", install=False)
    unit = UserUnit(
        lambda self: f"{self.package}/bin/opensnitch-ui",
        description="Opensnitch ui",
        target="graphical-session.target",
        environment=lambda self: {"PATH": f"{self['home.profileDirectory']}/bin"},
    )
