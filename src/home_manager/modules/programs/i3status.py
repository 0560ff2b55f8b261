from home_manager.authoring import *

SETTINGS = t.attrs_of(t.one_of(t.bool, t.int, t.str))
VOLUME = {"format": "♪ %volume", "format_muted": "♪ muted (%volume)", "device": "pulse:1"}
DEFAULTS = {
    "ipv6": {},
    "wireless _first_": {"format_up": "W: (%quality at %essid) %ip", "format_down": "W: down"},
    "ethernet _first_": {"format_up": "E: %ip (%speed)", "format_down": "E: down"},
    "battery all": {"format": "%status %percentage %remaining"},
    "disk /": {"format": "%avail"},
    "load": {"format": "%1min"},
    "memory": {
        "format": "%used | %available",
        "threshold_degraded": "1G",
        "format_degraded": "MEMORY < %available",
    },
    "tztime local": {"format": "%Y-%m-%d %H:%M:%S"},
}
"""The modules that i3status itself begins with, in their order."""


class Module_(Options):
    """A module."""

    enable = option(t.bool, default=True, doc="Whether the module is there.")
    position = option(t.either(t.int, t.float), doc="The place among the other modules.")
    settings = option(SETTINGS, default={}, example=VOLUME, doc="The settings of the module, see i3status(1).")


def section(name, settings):
    def value(given):
        return (formats.plain.between_quotes if isinstance(given, str) else formats.plain.as_bool_text)(given)

    lines = "\n  ".join(f"{key} = {value(given)}" for key, given in settings.items())
    return f"{name} {{\n  {lines}\n}}\n"


class I3status(Program):
    """i3status"""

    enableDefault = option(t.bool, default=True, doc="Whether there is what i3status has without a configuration.")
    general = option(
        SETTINGS,
        default={},
        example={"colors": True, "color_good": "#e0e0e0", "interval": 1},
        doc="The settings of the section `general`, see i3status(1).",
    )
    modules = option(
        t.attrs_of(t.submodule(Module_)),
        default={},
        example={"volume master": {"position": 1, "settings": VOLUME}, "disk /": {"position": 2}},
        doc="The modules, see i3status(1).",
    )
    package = Package("i3status", nullable=True)

    @defines(".general", when=enableDefault)
    def usual_settings(self):
        return {"colors": default(True), "interval": default(5)}

    @defines(".modules", when=enableDefault)
    def usual_modules(self):
        for position, (name, settings) in enumerate(DEFAULTS.items(), 1):
            given = {key: default(value) for key, value in settings.items()}
            yield {name: {"position": default(position), "settings": given}}

    @config_file("i3status/config")
    def file(self):
        modules = {name: module for name, module in self.modules.items() if module.enable}
        lines = [section("general", self.general)] if self.general else []
        lines += [f'order += "{name}"' for name in sorted(modules, key=lambda name: modules[name].position)]
        return "\n".join([*lines, *(section(name, module.settings) for name, module in modules.items())])
