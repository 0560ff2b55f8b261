from home_manager.authoring import *


class OwncloudClient(Service):
    """the client of ownCloud"""

    package = Package("owncloud-client", install=False)
    client = UserUnit(
        lambda self: f"{self.package}/bin/owncloud",
        description="Owncloud Client",
        target="graphical-session.target",
        environment=lambda self: [f"PATH={self['home.profileDirectory']}/bin"],
    )
