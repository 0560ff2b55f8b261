import hashlib

from home_manager.authoring import *


class Xscreensaver(Service):
    """XScreenSaver"""

    settings = option(
        t.attrs_of(t.either(t.bool, t.either(t.int, t.str))),
        default={},
        example={"mode": "blank", "lock": False, "fadeTicks": 20},
        doc="The settings of XScreenSaver, which are resources of X.",
    )
    package = Package("xscreensaver")

    @defines("xresources.properties")
    def resources(self):
        return {f"xscreensaver.{name}": value for name, value in self.settings.items()}

    def _triggers(self):
        # The settings are in no file of their own.
        return hashlib.md5(formats.json.compact(self.settings).encode(), usedforsecurity=False).hexdigest()

    unit = UserUnit(
        lambda self: f"{self.package}/bin/xscreensaver -no-splash",
        description="XScreenSaver",
        target="graphical-session.target",
        environment=lambda self: [f"PATH={self.package}/bin"],
        unit=lambda self: {"X-Restart-Triggers": [self._triggers()]},
    )
