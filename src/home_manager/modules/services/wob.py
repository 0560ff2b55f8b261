from home_manager.authoring import *
from home_manager.modules import _graphical


class Wob(Service):
    """wob"""

    package = Package("wob", nullable=True, install=False)
    settings = option(
        formats.ini.type,
        default={},
        example={"": {"border_size": 10, "height": 50}, "output.foo": {"name": "DP-1"}},
        doc="The settings, see wob.ini(5).",
    )
    systemd = option(t.bool, default=True, example=True, doc="Whether to enable systemd service and socket for wob.")

    def _config(self):
        return self._made("writeText", "wob.ini", formats.ini.render(self.settings))

    @defines("xdg.configFile", when=settings)
    def file(self):
        return {"wob/wob.ini": {"source": self._config()}}

    def _runs(self):
        return self.systemd and self.package is not None

    unit = _graphical.session_unit(
        lambda self: exe(self.package) + (f" --config {self._config()}" if self.settings else ""),
        description="A lightweight overlay volume/backlight/progress/anything bar for Wayland",
        unit={"Documentation": "man:wob(1)"},
        service={"StandardInput": "socket"},
        when=_runs,
    )
    socket = UserUnit(
        kind="sockets",
        wanted_by="sockets.target",
        section={
            "Socket": {
                "ListenFIFO": "%t/wob.sock",
                "SocketMode": "0600",
                "RemoveOnStop": "yes",
                "FlushPending": "yes",
            }
        },
        when=_runs,
    )
