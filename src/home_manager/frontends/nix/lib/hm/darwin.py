"""`lib.hm.darwin`: intervals of launchd agents."""

from __future__ import annotations

from home_manager.frontends.nix.lib.arguments import flag_of, select, string_of
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.values import Attrs, Value
from home_manager.values.lazy import Delayed

INTERVALS: dict[str, tuple[dict[str, Value], ...]] = {
    "hourly": ({"Minute": 0},),
    "daily": ({"Hour": 0, "Minute": 0},),
    "weekly": ({"Weekday": 1, "Hour": 0, "Minute": 0},),
    "monthly": ({"Day": 1, "Hour": 0, "Minute": 0},),
    "semiannually": (
        {"Month": 1, "Day": 1, "Hour": 0, "Minute": 0},
        {"Month": 7, "Day": 1, "Hour": 0, "Minute": 0},
    ),
    "annually": ({"Month": 1, "Day": 1, "Hour": 0, "Minute": 0},),
}
NAMES = ", ".join(INTERVALS)

topic = Topic()
topic.constant(
    "intervalDocumentation",
    f"On Darwin, it must be one of: {NAMES}, which are implemented as defined in {{manpage}}`systemd.time(7)`.\n",
)


@topic.function("mkCalendarInterval", 1)
def mk_calendar_interval(frequency: Value) -> Value:
    times = INTERVALS.get(string_of(frequency))
    return None if times is None else [Attrs(time) for time in times]


@topic.function("assertInterval", 3)
def assert_interval(option: Value, interval: Value, packages: Value) -> Value:
    def fits() -> bool:
        host = select(select(packages, "stdenv"), "hostPlatform")
        return not flag_of(select(host, "isDarwin")) or string_of(interval) in INTERVALS

    return Attrs(
        {
            "assertion": Delayed(fits),
            "message": Delayed(lambda: f"On Darwin, {string_of(option)} must be one of: {NAMES}."),
        }
    )
