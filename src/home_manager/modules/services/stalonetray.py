from home_manager.authoring import *


def line(name, value):
    if value is None:
        return f"{name} none"
    if isinstance(value, bool):
        return f"{name} {'true' if value else 'false'}"
    return f'{name} "{value}"'


class Stalonetray(Service):
    """Stalonetray system tray"""

    package = Package("stalonetray")
    config = option(
        t.attrs_of(t.null_or(t.either(t.str, t.either(t.bool, t.int)))),
        default={},
        example={"geometry": "3x1-600+0", "decorations": None, "icon_size": 30, "sticky": True},
        doc="The settings; `null` is written as `none`.",
    )
    extraConfig = option(
        t.lines,
        default="",
        example="geometry 3x1-600+0\ndecorations none\nicon_size 30\n",
        doc="Lines before the settings.",
    )

    @config_file("stalonetrayrc", when=lambda self: self.config or self.extraConfig)
    def file(self):
        settings = formats.keyvalue.render(self.config, mk_key_value=line)
        return "\n".join(part for part in (self.extraConfig, settings) if part)

    unit = UserUnit(
        lambda self: f"{self.package}/bin/stalonetray",
        description="Stalonetray system tray",
        part_of="tray.target",
        wanted_by="tray.target",
        restart="on-failure",
    )
