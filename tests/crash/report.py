"""Prints what became of switches that ended badly: `make crash-report`; status 1 where anything was lost or wrong."""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "unit/activation")]

import disks
from disaster import (
    HEADING,
    Scene,
    Tally,
    clean,
    count_actions,
    count_calls,
    die_at_actions,
    die_at_calls,
    make_scene,
)
from killing import die_in_removals, kill_removals, kill_switches
from odd import clock_goes_back, hard_links, huge_repository, index_played_back, sources_change
from power import NAMES, fail_power, fail_power_in_removals
from together import at_once

from home_manager.store.removal import remove_tree

MEMORY = "/dev/shm"


def main() -> int:
    usable = os.path.isdir(MEMORY) and os.access(MEMORY, os.W_OK | os.X_OK)
    place = tempfile.mkdtemp(prefix="hm-crash-", dir=MEMORY if usable else None)
    tallies: list[Tally] = []
    try:
        scene = make_scene(Path(place))
        changed = [path for path in {*scene.before, *scene.after} if scene.before.get(path) != scene.after.get(path)]
        print(f"a switch of {len(changed)} changes, with {len(scene.texts)} texts of the user's at stake\n{HEADING}")
        for tally in itertools.chain(_trials(scene), _odd(Path(place))):
            tallies.append(tally)
            print(tally.line(), flush=True)
        clean(scene)
    finally:
        remove_tree(place)
    for tally in tallies:
        for line in tally.wrong:
            print(line)
    points, lost = sum(tally.points for tally in tallies), sum(tally.lost for tally in tallies)
    recovered = sum(tally.old + tally.new for tally in tallies)
    print(f"points tried: {points}, recovered: {recovered}, lost = {lost}")
    return int(lost > 0 or any(tally.wrong for tally in tallies))


def _trials(scene: Scene) -> Iterator[Tally]:
    yield die_at_actions(scene, range(1, count_actions(scene) + 1))
    yield die_at_calls(scene, range(1, count_calls(scene) + 1))
    yield kill_switches(scene, 200)
    yield kill_removals(scene, 60)
    yield die_in_removals(scene)
    for how in NAMES:
        yield fail_power(scene, how)
    for how in NAMES:
        yield fail_power_in_removals(scene, how)
    reason = disks.why_not()
    if reason:
        print(f"no trials with disks: {reason}")
        return
    for kind in ("full", "read-only"):
        for found in disks.tallies(kind, 60):
            yield Tally(**{**found, "wrong": tuple(found["wrong"])})


def _odd(place: Path) -> Iterator[Tally]:
    """Trials with homes of their own."""
    yield at_once(place / "at-once", 50)
    yield clock_goes_back(place / "clock", 100)
    yield hard_links(place / "hard-links")
    yield sources_change(place / "sources", 100)
    yield huge_repository(place / "huge", 20_000)
    yield index_played_back(place / "index")


if __name__ == "__main__":
    sys.exit(main())
