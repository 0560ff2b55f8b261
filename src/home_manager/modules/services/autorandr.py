from home_manager.authoring import *


class Autorandr(Service):
    """autorandr as a service, which takes the profile that fits the outputs that are there"""

    package = Package("autorandr", install=False)
    ignoreLid = option(t.bool, default=False, doc="Whether outputs count as connected although their lid is closed.")
    matchEdid = option(t.bool, default=False, doc="Whether outputs are told by their EDID rather than by their name.")
    extraOptions = option(t.list_of(t.str), default=[], example=["--force"], doc="Further arguments of autorandr.")

    def _command(self):
        flags = [*(["--ignore-lid"] if self.ignoreLid else []), *(["--match-edid"] if self.matchEdid else [])]
        return f"{exe(self.package)} --change {formats.shell.quote_all([*flags, *self.extraOptions])}"

    unit = UserUnit(
        _command,
        description="Auto-detect the connected display hardware and load the appropriate X11 setup using xrandr",
        target="graphical-session.target",
        service={"Type": "oneshot"},
    )
