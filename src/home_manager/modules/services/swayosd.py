from home_manager.authoring import *
from home_manager.modules import _graphical

SHARE = t.described(
    t.narrowed(t.float, lambda value: isinstance(value, float) and 0 <= value <= 1),
    "float between 0.0 and 1.0 (inclusive)",
)


class Swayosd(Service):
    """swayosd, which shows the volume, caps lock and the like on the screen when they change"""

    package = Package("swayosd")
    topMargin = option(
        t.null_or(SHARE), default=None, example=1.0, doc="How far from the top it is shown; 0.5 is the middle."
    )
    stylePath = option(
        t.null_or(t.path), default=None, example="/etc/xdg/swayosd/style.css", doc="The file of the style sheet."
    )
    removed = Removed("display", "The --display flag is no longer available in swayosd-server.")

    def _command(self):
        words = [f"{self.package}/bin/swayosd-server"]
        if self.stylePath is not None:
            words += ["--style", formats.shell.quote(self._in_text(self.stylePath))]
        if self.topMargin is not None:
            words += ["--top-margin", formats.plain.to_string(self.topMargin)]
        return " ".join(words)

    unit = _graphical.session_unit(
        _command,
        description="Volume/backlight OSD indicator",
        restart="always",
        unit={"Documentation": "man:swayosd(1)", "StartLimitBurst": 5, "StartLimitIntervalSec": 10},
        service={"Type": "simple", "RestartSec": "2s"},
    )
