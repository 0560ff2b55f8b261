from home_manager.authoring import *


class XembedSniProxy(Service):
    """XEmbed SNI Proxy"""

    package = Package("kdePackages.plasma-workspace", install=False)
    unit = UserUnit(
        lambda self: f"{self.package}/bin/xembedsniproxy",
        description="XEmbed SNI Proxy",
        target="graphical-session.target",
        restart="on-abort",
        environment=lambda self: [f"PATH={self['home.profileDirectory']}/bin"],
    )
