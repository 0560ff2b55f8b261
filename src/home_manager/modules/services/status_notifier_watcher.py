from home_manager.authoring import *


class StatusNotifierWatcher(Service):
    """Status Notifier Watcher"""

    package = Package("haskellPackages.status-notifier-item", install=False)
    unit = UserUnit(
        lambda self: f"{self.package}/bin/status-notifier-watcher",
        description="SNI watcher",
        part_of="tray.target",
        wanted_by=["tray.target", "taffybar.service"],
        unit={"Before": ["taffybar.service"]},
        service={"Type": "dbus", "BusName": "org.kde.StatusNotifierWatcher"},
    )
