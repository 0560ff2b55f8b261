"""`services.network-manager-applet`."""

from __future__ import annotations

from typing import Any

from home_manager.authoring import Package, Service, UserUnit, defines, exe


class NetworkManagerApplet(Service):
    """the Network Manager applet (nm-applet)"""

    package = Package("networkmanagerapplet", install=False)

    @defines("xdg.systemDirs.data")
    def icons(self) -> Any:
        return [f"{self.package}/share"]

    def _command(self) -> str:
        indicator = " --indicator" if self["xsession.preferStatusNotifierItems"] else ""
        return exe(self.package, "nm-applet") + indicator

    unit = UserUnit(
        lambda self: self._command(),
        description="Network Manager applet",
        requires="tray.target",
        after=["graphical-session.target", "tray.target"],
        part_of="graphical-session.target",
        wanted_by="graphical-session.target",
    )
