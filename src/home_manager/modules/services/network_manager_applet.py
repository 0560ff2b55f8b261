from home_manager.authoring import *


class NetworkManagerApplet(Service):
    """the Network Manager applet (nm-applet)"""

    package = Package("networkmanagerapplet", install=False)

    @defines("xdg.systemDirs.data")
    def icons(self):
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
