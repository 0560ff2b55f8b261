import re

from home_manager.authoring import *

# fmt: off
OLD = (
    "maxVisible", "maxHistory", "sort", "output", "layer", "anchor", "font", "backgroundColor", "textColor", "width",
    "height", "margin", "padding", "borderSize", "borderColor", "borderRadius", "progressColor", "icons",
    "maxIconSize", "iconPath", "markup", "actions", "format", "defaultTimeout", "ignoreTimeout", "groupBy",
)
# fmt: on
ATOM = t.ini_atom()
INSTEAD = "Use services.mako.settings instead. If order is important, use `services.mako.extraConfig`."


def kebab_case(name):
    return re.sub("[A-Z]", lambda letter: f"-{letter[0].lower()}", name)


def lines(settings):
    return "\n".join(f"{name}={formats.plain.as_bool_text(value)}" for name, value in settings.items())


class Mako(Service):
    """mako"""

    package = Package("mako", nullable=True)
    settings = option(
        t.attrs_of(t.one_of(ATOM, t.attrs_of(ATOM))),
        default={},
        example={
            "actions": True,
            "anchor": "top-right",
            "background-color": "#000000",
            "font": "monospace 10",
            "actionable=true": {"anchor": "top-left"},
        },
        doc="The settings of mako, and sets of them for some notifications; see mako(5).",
    )
    extraConfig = option(
        t.lines,
        default="",
        example=literal("[urgency=low]\nborder-color=#b8bb26\n"),
        doc="Lines for the end of the configuration.",
    )
    # Of several warnings, that of the last one comes first.
    renamed = (
        Removed("criterias", INSTEAD),
        Removed("criteria", INSTEAD),
        *(Renamed(name, f"settings.{kebab_case(name)}") for name in reversed(OLD)),
    )

    @defines("dbus.packages", when=package)
    def bus(self):
        return [self.package]

    def _reload(self):
        return f"{'makoctl' if self.package is None else exe(self.package, 'makoctl')} reload || true"

    @config_file("mako/config", when=lambda self: self.settings or self.extraConfig, onChange=_reload)
    def file(self):
        plain = {name: value for name, value in self.settings.items() if not isinstance(value, dict)}
        sections = [f"\n[{name}]\n{lines(self.settings[name])}" for name in self.settings if name not in plain]
        return "\n".join([lines(plain), *sections, *([f"\n{self.extraConfig}"] if self.extraConfig else [])])
