from home_manager.authoring import *


class Vdirsyncer(Service):
    """vdirsyncer"""

    platforms = ("linux", "darwin")

    package = Package("vdirsyncer", install=False)
    frequency = option(
        t.str, default="*:0/5", doc="How often vdirsyncer synchronises, as in {manpage}`systemd.time(7)`."
    )
    verbosity = option(
        t.null_or(t.enum("CRITICAL", "ERROR", "WARNING", "INFO", "DEBUG")),
        default=None,
        doc="How much vdirsyncer says.",
    )
    configFile = option(t.null_or(t.path), default=None, doc="The configuration; `null` for the usual file.")

    def _commands(self):
        flags = [] if self.verbosity is None else [f"--verbosity {self.verbosity}"]
        flags += [] if self.configFile is None else [f"--config {self._in_text(self.configFile)}"]
        program = f"{self.package}/bin/vdirsyncer {' '.join(flags)}"
        return {"Type": "oneshot", "ExecStart": [f"{program} metasync", f"{program} sync"]}

    synchronisation = UserUnit(
        description="vdirsyncer calendar&contacts synchronization",
        unit={"X-SwitchMethod": "keep-old"},
        service=_commands,
    )
    timer = UserUnit(
        kind="timers",
        description="vdirsyncer calendar&contacts synchronization",
        section=lambda self: {"Timer": {"OnCalendar": self.frequency, "Unit": "vdirsyncer.service"}},
        wanted_by=["timers.target"],
    )
