from home_manager.authoring import *


class Keynav(Service):
    """keynav, which moves the pointer by keys"""

    package = Package("keynav", install=False)
    settings = option(
        formats.keyvalue.type,
        default={},
        example={"2": "doubleclick,end", "4": "click 4", "5": "click 5"},
        doc="What keys do, see <https://github.com/jordansissel/keynav/blob/master/keynav.pod>.",
    )
    daemon = UserUnit(
        lambda self: exe(self.package),
        description="keynav",
        target="graphical-session.target",
        restart="always",
        unit=lambda self: {"X-Restart-Triggers": [str(self._rc())]} if self.settings else {},
        service={"RestartSec": 3},
    )

    def _rc(self):
        lines = formats.keyvalue.render(self.settings, mk_key_value=formats.plain.key_value(" "))
        return self._made("writeText", "keynavrc", lines)

    @defines("xdg.configFile", when=settings)
    def rc_file(self):
        return {"keynav/keynavrc": {"source": self._rc()}}
