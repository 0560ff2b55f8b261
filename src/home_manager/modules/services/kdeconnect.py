from home_manager.authoring import *


class KdeConnect(Service):
    """KDE connect"""

    package = Package("kdePackages.kdeconnect-kde", example="pkgs.plasma5Packages.kdeconnect-kde")
    indicator = option(t.bool, default=False, doc="Whether the indicator is started; it can be, while `enable` is off.")

    unit = UserUnit(
        lambda self: f"{self.package}/bin/kdeconnectd",
        description="Adds communication between your desktop and your smartphone",
        target="graphical-session.target",
        restart="on-abort",
    )

    @check(always=True, when=lambda self: self.indicator and not self.enable)
    def platform_of_indicator(self):
        if not self._is_on("linux"):
            yield "The option services.kdeconnect.indicator does not support your platform; it needs linux"

    @defines("systemd.user.services", when=indicator, always=True)
    def indicator_unit(self):
        session = ["graphical-session.target"]
        unit = {
            "Unit": {
                "Description": "kdeconnect-indicator",
                "After": [*session, "tray.target"],
                "PartOf": session,
                "Requires": ["tray.target"],
            },
            "Service": {"ExecStart": f"{self.package}/bin/kdeconnect-indicator", "Restart": "on-abort"},
            "Install": {"WantedBy": session},
        }
        return {"kdeconnect-indicator": unit}
