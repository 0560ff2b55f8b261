"""Real processes that are killed: switches at random moments, and the removal of everything."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from disaster import Scene, Tally, judge, mortal_calls, texts_of_the_user
from homes import Home

from home_manager.activation import System, recover
from home_manager.diagnostics import Failure
from home_manager.home.uninstall_home import uninstall
from home_manager.manifest import load
from home_manager.packages.providers import Progress


def in_child(work: Callable[[], object]) -> int:
    """The process number of a child that does the work and ends."""
    child = os.fork()
    if child == 0:  # pragma: no cover
        status = 1
        try:
            os.setpgid(0, 0)
            work()
            status = 0
        finally:
            os._exit(status)
    return child


def kill_after(child: int, seconds: float) -> bool:
    """Kill a child, with what it started, at a moment; whether it was still at work."""
    time.sleep(seconds)
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def kill_switches(scene: Scene, kills: int, seed: int = 0) -> Tally:
    """`kill -9` at random moments of a switch, the moments spread over the time that one takes."""
    tally = Tally("kill -9 at a random moment of a switch")
    chance = random.Random(seed)
    for died, number in _killed(scene, scene.switch, kills, chance):
        tally = judge(scene, tally, number, died=died)
    return tally


def _killed(scene: Scene, work: Callable[[], object], kills: int, chance: random.Random) -> Iterator[tuple[bool, int]]:
    """Trials until so many processes were killed at work (or three times as many were tried)."""
    window = Window()
    hits = 0
    for number in range(3 * kills):
        if hits == kills:
            return
        scene.reset()
        # What follows the moment at which the new generation counts is short, so every other kill aims at the end.
        died = kill_after(in_child(work), window.moment(chance, late=number % 2 == 1))
        window.learn(died)
        hits += died
        yield died, number


class Window:
    """The time within which kills are tried: it follows how long the work takes, which a busy machine changes."""

    def __init__(self) -> None:
        self.seconds = 0.05

    def moment(self, chance: random.Random, *, late: bool = False) -> float:
        return chance.uniform(0.6 * self.seconds if late else 0, self.seconds)

    def learn(self, died: bool) -> None:
        """Longer after a process that was killed at work, shorter after one that had ended by itself."""
        self.seconds *= 1.15 if died else 0.7


class _Quiet(Progress):
    """A progress that says nothing."""

    def stage(self, title: str) -> None: ...

    def advance(self, done: int, total: int, unit: str = "", what: str = "") -> None: ...


class _HomeSession:
    """As much of a session as the way out needs, for a home made on the spot."""

    def __init__(self, home: Home) -> None:
        self.layout, self.profile = home.layout, home.profile
        self.output = home.printed.append

    def current_manifest(self) -> object:
        current = self.profile.current
        if current is None:
            return None
        with open(f"{current.path}/manifest.json", "rb") as file:
            return load(file.read())


def take_away(scene: Scene) -> None:
    """`home-manager uninstall`; that there is nothing to uninstall is fine."""
    os.environ["SKIP_SANITY_CHECKS"] = "1"
    try:
        uninstall(_HomeSession(scene.home), _Quiet())  # type: ignore[arg-type]
    except Failure as failed:
        if failed.diagnostic.code != "no-generation":
            raise


def ours_in(home: Home) -> list[str]:
    """What is in a home and leads into a store."""
    found = []
    for directory, names, files in os.walk(home.path):
        for name in [*names, *files]:
            path = os.path.join(directory, name)
            if os.path.islink(path) and str(home.layout.store) in os.readlink(path):
                found.append(path)
    return found


def judge_removal(scene: Scene, tally: Tally, point: object, *, died: bool) -> Tally:
    """After a removal that was broken off, giving the command again comes to its end, and nothing is lost."""
    home = scene.home
    wrong: list[str] = []
    lost = scene.texts - texts_of_the_user(home)
    recover(home.layout, system=System(durable=False))
    lost |= scene.texts - texts_of_the_user(home)
    to_old = home.profile.current is not None
    take_away(scene)
    lost |= scene.texts - texts_of_the_user(home)
    if lost:
        wrong.append(f"{tally.name}, point {point}: lost {sorted(lost)}")
    if ours_in(home) or os.path.exists(home.layout.profiles / "home-manager"):
        wrong.append(f"{tally.name}, point {point}: left {ours_in(home)[:3]}")
    return replace(
        tally,
        points=tally.points + 1,
        old=tally.old + (died and to_old),
        new=tally.new + (died and not to_old),
        whole=tally.whole + (not died),
        lost=tally.lost + len(lost),
        wrong=(*tally.wrong, *wrong),
    )


def kill_removals(scene: Scene, kills: int, seed: int = 0) -> Tally:
    """`kill -9` at random moments of `uninstall`."""
    tally = Tally("kill -9 at a random moment of an uninstall")
    chance = random.Random(seed)
    for died, number in _killed(scene, lambda: take_away(scene), kills, chance):
        tally = judge_removal(scene, tally, number, died=died)
    return tally


class Ended(BaseException):
    """The end of the process."""


def die_in_removals(scene: Scene, step: int = 1) -> Tally:
    """An `uninstall` that ends between two system calls."""
    tally = Tally("uninstall dies before a system call")
    scene.reset()
    with mortal_calls(0) as count:
        take_away(scene)
    for at in range(1, count[0] + 1, step):
        scene.reset()
        died = False
        try:
            with mortal_calls(at, Ended()):
                take_away(scene)
        except Ended:
            died = True
        tally = judge_removal(scene, tally, at, died=died)
    return tally
