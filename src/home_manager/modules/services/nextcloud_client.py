from home_manager.authoring import *


class NextcloudClient(Service):
    """Nextcloud Client"""

    package = Package("nextcloud-client", install=False)
    startInBackground = option(t.bool, default=False, doc="Whether the client starts without a window.")
    unit = UserUnit(
        lambda self: f"{self.package}/bin/nextcloud" + (" --background" if self.startInBackground else ""),
        description="Nextcloud Client",
        target="graphical-session.target",
        restart="on-failure",
        service=lambda self: {
            "Environment": [f"PATH={self['home.profileDirectory']}/bin"],
            "ExecStop": f"{self.package}/bin/nextcloud --quit",
            "KillMode": "process",
            "RestartSec": "5s",
            "NoNewPrivileges": True,
            "RestrictRealtime": True,
        },
    )
