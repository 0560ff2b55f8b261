from home_manager.authoring import *


class TaskwarriorSync(Service):
    """Taskwarrior's tasks, synchronised from time to time"""

    package = Package("taskwarrior2", example="pkgs.taskwarrior3", install=False)
    frequency = option(
        t.str,
        default="*:0/5",
        doc="How often `task synchronize` runs, as `OnCalendar` of a timer; see {manpage}`systemd.time(7)`.",
    )
    sync = UserUnit(
        lambda self: f"{self.package}/bin/task synchronize",
        description="Taskwarrior sync",
        service={"CPUSchedulingPolicy": "idle", "IOSchedulingClass": "idle"},
    )
    timer = UserUnit(
        kind="timers",
        description="Taskwarrior periodic sync",
        wanted_by="timers.target",
        section=lambda self: {"Timer": {"Unit": "taskwarrior-sync.service", "OnCalendar": self.frequency}},
    )
