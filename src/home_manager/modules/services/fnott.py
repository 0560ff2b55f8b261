from home_manager.authoring import *
from home_manager.modules import _graphical


class Fnott(Service):
    """fnott, which shows notifications on compositors made with wlroots"""

    package = Package("fnott")
    extraFlags = option(t.list_of(t.str), default=[], example=["-s"], doc="Further arguments of fnott.")
    configFile = option(
        t.either(t.str, t.path),
        default=lambda self: f"{self['xdg.configHome']}/fnott/fnott.ini",
        default_text='"$XDG_CONFIG_HOME/fnott/fnott.ini"',
        doc="The file that fnott reads. `$XDG_CONFIG_HOME/fnott/fnott.ini` is written all the same.",
    )
    settings = Settings(
        formats.ini,
        file="fnott/fnott.ini",
        when=True,
        example={"main": {"notification-margin": 5}, "low": {"timeout": 5, "title-color": "ffffff"}},
        doc="The settings, see fnott.ini(5).",
    )

    @config_file("dbus-1/services/fnott.service", below="xdg.dataFile")
    def bus(self):
        return (
            "[D-BUS Service]\nName=org.freedesktop.Notifications\n"
            f"Exec={self.package}/bin/fnott\nSystemdService=fnott.service\n"
        )

    def _command(self):
        words = formats.shell.quote_all(["-c", self._in_text(self.configFile), *self.extraFlags])
        return f"{self.package}/bin/fnott {words}"

    unit = _graphical.session_unit(
        _command,
        wanted_by=(),
        description="Fnott notification daemon",
        unit={"Documentation": "man:fnott(1)"},
        service={"Type": "dbus", "BusName": "org.freedesktop.Notifications"},
    )
