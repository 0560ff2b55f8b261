from home_manager.authoring import *


class Batsignal(Service):
    """Batsignal Battery Daemon"""

    package = Package("batsignal", install=False)
    extraArgs = option(t.list_of(t.str), default=[], doc="Further arguments of batsignal.")
    unit = UserUnit(
        lambda self: f"{exe(self.package)} {formats.shell.quote_all(self.extraArgs)}",
        description="batsignal - battery monitor daemon",
        target="graphical-session.target",
        restart="on-failure",
        service={"Type": "simple", "RestartSec": 1},
    )
