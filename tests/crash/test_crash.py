"""Whatever ends a switch, the next command finds the home old or new, and nothing of the user's is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import disks
import pytest
from disaster import Scene, Tally, clean, count_actions, count_calls, die_at_actions, die_at_calls, make_scene
from killing import die_in_removals, kill_removals, kill_switches


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    made = make_scene(tmp_path)
    yield made
    clean(made)


def check(tally: Tally, *, least: int = 0) -> None:
    assert tally.wrong == ()
    assert tally.lost == 0
    assert tally.points >= least
    assert tally.old + tally.new + tally.whole == tally.points


def test_the_scene_is_what_it_claims_to_be(scene: Scene) -> None:
    changed = {path for path in {*scene.before, *scene.after} if scene.before.get(path) != scene.after.get(path)}
    assert len(changed) >= 60
    assert len(scene.texts) > 25
    kinds = {text[:1] for text in scene.before.values()}
    assert {"-", "d", "p"} <= kinds


def test_at_some_actions(scene: Scene) -> None:
    total = count_actions(scene)
    tally = die_at_actions(scene, range(5, total, total // 8))
    check(tally, least=8)
    assert tally.old and tally.new


@pytest.mark.slow
def test_at_every_action(scene: Scene) -> None:
    total = count_actions(scene)
    tally = die_at_actions(scene, range(1, total + 1))
    check(tally, least=100)
    assert tally.old > 60 and tally.new > 5


@pytest.mark.slow
def test_at_every_system_call(scene: Scene) -> None:
    total = count_calls(scene)
    check(die_at_calls(scene, range(1, total + 1)), least=200)


@pytest.mark.slow
def test_killed_at_random_moments(scene: Scene) -> None:
    tally = kill_switches(scene, 200)
    check(tally, least=200)
    assert tally.old and tally.old + tally.new > 50


@pytest.mark.slow
def test_uninstall_killed_at_random_moments(scene: Scene) -> None:
    check(kill_removals(scene, 60), least=60)


@pytest.mark.slow
def test_uninstall_at_every_system_call(scene: Scene) -> None:
    check(die_in_removals(scene), least=150)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["full", "read-only"])
def test_disks(kind: str) -> None:
    reason = disks.why_not()
    if reason:
        pytest.skip(reason)
    for found in disks.tallies(kind, 60):
        check(Tally(**{**found, "wrong": tuple(found["wrong"])}), least=20)  # type: ignore[arg-type]
