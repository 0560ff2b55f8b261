from home_manager.authoring import *

DESCRIPTION = "Set random desktop background using feh"


class RandomBackground(Service):
    """random desktop background

    A session that draws a background of its own may hide it.
    """

    package = Package("feh", install=False)
    imageDirectory = option(
        t.str, example="%h/backgrounds", doc="Where the images lie; systemd reads it, and `%h` is the home."
    )
    display = option(
        t.enum("center", "fill", "max", "scale", "tile"), default="fill", doc="How an image is fitted to the screen."
    )
    interval = option(
        t.null_or(t.str),
        default=None,
        example="1h",
        doc="How long an image stays, as systemd writes durations; with `null`, until the next login.",
    )
    enableXinerama = option(
        t.bool, default=True, doc="Whether each screen has an image of its own, rather than all together one."
    )

    def _command(self) -> str:
        one = "" if self.enableXinerama else " --no-xinerama"
        return f"{exe(self.package)} --bg-{self.display} --no-fehbg --randomize{one} {self.imageDirectory}"

    unit = UserUnit(
        lambda self: self._command(),
        description=DESCRIPTION,
        target="graphical-session.target",
        service={"Type": "oneshot", "IOSchedulingClass": "idle"},
    )
    timer = UserUnit(
        kind="timers",
        description=DESCRIPTION,
        wanted_by="timers.target",
        section=lambda self: {"Timer": {"OnUnitActiveSec": self.interval}},
        when=interval,
    )
