"""User units: what differs between two generations, and what has to be done about it.

The decisions follow sd-switch, which the original uses: what is gone is stopped; what is new is started where an
active target wants it; what changed and is running is treated as its `X-SwitchMethod` says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from home_manager.activation.system import System

SUFFIXES = (".service", ".socket", ".target", ".timer", ".path", ".mount", ".automount", ".swap", ".slice")


@dataclass(frozen=True, slots=True)
class Units:
    """The units of a generation: their texts by name, and who is wanted or required by which unit."""

    texts: Mapping[str, str]
    wanted: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """What to do, each a sorted tuple of unit names; `kept` run on with their old definition."""

    stop: tuple[str, ...] = ()
    reload: tuple[str, ...] = ()
    restart: tuple[str, ...] = ()
    start: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    def lines(self) -> tuple[str, ...]:
        """The plan as systemctl command lines, in the order in which they are run."""
        steps = (("stop", self.stop), ("reload", self.reload), ("restart", self.restart), ("start", self.start))
        return tuple(f"systemctl --user {verb} {' '.join(units)}" for verb, units in steps if units)


def read_units(system: System, directory: str) -> Units:
    """The units in a directory of a generation; links are followed, so that a change behind one is seen."""
    texts: dict[str, str] = {}
    wanted: dict[str, set[str]] = {}
    for name in system.names(directory):
        path = f"{directory}/{name}"
        if name.endswith((".wants", ".requires")):
            for unit in system.names(path):
                wanted.setdefault(unit, set()).add(name.rsplit(".", 1)[0])
        elif name.endswith(SUFFIXES) and not system.is_directory(path):
            try:
                texts[name] = system.read(path).decode("utf-8", "replace")
            except OSError:
                continue
    return Units(texts, {unit: frozenset(by) for unit, by in wanted.items()})


def make_unit_plan(old: Units, new: Units, active: Collection[str]) -> UnitPlan:
    """What to do so that the running units are those of `new`; `active` are the names of all active units."""
    stop: set[str] = set()
    reload: set[str] = set()
    restart: set[str] = set()
    start: set[str] = set()
    kept: set[str] = set()
    for name in old.texts.keys() - new.texts.keys():
        if name in active and not _flag(old.texts[name], "RefuseManualStop"):
            stop.add(name)
    for name, text in new.texts.items():
        before = old.texts.get(name)
        if before == text:
            continue
        if before is None or name not in active:
            if name not in active and _may_start(name, text, new, active):
                start.add(name)
        else:
            match _method(name, before, text):
                case "restart":
                    restart.add(name)
                case "stop-start":
                    stop.add(name)
                    start.add(name)
                case "reload":
                    reload.add(name)
                case _:
                    kept.add(name)
    return UnitPlan(_sorted(stop), _sorted(reload), _sorted(restart), _sorted(start), _sorted(kept))


def _sorted(units: set[str]) -> tuple[str, ...]:
    return tuple(sorted(units))


def _may_start(name: str, text: str, new: Units, active: Collection[str]) -> bool:
    wanted = any(by in active for by in new.wanted.get(name, ()))
    return wanted and "@." not in name and not _flag(text, "RefuseManualStart")


def _method(name: str, before: str, text: str) -> str:
    """How an active unit goes over to its new definition."""
    fields = dict(_unit_section(text))
    chosen = fields.get("X-SwitchMethod", "")
    if chosen in ("reload", "restart", "stop-start", "keep-old"):
        return chosen
    if _flag(text, "RefuseManualStop") or name.endswith((".target", ".slice")):
        return "keep-old"
    if fields.get("X-RestartIfChanged", "").lower() in ("false", "no", "0", "off"):
        return "keep-old"
    if _flag(text, "X-ReloadIfChanged") or _without_triggers(before) == _without_triggers(text):
        return "reload"
    if _flag(text, "X-StopIfChanged") or _flag(text, "RefuseManualStart"):
        return "stop-start"
    return "restart"


def _flag(text: str, key: str) -> bool:
    return dict(_unit_section(text)).get(key, "").lower() in ("true", "yes", "1", "on")


def _without_triggers(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("X-Reload-Triggers")]


def _unit_section(text: str) -> Iterator[tuple[str, str]]:
    inside = False
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("["):
            inside = line == "[Unit]"
        elif inside and "=" in line and not line.startswith(("#", ";")):
            key, _, value = line.partition("=")
            yield key.strip(), value.strip()
