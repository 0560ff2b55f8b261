from home_manager.authoring import *
from home_manager.modules import _graphical

STYLE = """\
.notification-row {
  outline: none;
}

.notification {
  border-radius: 12px;
  padding: 0;
}
"""


class Swaync(Service):
    """Swaync, which shows notifications and keeps them"""

    platforms = ("linux", "darwin")

    package = Package("swaynotificationcenter")
    style = _graphical.style(
        "notifications",
        "swaync/style.css",
        example=STYLE,
        doc="See <https://github.com/ErikReider/SwayNotificationCenter?tab=readme-ov-file#configuring>.",
    )
    settings = option(
        formats.json.type,
        default={},
        example={"positionX": "right", "layer": "overlay", "notification-icon-size": 64},
        doc="The settings of swaync, see "
        "<https://github.com/ErikReider/SwayNotificationCenter/blob/main/src/configSchema.json>.",
    )

    @defines("home.packages")
    def accessibility(self):
        # Without it, the journal fills with complaints that the bus of accessibility is missing.
        return [self.pkgs["at-spi2-core"]]

    def _config(self):
        return self._made("writeText", "config.json", formats.json.render(self.settings))

    @defines("xdg.configFile")
    def file(self):
        return {"swaync/config.json": {"source": self._config()}}

    def _triggers(self):
        return {"X-Restart-Triggers": [str(self._config()), *type(self).style.stored(self)]}

    unit = _graphical.session_unit(
        lambda self: exe(self.package),
        description="Swaync notification daemon",
        restart="on-failure",
        unit=lambda self: {"Documentation": "https://github.com/ErikReider/SwayNotificationCenter", **self._triggers()},
        service={"Type": "dbus", "BusName": "org.freedesktop.Notifications"},
    )
