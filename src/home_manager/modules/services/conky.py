from home_manager.authoring import *


class Conky(Service):
    """Conky, a light-weight system monitor"""

    package = Package("conky")
    extraConfig = option(
        t.lines,
        default="",
        doc="The configuration, see <https://github.com/brndnmtthws/conky/wiki/Configurations>. Without one, it is what "
        "`conky --print-config` shows.",
    )

    def _command(self):
        given = f" --config {self._made('writeText', 'conky.conf', self.extraConfig)}" if self.extraConfig else ""
        return f"{self.package}/bin/conky{given}"

    unit = UserUnit(
        _command,
        description="Conky - Lightweight system monitor",
        after="graphical-session.target",
        wanted_by="graphical-session.target",
        restart="always",
        service={"RestartSec": "3"},
    )
