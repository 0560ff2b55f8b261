from home_manager.authoring import *


class Taffybar(Service):
    """Taffybar"""

    package = Package("taffybar", install=False)
    unit = UserUnit(
        lambda self: f"{self.package}/bin/taffybar",
        description="Taffybar desktop bar",
        part_of="tray.target",
        wanted_by="tray.target",
        restart="on-failure",
        unit={"StartLimitBurst": 5, "StartLimitIntervalSec": 10},
        service={"Type": "dbus", "BusName": "org.taffybar.Bar", "RestartSec": "2s"},
    )

    @defines("xsession.importedVariables")
    def images(self):
        return ["GDK_PIXBUF_MODULE_FILE"]
