from home_manager.authoring import *

SETTINGS = t.attrs_of(t.one_of(t.bool, t.int, t.float, t.str, t.path, t.list_of(t.either(t.int, t.str))))


def lines(settings):
    """A line for each setting; what is only turned on has no value."""

    def line(name, value):
        if value is True:
            return name
        if isinstance(value, list):
            return f"{name}={','.join(map(str, value))}"
        return f"{name}={formats.plain.to_string(int(value) if isinstance(value, bool) else value)}"

    return "\n".join(line(name, value) for name, value in sorted(settings.items())) + "\n"


class Mangohud(Program):
    """MangoHud, an overlay with the load of the machine"""

    platforms = ("linux",)
    package = Package("mangohud")
    enableSessionWide = option(
        t.bool, default=False, doc="Whether it is shown over every program that can have it, by session variables."
    )
    settings = Settings(
        None,
        file="MangoHud/MangoHud.conf",
        type=SETTINGS,
        render=lambda self, settings: lines(settings),
        example=literal("{\n  output_folder = ~/Documents/mangohud/;\n  full = true;\n}"),
        doc="Settings, see <https://github.com/flightlessmango/MangoHud/blob/master/data/MangoHud.conf>.",
    )
    settingsPerApplication = option(
        t.attrs_of(SETTINGS),
        default={},
        example={"mpv": {"no_display": True}},
        doc="Settings of single programs, by the name of their executable.",
    )
    everywhere = Variables(MANGOHUD=1, MANGOHUD_DLSYM=1, when=enableSessionWide)

    @defines("xdg.configFile")
    def files(self):
        for name, settings in self.settingsPerApplication.items():
            yield {f"MangoHud/{name}.conf": {"text": lines(settings)}}
