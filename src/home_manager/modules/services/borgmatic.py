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

    frequency = Schedule("When backups are made", default="hourly")
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

    @defines("launchd.agents", when=lambda self: self._is_on("darwin"))
    def agent(self):
        logs = f"{self['home.homeDirectory']}/Library/Logs/borgmatic/launchd"
        config = {
            "ProgramArguments": [exe(self["programs.borgmatic.package"]), "--stats", "--list"],
            "ProcessType": "Background",
            "StartCalendarInterval": launchd_calendar(self, self.frequency),
            "StandardOutPath": f"{logs}-stdout.log",
            "StandardErrorPath": f"{logs}-stderr.log",
        }
        return {"borgmatic": {"enable": True, "config": config}}
