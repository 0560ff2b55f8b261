from home_manager.authoring import *

TIMERS = """\
[
  {
    delay = 60;
    command = "xrandr --output \\"$PRIMARY_DISPLAY\\" --brightness .1";
    canceller = "xrandr --output \\"$PRIMARY_DISPLAY\\" --brightness 1";
  }
  {
    delay = 120;
    command = "${pkgs.writeShellScript "my-script" "echo idle"}";
  }
]
"""
FLAGS = ("once", "detect-sleep", "not-when-fullscreen", "not-when-audio")


def flag(doc, name=""):
    return option(t.bool, default=False, example=True, doc=f"Whether {doc}.", name=name)


class Timer(Options):
    """What is done after some time."""

    delay = option(t.unsigned, example=60, doc="After how many seconds.")
    command = option(
        t.null_or(t.str),
        example=literal('${pkgs.libnotify}/bin/notify-send "Idle" "Sleeping in 1 minute"\n'),
        doc="The command that is run then.",
    )
    canceller = option(
        t.str,
        default="",
        example=literal('${pkgs.libnotify}/bin/notify-send "Idle" "Resuming activity"\n'),
        doc="The command for when the user is back before the next timer.",
    )


class Xidlehook(Service):
    """xidlehook systemd service"""

    package = Package("xidlehook", install=False)
    environment = option(
        t.attrs_of(t.str),
        default={},
        example={"primary-display": "$(xrandr | awk '/ primary/{print $1}')"},
        doc="Variables of the commands; a value is code of the shell.",
    )
    detect_sleep = flag("a machine that wakes up counts as used", "detect-sleep")
    not_when_fullscreen = flag("nothing is done while a window fills the screen", "not-when-fullscreen")
    not_when_audio = flag("nothing is done while something is heard", "not-when-audio")
    once = flag("it ends after its timers")
    timers = option(
        t.list_of(t.submodule(Timer)), default=[], example=literal(TIMERS), doc="What is done after which time."
    )

    def _script(self):
        words = [f"{self.package}/bin/xidlehook", *(f"--{name}" for name in FLAGS if self._read(name))]
        for each in self.timers:
            if each.command is not None:
                words.append(f"--timer {each.delay} {formats.shell.quote_all([each.command, each.canceller])}")
        exports = "\n".join(f"export {name}={value}" for name, value in self.environment.items())
        return str(self._made("writeShellScript", "xidlehook", f"{exports}\n{' '.join(words)}\n"))

    unit = UserUnit(
        _script,
        description="xidlehook service",
        target="graphical-session.target",
        unit={"ConditionEnvironment": ["DISPLAY"]},
        service=lambda self: {"Type": "oneshot"} if self.once else {"Type": "simple", "Restart": "always"},
    )
