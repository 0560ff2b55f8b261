"""Redshift and Gammastep, which is made from it: warm colours at night."""

from home_manager.authoring import *


def clock_time(what, example):
    return option(t.null_or(t.str), default=None, example=example, doc=f"When {what} is, from and to, as `HH:MM`.")


def coordinate(name, most, other):
    return option(
        t.null_or(t.either(t.str, t.float)),
        default=None,
        doc=f"The {name} of the place, between `-{most}` and `{most}`; it needs the {other}, too.",
    )


class Temperature(Options):
    """The colours, in kelvin"""

    day = option(t.int, default=5500, doc="The colour temperature of the day, from `1000` to `25000` K.")
    night = option(t.int, default=3700, doc="The colour temperature of the night, from `1000` to `25000` K.")


class Free(Options):
    """The settings."""

    freeform = formats.ini.type


class _ColorTemperature(Service):
    """What both have; `named` is the program, `section` what its settings are called."""

    named = ""
    section = ""
    applet = ""
    config_name = ""
    page = ""
    package = Package("redshift")
    settings = option(t.submodule(Free), default={}, doc="The settings.")

    dawnTime = clock_time("dawn", "6:00-7:45")
    duskTime = clock_time("dusk", "18:35-20:15")
    latitude = coordinate("latitude", "90.0", "longitude")
    longitude = coordinate("longitude", "180.0", "latitude")
    provider = option(
        t.enum("manual", "geoclue2"),
        default="manual",
        doc="What tells the place: `manual` needs `latitude` and `longitude`, `geoclue2` the service of the system.",
    )
    temperature = group(Temperature)
    enableVerboseLogging = option(t.bool, default=False, example=True, doc="Whether to enable verbose service logging.")
    tray = option(t.bool, default=False, example=True, doc="Whether there is an icon in the tray.")

    @classmethod
    def _program(cls):
        return cls.named.lower()

    @check
    def place_is_known(self):
        settings = self.settings
        main, place = settings.get(self.section, {}), settings.get("manual", {})
        if "dawn-time" in main or "dusk-time" in main or main.get("location-provider") == "geoclue2":
            return
        if main.get("location-provider") != "manual" or not ("lat" in place or "lon" in place):
            name = f"services.{self._program()}"
            yield (
                f"In order for {self.named} to know the time of action, you need to set one of\n"
                f'  - {name}.provider = "geoclue2" for automatically inferring your location\n'
                "    (you also need to enable Geoclue2 service separately)\n"
                f"  - {name}.longitude and .latitude for specifying your location manually\n"
                f"  - {name}.dawnTime and .duskTime for specifying the times manually\n"
            )

    @defines(".settings")
    def from_options(self):
        main = {"temp-day": self.temperature.day, "temp-night": self.temperature.night}
        times = {"dawn-time": self.dawnTime, "dusk-time": self.duskTime, "location-provider": self.provider}
        yield {self.section: main | {name: value for name, value in times.items() if value is not None}}
        if self.provider == "manual":
            place = {"lat": self.latitude, "lon": self.longitude}
            yield {"manual": {name: formats.plain.to_string(each) for name, each in place.items() if each is not None}}

    @config_file(lambda self: self.config_name)
    def file(self):
        return formats.ini.render(self.settings)

    def _command(self):
        flags = {"v": self.enableVerboseLogging, "c": f"{self['xdg.configHome']}/{self.config_name}"}
        program = self.applet if self.tray else self._program()
        return f"{self.package}/bin/{program} {formats.command_line.render(flags)}"

    def _agent(self):
        return ["geoclue-agent.service"] if self.provider == "geoclue2" else []

    unit = UserUnit(
        _command,
        description=lambda self: f"{self.named} colour temperature adjuster",
        after=lambda self: ["graphical-session.target", *(["tray.target"] if self.tray else []), *self._agent()],
        requires=lambda self: ["tray.target"] if self.tray else [],
        part_of="graphical-session.target",
        wanted_by="graphical-session.target",
        restart="on-failure",
        unit=lambda self: {"Documentation": self.page, "Wants": self._agent()},
        service={"RestartSec": 3},
    )


def settings(section, manual):
    return option(
        t.submodule(Free),
        default={},
        example=literal(f'{{\n  {section} = {{\n    adjustment-method = "randr";\n  }};\n  randr.screen = 0;\n}};\n'),
        doc=f"The settings, see {manual}(1).",
    )


def renamed(named, section):
    return (
        Removed(
            "extraOptions",
            f"All {named} configuration is now available through services.{named.lower()}.settings instead.",
        ),
        Renamed("brightness.day", f"settings.{section}.brightness-day"),
        Renamed("brightness.night", f"settings.{section}.brightness-night"),
    )
