from home_manager.authoring import *
from home_manager.modules import _graphical


class Systemd(Options):
    """The service."""

    enable = option(t.bool, default=True, doc="Whether wluma runs as a service.")
    target = option(
        t.null_or(t.str),
        default=lambda self: self[_graphical.SESSION],
        default_text=f"config.{_graphical.SESSION}",
        example="sway-session.target",
        doc="The target that starts the service, and that ends it.",
    )


class Wluma(Service):
    """wluma, which sets the brightness by what is on the screen and around it"""

    package = Package("wluma")
    settings = option(
        formats.toml.type,
        default={},
        example={"als": {"iio": {"path": "", "thresholds": {"0": "night", "80": "dim"}}}},
        doc="The settings, see <https://github.com/maximbaz/wluma/blob/main/config.toml>.",
    )
    systemd = group(Systemd)

    def _config(self):
        return self._made("writeText", "config.toml", formats.toml.render(self.settings))

    @defines("xdg.configFile", when=settings)
    def file(self):
        return {"wluma/config.toml": {"source": self._config()}}

    unit = _graphical.session_unit(
        lambda self: exe(self.package),
        follows="systemd.target",
        description="Automatic brightness adjustment based on screen contents and ALS ",
        restart="always",
        unit=lambda self: {"X-Restart-Triggers": [str(self._config())] if self.settings else []},
        service={
            "LockPersonality": True,
            "MemoryDenyWriteExecute": True,
            "NoNewPrivileges": True,
            "PrivateUsers": True,
            "RestrictNamespaces": True,
            "SystemCallArchitectures": "native",
            "SystemCallFilter": "@system-service",
        },
        when=lambda self: self.systemd.enable,
    )
