from home_manager.authoring import *
from home_manager.modules import _graphical, _hypr

HYPRLAND = "wayland.windowManager.hyprland.package"
INSTEAD = "Deprecated: write `profile` into `settings`."
EXAMPLE = """\
{
  max-gamma = 150;

  profile = [
    {
      time = "7:30";
      identity = true;
    }
    {
      time = "21:00";
      temperature = 5000;
    }
  ];
};
"""


class Transition(Options):
    """What changes at some time."""

    calendar = option(t.str, example="*-*-* 06:00:00", doc=f"{INSTEAD} When it is, as systemd writes times.")
    requests = option(
        t.list_of(t.list_of(t.str)),
        default=[],
        example=[["temperature", "3500"]],
        doc=f"{INSTEAD} The words of each request.",
    )


class Hyprsunset(Service):
    """Hyprsunset, which gives the screen of Hyprland warm colours at night"""

    platforms = ("linux", "darwin")

    package = Package("hyprsunset")
    extraArgs = option(t.list_of(t.str), default=[], example=["--verbose"], doc="Further arguments of hyprsunset.")
    transitions = option(
        t.attrs_of(t.submodule(Transition)),
        default={},
        example={
            "sunrise": {"calendar": "*-*-* 06:00:00", "requests": [["temperature", "6500"], ["gamma 100"]]},
            "sunset": {"calendar": "*-*-* 19:00:00", "requests": [["temperature", "3500"]]},
        },
        doc=f"{INSTEAD} What changes at which time.",
    )
    settings = _hypr.settings("Hyprsunset", example=literal(EXAMPLE))
    importantPrefixes = _hypr.important_prefixes("$", example=["$"])
    systemdTarget = _graphical.target_of(example="hyprland-session.target")

    @check(when=transitions)
    def hyprland_is_known(self):
        if self[HYPRLAND] is None:
            yield (
                "Can't set services.hyprsunset.enable when using the deprecated option\nservices.hyprsunset.transitions if "
                f"{HYPRLAND}\nis set to null. Either migrate your configuration to use services.hyprsunset.settings\nor, if "
                "you are using Hyprland's upstream flake, see:\n"
                "<https://github.com/nix-community/home-manager/issues/7484>.\n"
            )

    @warn(when=transitions)
    def deprecated(self):
        yield "Using services.hyprsunset.transitions is deprecated. Please use\nservices.hyprsunset.settings instead.\n"

    unit = _graphical.session_unit(
        lambda self: " ".join([exe(self.package), *map(formats.shell.quote, self.extraArgs)]),
        wanted_by=lambda self: self.systemdTarget,
        description="hyprsunset - Hyprland's blue-light filter",
        restart="always",
        restarts_with=("settings",),
        service={"RestartSec": "10"},
    )

    @defines("systemd.user.services", when=lambda self: self.transitions and self[HYPRLAND] is not None)
    def requests(self):
        control = exe(self[HYPRLAND], "hyprctl")
        for name, transition in self.transitions.items():
            head = {
                "ConditionEnvironment": "WAYLAND_DISPLAY",
                "Description": f"hyprsunset transition for {name}",
                "After": ["hyprsunset.service"],
                "Requires": ["hyprsunset.service"],
            }
            calls = [f"{control} hyprsunset {formats.shell.quote_all(words)}" for words in transition.requests]
            yield {
                f"hyprsunset-{name}": {"Unit": head, "Service": {"Type": "oneshot", "ExecStart": " && ".join(calls)}}
            }

    @defines("systemd.user.timers", when=transitions)
    def timers(self):
        for name, transition in self.transitions.items():
            yield {
                f"hyprsunset-{name}": {
                    "Unit": {"Description": f"Timer for hyprsunset transition ({name})"},
                    "Timer": {"OnCalendar": transition.calendar, "Persistent": True},
                    "Install": {"WantedBy": [self[_graphical.SESSION]]},
                }
            }
