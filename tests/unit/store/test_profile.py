"""Profiles and locks: numbering, switching, removal, and who holds what."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from home_manager.diagnostics import Failure
from home_manager.store import Lock, Profile


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(str(tmp_path / "profiles"), durable=False)


def test_an_empty_profile(profile: Profile) -> None:
    assert profile.generations() == []
    assert profile.current is None and profile.current_number is None and profile.previous() is None
    assert profile.roots() == []
    assert not os.path.exists(profile.directory)


def test_numbering_as_in_nix(profile: Profile) -> None:
    assert [profile.set("/s/a"), profile.set("/s/b"), profile.set("/s/b"), profile.set("/s/a")] == [1, 2, 2, 3]
    assert sorted(os.listdir(profile.directory)) == [
        "home-manager", "home-manager-1-link", "home-manager-2-link", "home-manager-3-link"
    ]  # fmt: skip
    assert os.readlink(profile.pointer) == "home-manager-3-link"
    assert os.readlink(profile.link_of(3)) == "/s/a"
    assert [(e.number, e.path) for e in profile.generations()] == [(1, "/s/a"), (2, "/s/b"), (3, "/s/a")]
    assert profile.generations()[0].created > 1e9
    assert profile.roots() == ["/s/a", "/s/b", "/s/a"]


def test_going_back_and_on(profile: Profile) -> None:
    for path in ("/s/a", "/s/b", "/s/c"):
        profile.set(path)
    previous = profile.previous()
    assert previous is not None and previous.number == 2
    assert profile.switch_to(1).path == "/s/a"
    assert profile.previous() is None
    assert profile.set("/s/d") == 4
    profile.remove([2, 3])
    previous = profile.previous()
    assert previous is not None and previous.number == 1
    assert profile.set("/s/e") == 5


def test_what_is_not_there_and_what_is_in_use(profile: Profile) -> None:
    profile.set("/s/a")
    profile.set("/s/b")
    with pytest.raises(Failure) as caught:
        profile.switch_to(7)
    assert caught.value.diagnostic.code == "generation-missing"
    assert caught.value.diagnostic.notes == ("there are 1, 2",)
    with pytest.raises(Failure) as caught:
        profile.remove([1, 2])
    assert caught.value.diagnostic.code == "generation-current"
    assert len(profile.generations()) == 2
    profile.clear()
    profile.clear()
    assert profile.current is None
    assert len(profile.remove([1, 2])) == 2


def test_foreign_entries_do_not_count(profile: Profile) -> None:
    profile.set("/s/a")
    for name in ("home-manager-x-link", "home-manager-2-link.bak", "other-2-link", "home-manager-03-link"):
        os.symlink("/s/z", f"{profile.directory}/{name}")
    Path(profile.link_of(9)).write_text("no link")
    assert [entry.number for entry in profile.generations()] == [1]
    os.unlink(profile.pointer)
    os.symlink("elsewhere", profile.pointer)
    assert profile.current is None


def test_a_profile_of_another_name(tmp_path: Path) -> None:
    one, two = Profile(str(tmp_path), "one"), Profile(str(tmp_path), "two")
    one.set("/s/a")
    assert two.generations() == []
    assert two.set("/s/b") == 1


def test_a_lock_is_free_again_after_use(tmp_path: Path) -> None:
    path = tmp_path / "state" / "lock"
    for _ in range(2):
        with Lock(path, "home-manager switch"):
            assert path.read_text() == f"{os.getpid()} home-manager switch\n"
        assert path.read_text() == ""


def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    path = str(tmp_path / "lock")
    script = f"from home_manager.store import Lock; l = Lock({path!r}, 'x y').__enter__(); print('held'); input()"
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Failure) as caught, Lock(path, "mine"):
            pass
        assert f"process {holder.pid}, `x y`" in caught.value.diagnostic.notes[0]
        holder.kill()
        holder.wait()
    with Lock(path, "mine"):
        pass


def test_a_lock_that_is_held_for_a_moment_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, waited = tmp_path / "lock", 0
    holder = Lock(path, "one").__enter__()

    def wait(_: float) -> None:
        nonlocal waited
        waited += 1
        if waited == 3:
            holder.__exit__()

    monkeypatch.setattr(time, "sleep", wait)
    with Lock(path, "two"):
        assert path.read_text() == f"{os.getpid()} two\n"
    assert waited == 3


def test_a_lock_that_an_uninstall_removed_meanwhile_binds_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, open_file, opened = tmp_path / "state/lock", os.open, []

    def open_and_remove(*arguments: object, **more: object) -> int:
        """The first time, somebody takes the file and its directory away right after it was opened."""
        descriptor = open_file(*arguments, **more)  # type: ignore[arg-type]
        opened.append(descriptor)
        if len(opened) == 1:
            path.unlink()
            path.parent.rmdir()
        return descriptor

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", open_and_remove)
        lock = Lock(path, "one").__enter__()
    assert len(opened) == 2 and path.read_text() == f"{os.getpid()} one\n"
    with pytest.raises(Failure) as caught, Lock(path, "two"):
        pass
    assert caught.value.diagnostic.code == "home-locked"
    lock.__exit__()
    with Lock(path, "two"):
        pass


def test_a_lock_follows_no_link(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("keep")
    (tmp_path / "lock").symlink_to("target")
    with pytest.raises(Failure), Lock(tmp_path / "lock", "x"):
        pass
    assert (tmp_path / "target").read_text() == "keep"
