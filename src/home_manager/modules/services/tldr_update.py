from home_manager.authoring import *


class TldrUpdate(Service):
    """the update of the pages of tldr from time to time"""

    platforms = ("linux", "darwin")

    package = Package("tldr", example="tlrc", install=False)
    period = Schedule("When pages are fetched", default="weekly")
    unit = UserUnit(
        lambda self: f"{exe(self.package)} --update\n",
        description="Update tldr CLI cache",
        unit={"Documentation": "https://tldr.sh/"},
        service={"Type": "oneshot"},
        launchd=lambda self: {"StartCalendarInterval": launchd_calendar(self, self.period)},
    )
    timer = UserUnit(
        kind="timers",
        description="Update tldr CLI cache",
        section=lambda self: {"Timer": {"OnCalendar": self.period, "Persistent": True}},
        wanted_by="timers.target",
    )
