from home_manager.authoring import *

TOOLS = ("coreutils", "findutils", "gnugrep", "gnused", "systemd")
"""The packages whose programs the daemon runs."""


class Clipmenu(Service):
    """clipmenu, the clipboard management daemon"""

    package = Package("clipmenu")
    launcher = option(
        t.null_or(t.str),
        default=None,
        example="rofi",
        doc="The program that shows the menu; clipmenu's own choice is `dmenu`.",
    )
    variables = Variables(CM_LAUNCHER=lambda self: self.launcher)
    unit = UserUnit(
        lambda self: f"{self.package}/bin/clipmenud",
        description="Clipboard management daemon",
        after="graphical-session.target",
        wanted_by="graphical-session.target",
        environment=lambda self: [f"PATH={':'.join(f'{self.pkgs[name]}/bin' for name in TOOLS)}"],
    )
