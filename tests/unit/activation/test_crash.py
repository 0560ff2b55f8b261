"""Broken-off switches: the machine dies at every single change, and the next command puts the home right."""

from __future__ import annotations

import errno
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from homes import Home, steps

from home_manager.activation import Recovery, System, Undone, recover
from home_manager.diagnostics import Failure
from home_manager.manifest import Manifest, Step, load

CHANGES = (
    "make_directory", "make_directories", "make_link", "replace_link", "hard_link", "rename", "unlink",
    "remove_directory", "remove_tree", "append", "synchronise", "point",
)  # fmt: skip


class Died(BaseException):
    """The end of the process, as far as the code under test can tell: nothing may run after it."""


class Mortal(System):
    """A machine on which change number `at` goes wrong: `fate` is raised before it, and by `dead` ones ever after."""

    def __init__(self, at: int, fate: BaseException, *, dead: bool) -> None:
        super().__init__(durable=False)
        self.at, self.fate, self.dead = at, fate, dead
        self.count = 0

    def __getattribute__(self, name: str) -> object:
        if name in CHANGES:
            self.count += 1
            if self.count == self.at or (self.dead and self.count > self.at):
                raise self.fate
        return super().__getattribute__(name)


def scene(top: Path) -> tuple[Home, tuple[Manifest, str]]:
    """A home in use, with things of the user's in the way of the next generation; and that generation."""
    home = Home(top)
    home.switch(
        {"change": "1", "gone/deep/a": "1", "same": "1", "becomes/dir": "1", "was-dir/a": "1", "was-dir/b/c": "1"}
    )
    home.put("mine", "mine")
    home.put("adopt", "equal")
    home.put("old-backup", "new text")
    home.put("old-backup.bak", "old text")
    home.put("blocks", "a file")
    home.put("full/x", "in it")
    (home.path / "foreign").symlink_to("/etc/passwd")
    files = dict.fromkeys(("change", "new/deep/b", "mine", "old-backup", "blocks/c", "full", "foreign", "was-dir"), "2")
    return home, home.generation({**files, "adopt": "equal", "same": "1", "becomes/other": "1"}, packages=["rg"])


def everything(home: Home) -> dict[str, str]:
    found = home.tree()
    for path in (home.layout.packages_profile, home.layout.profiles / "home-manager"):
        found[str(path)] = os.readlink(path) if os.path.islink(path) else "nothing"
    return found


def anywhere(home: Home) -> dict[str, str]:
    """The same without the names that depend on where the scratch home lies."""

    def plain(text: str) -> str:
        return re.sub(r"[0-9a-z]{32}-", "HASH-", text.replace(str(home.top), "TOP"))

    return {plain(path): plain(what) for path, what in everything(home).items()}


OPTIONS = {"backup_extension": "bak", "backup_overwrite": True}


def count_changes(tmp_path: Path) -> tuple[int, dict[str, str]]:
    home, generation = scene(Path(tempfile.mkdtemp(dir=tmp_path)))
    system = Mortal(0, Died(), dead=False)
    home.activate(generation, system=system, **OPTIONS)
    assert system.count > 30
    return system.count, anywhere(home)


def play(tmp_path: Path, judge: Callable[[Home, tuple[Manifest, str], int, Path], None]) -> int:
    total, _ = count_changes(tmp_path)
    for at in range(1, total + 1):
        home, generation = scene(tmp_path / str(at))
        judge(home, generation, at, tmp_path / str(at))
    return total


def test_after_a_crash_at_any_change_the_home_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    _, wanted = count_changes(tmp_path)
    outcomes: set[bool | None] = set()

    def judge(home: Home, generation: tuple[Manifest, str], at: int, top: Path) -> None:
        before = everything(home)
        with pytest.raises(Died):
            home.activate(generation, system=Mortal(at, Died(), dead=True), **OPTIONS)
        recovery = recover(home.layout, system=System(durable=False))
        outcomes.add(None if recovery is None else recovery.finished)
        after = everything(home)
        assert after == before or anywhere(home) == wanted, f"change {at}"
        assert os.listdir(home.layout.journal) in ([], ["held"])
        assert recover(home.layout) is None
        report = home.activate(generation, **OPTIONS)
        assert report.generation == 2
        assert anywhere(home) == wanted, f"after change {at}"

    assert play(tmp_path, judge) > 30
    assert {True, False} <= outcomes


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_refusal_at_any_change_is_taken_back_at_once(tmp_path: Path, number: int) -> None:
    undone = 0

    def judge(home: Home, generation: tuple[Manifest, str], at: int, top: Path) -> None:
        nonlocal undone
        before = everything(home)
        system = Mortal(at, OSError(number, os.strerror(number)), dead=False)
        try:
            home.activate(generation, system=system, **OPTIONS)
        except Failure as failed:
            code = "disk-full" if number == errno.ENOSPC else "not-writable"
            current = home.profile.current_number
            if current == 1:
                assert failed.diagnostic.code == code
                assert everything(home) == before, f"change {at}"
                undone += isinstance(failed, Undone)
        home.activate(generation, **OPTIONS)
        assert home.read("mine") == "2" and home.read("mine.bak") == "mine"

    play(tmp_path, judge)
    assert undone > 20


def test_a_disk_that_stays_full_leaves_the_rest_to_the_next_command(tmp_path: Path) -> None:
    home, generation = scene(tmp_path)
    before = everything(home)

    class Filling(System):
        full = False

        def make_link(self, path: str, target: str) -> None:
            if self.full or path.endswith("/b"):
                self.full = True
                raise OSError(errno.ENOSPC, "No space left on device")
            super().make_link(path, target)

    with pytest.raises(Failure) as caught:
        home.activate(generation, system=Filling(durable=False), **OPTIONS)
    assert not isinstance(caught.value, Undone)
    assert any("could not be taken back" in note for note in caught.value.diagnostic.notes)
    assert recover(home.layout) == Recovery(
        False, "a switch that was broken off has been taken back: the home is as it was before it"
    )
    assert everything(home) == before


def test_the_next_switch_recovers_by_itself(tmp_path: Path) -> None:
    home, generation = scene(tmp_path)
    with pytest.raises(Died):
        home.activate(generation, system=Mortal(12, Died(), dead=True), **OPTIONS)
    report = home.activate(generation, **OPTIONS)
    assert "taken back" in report.recovered


def test_repairing_the_current_generation_can_be_broken_off(tmp_path: Path) -> None:
    for at in range(1, 12):
        home = Home(tmp_path / str(at))
        generation = home.generation({"a": "1", "b": "1"})
        home.activate(generation)
        (home.path / "a").unlink()
        home.put("b", "1") if (home.path / "b").unlink() is None else None
        try:
            home.activate(generation, system=Mortal(at, Died(), dead=True))
        except Died:
            recover(home.layout)
            assert home.read("b") == "1"
        home.activate(generation)
        assert home.read("a") == home.read("b") == "1"
        assert (home.path / "b").is_symlink()


def test_a_failing_step_takes_the_files_back(tmp_path: Path) -> None:
    home, (manifest, _) = scene(tmp_path)
    before = everything(home)
    failing = home.generation(
        {"change": "3", "new": "3"},
        packages=["rg"],
        steps=steps(("bad", "echo so far; (exit 7)"), after="linkGeneration"),
    )
    with pytest.raises(Undone) as caught:
        home.activate(failing)
    diagnostic = caught.value.diagnostic
    assert diagnostic.message == "the activation step `bad` failed with exit status 7"
    assert diagnostic.notes == (
        "the files and links that the switch had changed are as they were",
        "what these steps did on their own is not taken back: `bad`",
    )
    assert everything(home) == before
    assert "so far" in home.output
    assert manifest.username


def test_things_on_another_file_system_wait_beside_themselves(tmp_path: Path) -> None:
    class TwoDisks(System):
        def status(self, path: str) -> object:  # type: ignore[override]
            from dataclasses import replace

            found = super().status(path)
            return replace(found, device=found.device + 1) if found and path.endswith("mine") else found

        def rename(self, old: str, new: str) -> None:
            assert "/replaced/" in new or ("/journal/" in new) == ("mine" not in old)
            super().rename(old, new)

        def hard_link(self, path: str, name: str) -> None:
            raise OSError(errno.EPERM, "Operation not permitted")

    home = Home(tmp_path)
    home.put("mine", "1")
    home.put("other", "1")
    report = home.switch({"mine": "1", "other": "1"}, system=TwoDisks(durable=False))
    assert report.adopted == ("mine", "other")
    assert home.tree().keys() == {"mine", "other"}


def test_an_interrupt_takes_back(tmp_path: Path) -> None:
    home, generation = scene(tmp_path)
    before = everything(home)
    with pytest.raises(KeyboardInterrupt):
        home.activate(generation, system=Mortal(15, KeyboardInterrupt(), dead=False), **OPTIONS)
    assert everything(home) == before
    assert not os.path.exists(home.layout.journal / "current")


def test_a_step_before_the_boundary_fails_before_anything_is_written(tmp_path: Path) -> None:
    home, _ = scene(tmp_path)
    before = everything(home)
    generation = home.generation({"new": "1"}, steps=steps(("early", "false"), before="writeBoundary"))
    with pytest.raises(Failure) as caught:
        home.activate(generation)
    assert not isinstance(caught.value, Undone)
    assert caught.value.diagnostic.notes == ()
    assert everything(home) == before


def test_a_step_may_clear_the_way_before_the_check(home: Home) -> None:
    home.put("a", "mine")
    clear = steps(("clear", 'run rm "$HOME/a"'), before="checkLinkTargets")
    assert home.activate(home.generation({"a": "1"}, steps=clear)).linked == ("a",)


def test_what_a_step_changes_after_the_check_is_seen(home: Home) -> None:
    late = steps(("late", 'echo theirs > "$HOME/a"'), after="writeBoundary")
    with pytest.raises(Failure) as caught:
        home.activate(home.generation({"a": "1"}, steps=late))
    assert caught.value.diagnostic.code == "file-in-the-way"
    assert home.read("a") == "theirs\n"


def test_an_unknown_builtin_step_is_refused(home: Home) -> None:
    with pytest.raises(Failure) as caught:
        home.activate(home.generation({"a": "1"}, steps=(Step("linkMoon", "builtin"),)))
    assert caught.value.diagnostic.code == "step-unknown"
    assert home.tree() == {}


def test_a_link_that_was_about_to_replace_another_does_not_stay(home: Home) -> None:
    class HalfWay(System):
        def replace_link(self, path: str, target: str) -> None:
            os.symlink(target, f"{os.path.dirname(path)}/.home-manager-new")
            raise Died

        def remove_tree(self, path: str) -> int:
            raise Died

    home.switch({"x/a": "1"})
    before = home.tree()
    with pytest.raises(Died):
        home.activate(home.generation({"x/a": "2"}), system=HalfWay(durable=False))
    assert home.tree() != before
    recover(home.layout)
    assert home.tree() == before


@pytest.mark.slow
def test_real_kills_at_random_moments(tmp_path: Path) -> None:
    """A child process switches back and forth and is killed; whatever moment that was, the home is old or new."""
    home, two = scene(tmp_path)
    assert home.profile.current is not None
    one = home.profile.current.path
    home.activate(two, **OPTIONS)
    script = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from homes import Home, QUIET
from home_manager.manifest import load
home = Home(Path({str(tmp_path)!r}))
pair = [(load(Path(p, "manifest.json").read_bytes()), p) for p in ({one!r}, {two[1]!r})]
print("ready", flush=True)
while True:
    for generation in pair:
        home.activate(generation, **{OPTIONS!r})
"""
    manifests = {path: load(Path(path, "manifest.json").read_bytes()) for path in (one, two[1])}
    home.activate((manifests[one], one))
    states = {one: everything(home)}
    # What was moved aside came back with the older generation.
    home.activate(two, **OPTIONS)
    states[two[1]] = everything(home)
    for state in states.values():
        state.pop(str(home.layout.profiles / "home-manager"))
    recovered = 0
    chance = random.Random(7)
    for number in range(500):
        if number >= 25 and recovered:
            break
        with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None and child.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0, 0.02))
            child.kill()
        recovered += recover(home.layout) is not None
        now = everything(home)
        now.pop(str(home.layout.profiles / "home-manager"))
        assert home.profile.current is not None
        assert now == states[home.profile.current.path]
    assert recovered > 0
