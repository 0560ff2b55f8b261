from home_manager.authoring import *


def run(when, example):
    return option(t.null_or(t.str), default=None, example=example, doc=f"A command that runs {when}.")


class Mbsync(Service):
    """mbsync"""

    package = Package("isync", install=False)
    frequency = option(t.str, default="*:0/5", doc="How often mail is synchronised, as in {manpage}`systemd.time(7)`.")
    verbose = option(t.bool, default=True, doc="Whether mbsync says much.")
    configFile = option(
        t.null_or(t.path), default=None, doc="The configuration; `null` for the usual file, {file}`~/.mbsyncrc`."
    )
    preExec = run("before, to make directories for instance", "mkdir -p %h/mail")
    postExec = run("after mail came without fault, to index it for instance", "${pkgs.mu}/bin/mu index")

    def _command(self):
        flags = ["--all", *(["--verbose"] if self.verbose else [])]
        flags += [] if self.configFile is None else [f"--config {self._in_text(self.configFile)}"]
        return f"{self.package}/bin/mbsync {' '.join(flags)}"

    def _around(self):
        commands = {"ExecStartPost": self.postExec, "ExecStartPre": self.preExec}
        return {"Type": "oneshot", **{name: value for name, value in commands.items() if value is not None}}

    synchronisation = UserUnit(_command, description="mbsync mailbox synchronization", service=_around)
    timer = UserUnit(
        kind="timers",
        description="mbsync mailbox synchronization",
        section=lambda self: {"Timer": {"OnCalendar": self.frequency, "Unit": "mbsync.service"}},
        wanted_by=["timers.target"],
    )
