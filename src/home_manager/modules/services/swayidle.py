from home_manager.authoring import *
from home_manager.modules import _graphical

TIMEOUTS = """\
[
  { timeout = 60; command = "${pkgs.swaylock}/bin/swaylock -fF"; }
  { timeout = 90; command = "${pkgs.systemd}/bin/systemctl suspend"; }
]
"""
EVENTS = """\
{
  "before-sleep" = "${pkgs.swaylock}/bin/swaylock -fF";
  "lock" = "lock";
}
"""


class Timeout(Options):
    """What is done after some time."""

    timeout = option(t.positive, example=60, doc="After how many seconds.")
    command = option(t.str, doc="The command that is run then.")
    resumeCommand = option(t.null_or(t.str), default=None, doc="The command for when the user is back.")


def event(when, name=""):
    return option(t.null_or(t.str), default=None, doc=f"The command for when {when}.", name=name)


class Events(Options):
    """What is done at some events."""

    before_sleep = event("the machine is going to sleep", "before-sleep")
    after_resume = event("the machine woke up", "after-resume")
    lock = event("the session is locked")
    unlock = event("the session is unlocked")


def by_name(events):
    return {each["event"]: each["command"] for each in events}


class Swayidle(Service):
    """idle manager for Wayland"""

    package = Package("swayidle")
    timeouts = option(
        t.list_of(t.submodule(Timeout)),
        default=[],
        example=literal(TIMEOUTS),
        doc="What is done when nobody has used the machine for some time.",
    )
    events = option(
        t.coerced_to(
            t.list_of(t.attrs),
            by_name,
            t.submodule(Events),
        ),
        default={},
        example=literal(EVENTS),
        doc="What is done when something happens.",
    )
    extraArgs = option(t.list_of(t.str), default=["-w"], doc="Further arguments of swayidle.")
    systemdTargets = _graphical.targets()
    renamed = Renamed("systemdTarget", "systemdTargets", change=lambda value: [value])

    @warn
    def events_by_name(self):
        if any(isinstance(computed(each.value), list) for each in self._option("events").definitions()):
            yield (
                "Using `services.swayidle.events` as a list is deprecated and will be\nremoved in a future release. Please "
                "use an attribute set keyed by event name instead.\n\nUse event names as attribute keys and commands as "
                "values.\n\n"
            )

    def _command(self):
        words = list(self.extraArgs)
        for each in self.timeouts:
            words += ["timeout", str(each.timeout), each.command]
            words += [] if each.resumeCommand is None else ["resume", each.resumeCommand]
        for name, command in self.events.items():
            words += [] if command is None else [name, command]
        return f"{exe(self.package)} {formats.shell.quote_all(words)}"

    unit = _graphical.session_unit(
        _command,
        follows="systemdTargets",
        description="Idle manager for Wayland",
        restart="always",
        # Commands are run by `sh -c`.
        environment=lambda self: [f"PATH={self.pkgs['bash']}/bin"],
        unit={"Documentation": "man:swayidle(1)"},
        service={"Type": "simple"},
    )
