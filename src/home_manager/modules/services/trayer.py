from home_manager.authoring import *

SETTINGS = (
    "edge align margin widthtype width heighttype height SetDockType SetPartialStrut transparent alpha tint distance"
)
SETTINGS = f"{SETTINGS} distancefrom expand padding monitor iconspacing"


class Trayer(Service):
    """trayer, the lightweight GTK2+ systray for UNIX desktops"""

    package = Package("trayer")
    settings = option(
        t.attrs_of(t.null_or(t.either(t.str, t.either(t.bool, t.int)))),
        default={},
        example={"edge": "top", "padding": 6, "SetDockType": True, "tint": "0x282c34"},
        doc="The flags of trayer, see <https://github.com/sargon/trayer-srg/blob/master/README>: "
        f"{', '.join(f'`{name}`' for name in SETTINGS.split())}.",
    )

    def _command(self):
        flags = (f"--{name} {formats.plain.as_bool_text(value)}" for name, value in self.settings.items())
        return f"{self.package}/bin/trayer {' '.join(flags)}"

    unit = UserUnit(
        _command,
        description="trayer -- lightweight GTK2+ systray for UNIX desktops",
        part_of="tray.target",
        wanted_by="tray.target",
        restart="on-failure",
    )
