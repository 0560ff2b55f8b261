"""The store is not trusted by name: who owns the way to it and what lies in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from home_manager.diagnostics import Failure
from home_manager.store import Files, Link, Recipes, Store, Text, ownership


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(str(tmp_path / "state/store"), durable=False) as store:
        yield store


def disown(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes a path belong to another user; where that is not possible, what is said of it."""
    if os.geteuid() == 0:
        os.chown(path, 12345, 12345, follow_symlinks=False)
        return
    real, real_of_open = os.lstat, os.fstat
    number = real(path).st_ino

    def disowned(status: os.stat_result) -> os.stat_result:
        return status if status.st_ino != number else os.stat_result((*status[:4], 12345, 12345, *status[6:]))

    def lstat(name: str, *, dir_fd: int | None = None) -> os.stat_result:
        return disowned(real(name, dir_fd=dir_fd))

    monkeypatch.setattr(ownership.os, "lstat", lstat)
    monkeypatch.setattr(ownership.os, "fstat", lambda descriptor: disowned(real_of_open(descriptor)))


RECIPES = {
    "file": Text("object", "right"),
    "directory": Files("object", {"a": "right"}),
    "link": Link("object", "/right"),
}


def content(path: str) -> str:
    if os.path.islink(path):
        return os.readlink(path)
    return Path(path, "a").read_text() if os.path.isdir(path) else Path(path).read_text()


@pytest.mark.parametrize("kind", RECIPES)
@pytest.mark.parametrize("planted", ["file", "directory", "link"])
def test_a_planted_object_is_made_anew(kind: str, planted: str, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    recipes = Recipes(store.root)
    path = recipes.add(RECIPES[kind])
    store.descriptor()
    if planted == "file":
        Path(path).write_text("planted")
    elif planted == "link":
        os.symlink("/planted", path)
    else:
        os.mkdir(path)
        Path(path, "a").write_text("planted")
        Path(path, "b").write_text("planted")
    disown(path, monkeypatch)
    assert not store.exists(path)
    assert store.missing(recipes, [path]) == [path]
    store.realise(recipes, [path])
    assert store.exists(path)
    assert content(path).removeprefix("/") == "right"
    assert sorted(os.listdir(store.root)) == [".receipts", os.path.basename(path)]


def test_an_object_that_others_may_write_to_is_made_anew(store: Store) -> None:
    recipes = Recipes(store.root)
    path = recipes.add(RECIPES["directory"])
    store.realise(recipes, [path])
    os.chmod(path, 0o777)
    assert not store.exists(path)
    store.realise(recipes, [path])
    assert store.exists(path)
    assert os.stat(path).st_mode & 0o777 == 0o555


def test_what_nothing_can_make_anew_is_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    recipes = Recipes(store.root)
    inner = recipes.add(Text("inner", "x"))
    outer = recipes.add(Text("outer", inner))
    store.realise(recipes, [outer])
    store.check(outer)
    disown(inner, monkeypatch)
    with pytest.raises(Failure) as failed:
        store.check(outer)
    assert failed.value.diagnostic.code == "store-untrusted"
    assert inner in failed.value.diagnostic.message
    store.check("/nix/store/other")
    store.check(f"{store.root}/{'0' * 32}-nothing")


@pytest.mark.parametrize("which", ["state", "state/store", "."])
def test_a_way_that_belongs_to_another_is_refused(which: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "top/state/store").mkdir(parents=True)
    disown(str(tmp_path / "top" / which), monkeypatch)
    with pytest.raises(Failure) as failed:
        Store(str(tmp_path / "top/state/store")).descriptor()
    assert failed.value.diagnostic.code == "store-unsafe"


@pytest.mark.parametrize("mode", [0o777, 0o757, 0o775])
def test_a_way_that_others_may_write_to_is_refused(mode: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "top/state").mkdir(parents=True)
    (tmp_path / "top").chmod(mode)
    monkeypatch.setattr(ownership, "_is_own_group", lambda number: False)
    with pytest.raises(Failure) as failed:
        Store(str(tmp_path / "top/state/store")).descriptor()
    assert failed.value.diagnostic.code == "store-unsafe"
    assert str(tmp_path / "top") in failed.value.diagnostic.message


def test_in_a_container_that_knows_this_user_alone_the_system_is_nobodys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "state").mkdir()
    nobody, real = int(Path("/proc/sys/fs/overflowuid").read_text()), os.lstat

    def lstat(name: str, *, dir_fd: int | None = None) -> os.stat_result:
        status = real(name, dir_fd=dir_fd)
        system = name == "/" or str(name) == os.path.dirname(tmp_path)
        return os.stat_result((*status[:4], nobody, nobody, *status[6:])) if system else status

    monkeypatch.setattr(ownership.os, "lstat", lstat)
    Store(str(tmp_path / "state/store")).descriptor()
    monkeypatch.setattr(ownership, "_number_in", lambda path: None)
    with pytest.raises(Failure):
        Store(str(tmp_path / "state/other")).descriptor()


def test_a_way_as_most_machines_have_it_is_fine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sticky/state").mkdir(parents=True)
    (tmp_path / "sticky").chmod(0o1777)
    Store(str(tmp_path / "sticky/state/store")).descriptor()
    (tmp_path / "group/state").mkdir(parents=True)
    (tmp_path / "group").chmod(0o775)
    monkeypatch.setattr(ownership, "_is_own_group", lambda number: True)
    Store(str(tmp_path / "group/state/store")).descriptor()


def test_a_link_on_the_way_is_looked_behind(tmp_path: Path) -> None:
    (tmp_path / "open/state").mkdir(parents=True)
    (tmp_path / "open").chmod(0o777)
    os.symlink("open/state", tmp_path / "state")
    with pytest.raises(Failure) as failed:
        Store(str(tmp_path / "state/store")).descriptor()
    assert failed.value.diagnostic.code == "store-unsafe"
