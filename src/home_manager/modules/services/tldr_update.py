from home_manager.authoring import *


class TldrUpdate(Service):
    """the update of the pages of tldr from time to time"""

    platforms = ("linux", "darwin")

    package = Package("tldr", example="tlrc", install=False)
    period = option(
        t.str,
        default="weekly",
        doc="When pages are fetched, as {manpage}`systemd.time(7)` has it; on macOS one of hourly, daily, weekly, "
        "monthly, semiannually and annually.",
    )
    unit = UserUnit(
        lambda self: f"{exe(self.package)} --update\n",
        description="Update tldr CLI cache",
        unit={"Documentation": "https://tldr.sh/"},
        service={"Type": "oneshot"},
        launchd=lambda self: {"StartCalendarInterval": self._times()},
    )
    timer = UserUnit(
        kind="timers",
        description="Update tldr CLI cache",
        section=lambda self: {"Timer": {"OnCalendar": self.period, "Persistent": True}},
        wanted_by="timers.target",
    )

    def _times(self):
        return self._made(self._argument("lib")["hm"]["darwin"]["mkCalendarInterval"], self.period)

    @check
    def known_to_launchd(self):
        if self._is_on("darwin") and self._times() is None:
            yield (
                "On Darwin, services.tldr-update.period must be one of: "
                "hourly, daily, weekly, monthly, semiannually, annually."
            )
