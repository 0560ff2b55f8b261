from home_manager.authoring import *
from home_manager.modules import _graphical


class Listening(Options):
    """The settings."""

    freeform = formats.keyvalue.type

    address = option(t.str, example="0.0.0.0", doc="The address that it listens on.")
    port = option(t.port, example=5901, doc="The port that it listens on.")


class Wayvnc(Service):
    """wayvnc VNC server"""

    package = Package("wayvnc")
    autoStart = option(t.bool, default=False, example=True, doc="Whether to enable autostarting of wayvnc.")
    systemdTarget = _graphical.target_of(example="")
    settings = Settings(
        formats.keyvalue,
        type=t.submodule(Listening),
        file="wayvnc/config",
        when=True,
        example={"address": "0.0.0.0", "port": 5901},
        doc="The settings, see wayvnc(1).",
    )
    unit = _graphical.session_unit(
        lambda self: exe(self.package),
        follows="systemdTarget",
        wayland=False,
        description="wayvnc VNC server",
        wanted_by=lambda self: [self.systemdTarget] if self.autoStart else [],
        unit={"Documentation": ["man:wayvnc(1)"]},
    )
