from home_manager.authoring import *

TRAY = {"always": True, "auto": "auto", "never": False}
"""How the configuration file spells the values of the option `tray`."""


def over(below, above):
    """Settings with others put over them; sets are merged at every level."""
    if not (isinstance(below, dict) and isinstance(above, dict)):
        return above
    merged = {name: over(value, above[name]) if name in above else value for name, value in below.items()}
    return {**merged, **{name: value for name, value in above.items() if name not in below}}


class Udiskie(Service):
    """the udiskie mount daemon

    It needs the service udisks2 of the system.
    """

    package = Package("udiskie", install=False)
    settings = option(
        formats.yaml.type,
        default={},
        example={"program_options": {"udisks_version": 2, "tray": True}, "icon_names": {"media": ["media-optical"]}},
        doc="Further settings for `$XDG_CONFIG_HOME/udiskie/config.yml`; they win over the other options.",
    )
    automount = option(t.bool, default=True, doc="Whether new devices are mounted at once.")
    notify = option(t.bool, default=True, doc="Whether notifications are shown.")
    tray = option(
        t.enum("always", "auto", "never"),
        default="auto",
        doc="When an icon is shown in the tray; `auto` is while there are devices.",
    )
    removed = Removed("sni", "Use the option `xsession.preferStatusNotifierItems`, which is for all programs.")

    @config_file("udiskie/config.yml")
    def file(self):
        own = {"automount": self.automount, "notify": self.notify, "tray": TRAY[self.tray]}
        return formats.yaml.render(over({"program_options": own}, self.settings))

    def _tray(self) -> list[str]:
        return [] if self.tray == "never" else ["tray.target"]

    def _command(self) -> str:
        indicator = " --appindicator" if self["xsession.preferStatusNotifierItems"] else ""
        return exe(self.package, "udiskie") + indicator

    unit = UserUnit(
        lambda self: self._command(),
        description="udiskie mount daemon",
        requires=lambda self: self._tray(),
        after=lambda self: ["graphical-session.target", *self._tray()],
        part_of="graphical-session.target",
        wanted_by="graphical-session.target",
    )
