"""Power that fails, commands at once, and odd circumstances: nothing of the user's is lost, and nothing is half done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from disaster import Scene, Tally, clean, make_scene
from odd import clock_goes_back, hard_links, huge_repository, index_played_back, sources_change
from power import NAMES, fail_power, fail_power_in_removals
from together import at_once

from home_manager.activation import System


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    made = make_scene(tmp_path)
    yield made
    clean(made)


def check(tally: Tally, least: int) -> None:
    assert tally.wrong == ()
    assert tally.lost == 0
    assert tally.points >= least


@pytest.mark.parametrize("how", NAMES)
def test_the_power_fails_at_some_moments(scene: Scene, how: str) -> None:
    tally = fail_power(scene, how, 9)
    check(tally, 20)
    assert tally.old and tally.new


@pytest.mark.slow
@pytest.mark.parametrize("how", NAMES)
def test_the_power_fails_at_every_moment(scene: Scene, how: str) -> None:
    check(fail_power(scene, how), 200)
    check(fail_power_in_removals(scene, how), 200)


def test_a_switch_that_does_not_wait_for_the_disk_would_be_found(scene: Scene) -> None:
    class Forgetful(System):
        def synchronise(self, directories: Iterable[str]) -> None: ...

    assert fail_power(scene, "bare", 6, system=Forgetful()).wrong


def test_commands_at_once(tmp_path: Path) -> None:
    check(at_once(tmp_path, 8, seed=1), 8)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_many_commands_at_once(tmp_path: Path, seed: int) -> None:
    check(at_once(tmp_path, 50, seed), 50)


@pytest.mark.parametrize(
    ("trial", "least"),
    [
        (lambda top: clock_goes_back(top, 40), 40),
        (hard_links, 16),
        (lambda top: sources_change(top, 20), 20),
        (index_played_back, 27),
        pytest.param(lambda top: huge_repository(top, 20_000), 1, marks=pytest.mark.slow),
    ],
    ids=["clock", "hard links", "sources", "index", "huge repository"],
)
def test_odd_circumstances(tmp_path: Path, trial: Callable[[Path], Tally], least: int) -> None:
    check(trial(tmp_path), least)
