from home_manager.authoring import *


class DwmStatus(Service):
    """dwm-status user service"""

    package = Package("dwm-status", install=False, example="pkgs.dwm-status.override { enableAlsaUtils = false; }")
    order = option(
        t.list_of(t.enum("audio", "backlight", "battery", "cpu_load", "network", "time")),
        doc="What is shown, in this order.",
    )
    extraConfig = option(
        formats.json.type,
        default={},
        example={"separator": "#", "battery": {"notifier_levels": [2, 5, 10]}, "time": {"format": "%H:%M"}},
        doc="Further settings.",
    )

    def _command(self):
        settings = formats.json.render({"order": self.order, **self.extraConfig})
        return f"{self.package}/bin/dwm-status {self._made('writeText', 'dwm-status.json', settings)} --quiet"

    unit = UserUnit(
        _command,
        description="DWM status service",
        part_of="graphical-session.target",
        wanted_by="graphical-session.target",
    )
