from home_manager.authoring import *
from home_manager.modules import _graphical

NUMBER = t.either(t.str, t.either(t.float, t.int))


class Temperature(Options):
    """The colours, in kelvin"""

    day = option(t.int, default=6500, doc="The colour temperature of the day; more than that of the night.")
    night = option(t.int, default=4000, doc="The colour temperature of the night; less than that of the day.")


class Wlsunset(Service):
    """wlsunset"""

    package = Package("wlsunset")
    latitude = option(t.null_or(NUMBER), default=None, example=-74.3, doc="The latitude, from `-90.0` to `90.0`.")
    longitude = option(t.null_or(NUMBER), default=None, example=12.5, doc="The longitude, from `-180.0` to `180.0`.")
    temperature = group(Temperature)
    gamma = option(NUMBER, default=1.0, example=0.6, doc="The gamma value.")
    output = option(t.null_or(t.str), default=None, doc="The output; without it, all of them.")
    sunrise = option(t.null_or(t.str), default=None, example="06:30", doc="When the sun rises.")
    sunset = option(t.null_or(t.str), default=None, example="18:00", doc="When the sun sets.")
    duration = option(
        t.null_or(t.positive),
        default=None,
        example=1800,
        doc="How many seconds the change takes; not where the place is given.",
    )
    systemdTarget = _graphical.target_of(example="")

    @check
    def times_or_place(self):
        times = [self.sunrise is not None, self.sunset is not None]
        place = [self.latitude is not None, self.longitude is not None]
        if any(times) == any(place):
            yield "Either `sunrise` and `sunset` together or `longitude` and `latitude` together must be set for wlsunset"
        if any(times) != all(times):
            yield "Both `sunset` and `sunrise` together must be set for wlsunset"
        if any(place) != all(place):
            yield "Both `latitude and `longitude` together must be set for wlsunset"
        if self.duration is not None and any(place):
            yield "Cannot set `duration` if `latitude` or `longitude` are set"

    def _command(self):
        flags = {
            "t": self.temperature.night,
            "T": self.temperature.day,
            "g": self.gamma,
            "l": self.latitude,
            "L": self.longitude,
            "S": self.sunrise,
            "s": self.sunset,
            "d": self.duration,
            "o": self.output,
        }
        return f"{self.package}/bin/wlsunset {formats.command_line.render(flags)}"

    unit = _graphical.session_unit(
        _command, follows="systemdTarget", description="Day/night gamma adjustments for Wayland compositors."
    )
