from home_manager.authoring import *


class Snixembed(Service):
    """snixembed, by which trays of old show the icons of status notifiers"""

    package = Package("snixembed", install=False)
    beforeUnits = option(
        t.list_of(t.str), default=[], example=["safeeyes.service"], doc="Units that start after snixembed."
    )

    @warn
    def two_trays(self):
        if self._takes_part("programs.waybar") and self["programs.waybar.enable"]:
            yield (
                "snixembed and waybar should not be enabled at the same time.\n"
                "You may experience inconsistent tray behavior as a result.\n"
            )

    unit = UserUnit(
        lambda self: exe(self.package),
        description="snixembed",
        part_of="graphical-session.target",
        wanted_by="graphical-session.target",
        restart="on-failure",
        unit=lambda self: {"StartLimitIntervalSec": 100, "StartLimitBurst": 10, "Before": self.beforeUnits},
        service={"RestartSec": 3},
    )
