from home_manager.authoring import *

COMMAND = """\
{systemd}/bin/systemd-inhibit \\
  --who="borgmatic" \\
  --what="sleep:shutdown" \\
  --why="Prevent interrupting scheduled backup" \\
  {borgmatic}/bin/borgmatic \\
    --stats \\
    --verbosity -1 \\
    --list \\
    --syslog-verbosity 1
"""


class Borgmatic(Service):
    """backups by borgmatic from time to time"""

    platforms = ("linux", "darwin")

    frequency = option(
        t.str,
        default="hourly",
        doc="When backups are made, as {manpage}`systemd.time(7)` has it; on macOS one of hourly, daily, weekly, monthly, "
        "semiannually and annually.",
    )
    unit = UserUnit(
        lambda self: COMMAND.format(systemd=self.pkgs["systemd"], borgmatic=self["programs.borgmatic.package"]),
        description="borgmatic backup",
        # Not on battery, not right after the start of the machine, and out of the way of everything else.
        unit={"ConditionACPower": True},
        service=lambda self: {
            "Type": "oneshot",
            "Nice": 19,
            "IOSchedulingClass": "best-effort",
            "IOSchedulingPriority": 7,
            "IOWeight": 100,
            "Restart": "no",
            "LogRateLimitIntervalSec": 0,
            "ExecStartPre": f"{self.pkgs['coreutils']}/bin/sleep 3m",
        },
    )
    timer = UserUnit(
        kind="timers",
        description="Run borgmatic backup",
        wanted_by="timers.target",
        section=lambda self: {"Timer": {"OnCalendar": self.frequency, "Persistent": True, "RandomizedDelaySec": "10m"}},
    )

    def _times(self):
        return self._made(self._argument("lib")["hm"]["darwin"]["mkCalendarInterval"], self.frequency)

    @check
    def known_to_launchd(self):
        if self._is_on("darwin") and self._times() is None:
            yield (
                "On Darwin, services.borgmatic.frequency must be one of: "
                "hourly, daily, weekly, monthly, semiannually, annually."
            )

    @defines("launchd.agents", when=lambda self: self._is_on("darwin"))
    def agent(self):
        logs = f"{self['home.homeDirectory']}/Library/Logs/borgmatic/launchd"
        config = {
            "ProgramArguments": [exe(self["programs.borgmatic.package"]), "--stats", "--list"],
            "ProcessType": "Background",
            "StartCalendarInterval": self._times(),
            "StandardOutPath": f"{logs}-stdout.log",
            "StandardErrorPath": f"{logs}-stderr.log",
        }
        return {"borgmatic": {"enable": True, "config": config}}
