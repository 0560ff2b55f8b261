"""What a home keeps: generations removed and the store collected, always under the lock of the home."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from home_manager import activation
from home_manager.activation import Layout, ReplacedFiles, System
from home_manager.home import ejected_home, plan_pins
from home_manager.store import GenerationEntry, Lock, Pins, Profile, Store, machine
from home_manager.store.garbage_collection import collect

Choice = Callable[[Sequence[GenerationEntry]], Iterable[int]]
"""Which generations shall go: given all of them, the oldest first, it gives numbers."""


@dataclass(frozen=True, slots=True)
class Removal:
    """What became of generations that were to go: `removed` are gone (in a dry run: would be).

    `missing` were not there, `current` is in use and stays, `recovered` says what became of a broken-off switch.
    """

    removed: tuple[GenerationEntry, ...] = ()
    missing: tuple[int, ...] = ()
    current: int | None = None
    recovered: str = ""


@contextmanager
def changing(layout: Layout, command: str, system: System | None = None) -> Iterator[tuple[Lock, str]]:
    """The lock of the home, with a switch that was broken off finished or taken back, and what is to be said of it."""
    activation.check_writable(layout)
    with Lock(layout.lock, command) as lock:
        recovery = activation.recover(layout, system=system)
        yield lock, recovery.message if recovery is not None else ""


def remove_generations(layout: Layout, choose: Choice, *, command: str, dry_run: bool = False) -> Removal:
    """Takes the chosen generations out of the profile; the one in use stays. Their objects go when the store is collected."""
    profile = Profile(layout.profiles)
    if dry_run or not os.path.isdir(layout.profiles):
        return _chosen(profile, choose)
    with changing(layout, command) as (_, recovered):
        chosen = _chosen(profile, choose)
        profile.remove(entry.number for entry in chosen.removed)
    return Removal(chosen.removed, chosen.missing, chosen.current, recovered)


def _chosen(profile: Profile, choose: Choice) -> Removal:
    entries = {entry.number: entry for entry in profile.generations()}
    numbers = list(dict.fromkeys(choose(list(entries.values()))))
    current = profile.current_number
    return Removal(
        removed=tuple(entries[number] for number in numbers if number in entries and number != current),
        missing=tuple(number for number in numbers if number not in entries),
        current=current if current in numbers and current in entries else None,
    )


def not_newer(moment: float) -> Choice:
    """The generations that were made at a moment (seconds since 1970) or before it."""
    return lambda entries: [entry.number for entry in entries if entry.created <= moment]


def all_but_last(count: int) -> Choice:
    """All generations but the last `count`."""
    return lambda entries: [entry.number for entry in entries[: max(0, len(entries) - count)]]


@dataclass(frozen=True, slots=True)
class Swept:
    """What a collection removed (in a dry run: would remove): objects of the store, and files that were replaced.

    `freed` counts the bytes of what was removed, `recovered` says what became of a broken-off switch.
    """

    objects: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    freed: int = 0
    recovered: str = ""


def collect_garbage(layout: Layout, *, dry_run: bool = False) -> Swept:
    """Removes every object that no generation and no pinned link needs, and what switches replaced long ago.

    Whoever makes objects at this moment holds the store, and then nothing is collected. A dry run takes no lock of the
    home, and names what would go.
    """
    system = System()
    archive, now = ReplacedFiles(system, layout), time.time()
    if not os.path.isdir(layout.store):
        # What is left of a home that was given up.
        old = archive.expired(now)
        if not old or dry_run:
            return Swept(replaced=_files_in(system, old))
        with changing(layout, "home-manager gc", system) as (_, recovered):
            return _without(system, archive.expired(now), Swept(recovered=recovered))
    with Store(layout.store) as store:
        if dry_run:
            objects = collect(store, roots(layout, forget=False), dry_run=True).removed
            return Swept(objects, _files_in(system, archive.expired(now)))
        with changing(layout, "home-manager gc", system) as (_, recovered):
            collected = collect(store, roots(layout))
            swept = Swept(collected.removed, freed=collected.freed, recovered=recovered)
            return _without(system, archive.expired(now), swept)


def _without(system: System, old: Sequence[str], swept: Swept) -> Swept:
    """What was removed, with directories of replaced files that go too."""
    files = _files_in(system, old)
    with machine("removing what was replaced long ago"):
        freed = sum(system.remove_tree(directory) for directory in old)
    return replace(swept, replaced=files, freed=swept.freed + freed)


def _files_in(system: System, directories: Iterable[str]) -> tuple[str, ...]:
    with machine("looking at what was replaced"):
        return tuple(f"{below}/{leaf}" for below in directories for leaf in system.leaves(below))


def roots(layout: Layout, *, forget: bool = True) -> list[str]:
    """The store paths that must stay, with what they refer to; pins whose link is gone are forgotten on the way."""
    profile = Profile(layout.profiles)
    found = [*profile.roots(), *Pins(layout.pins).roots(forget=forget), *plan_pins.roots(layout, forget=forget)]
    found += ejected_home.roots(layout)
    for link in (str(layout.packages_profile), profile.pointer):
        if os.path.islink(link):
            found.append(os.path.realpath(link) if link == profile.pointer else os.readlink(link))
    store = str(layout.store)
    return [_spelled_as_the_store(path, store) for path in found]


def _spelled_as_the_store(path: str, store: str) -> str:
    """A path into the store by the store's own spelling: a home may have been reached through another link before."""
    if path.startswith(f"{store}/"):
        return path
    real = os.path.realpath(store)
    above, below = os.path.dirname(path), os.path.basename(path)
    while above not in ("", "/"):
        if os.path.realpath(above) == real:
            return f"{store}/{below}"
        above, below = os.path.dirname(above), f"{os.path.basename(above)}/{below}"
    return path
