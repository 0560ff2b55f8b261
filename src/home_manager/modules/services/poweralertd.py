from home_manager.authoring import *


def quoted(argument):
    """An argument as systemd reads it."""
    return formats.json.string(argument).replace("%", "%%").replace("$", "$$")


class Poweralertd(Service):
    """the Upower-powered power alertd"""

    package = Package("poweralertd", install=False)
    extraArgs = option(t.list_of(t.str), default=[], example=["-s", "-S"], doc="Further arguments of poweralertd.")
    unit = UserUnit(
        lambda self: f"{exe(self.package)} {' '.join(map(quoted, self.extraArgs))}",
        description="UPower-powered power alerter",
        target="graphical-session.target",
        restart="always",
        unit={"Documentation": "man:poweralertd(1)"},
        service={"Type": "simple"},
    )
