"""Every way in which a switch takes something from the user, by every way on which it has to come back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from homes import Home, Real
from killing import _HomeSession, _Quiet

from home_manager.activation import ReplacedFiles, System
from home_manager.home.collect_garbage import collect_garbage
from home_manager.home.eject_home import eject
from home_manager.home.uninstall_home import uninstall
from home_manager.manifest import FileEntry, load
from home_manager.paths import HomeRelPath

Files = dict[str, "str | Real | FileEntry"]
OLD = (1_000_000_000_123_456_789, 1_000_000_000_123_456_789)


@dataclass(frozen=True)
class Way:
    """A way in: what the user has, what the configuration wants, and the options of the switch."""

    put: Callable[[Home], None]
    files: Callable[[Home], Files]
    options: dict[str, object]
    equal: bool = False


def a_file(home: Home) -> None:
    path = home.put("d/x.json", '{"a": 1}')
    os.chmod(path, 0o640)
    os.utime(path, ns=OLD)


def a_link(home: Home) -> None:
    home.put("mine/x.json", '{"a": 1}')
    (home.path / "d").mkdir()
    (home.path / "d/x.json").symlink_to("../mine/x.json")


def a_dangling_link(home: Home) -> None:
    (home.path / "d").mkdir()
    (home.path / "d/x.json").symlink_to("/nowhere/at all")


def a_directory(home: Home) -> None:
    for name in ("one", "deep/two"):
        os.utime(home.put(f"d/x.json/{name}", name), ns=OLD)
    os.chmod(home.path / "d/x.json/deep", 0o700)


def an_empty_directory(home: Home) -> None:
    (home.path / "d/x.json/deep").mkdir(parents=True)
    os.chmod(home.path / "d/x.json/deep", 0o700)


def a_file_above(home: Home) -> None:
    os.utime(home.put("d", "mine"), ns=OLD)


def wants(what: str | Real, target: str = "d/x.json") -> Callable[[Home], Files]:
    return lambda home: {target: what}


def forced(text: str, how: str = "link") -> Real:
    return Real(text, how, more={"force": True})


def a_recursive_one(home: Home) -> Files:
    tree = home.top / "tree"
    tree.mkdir(exist_ok=True)
    (tree / "x.json").write_text('{"a": 1}')
    return {"d": FileEntry(HomeRelPath("d"), home.store.add_tree("tree", str(tree)), recursive=True)}


SAME = '{"a": 1}'
MOVE = 'f() { mv "$1" "$1.moved"; }; f'
AWAY = 'f() { mkdir -p "$HOME/trash"; mv "$1" "$HOME/trash"; }; f'
WAYS_IN = {
    "equal content": Way(a_file, wants(SAME), {}, equal=True),
    "equal content, a copy": Way(a_file, wants(Real(SAME, "copy")), {}, equal=True),
    "equal content, a copy with a mode": Way(a_file, wants(Real(SAME, "copy", "0600")), {}, equal=True),
    "equal content, in a recursive directory": Way(a_file, a_recursive_one, {}, equal=True),
    "equal keys": Way(a_file, wants(Real(SAME, "merge")), {}),
    "other keys": Way(a_file, wants(Real('{"b": 2}', "merge")), {}),
    "other values of keys": Way(a_file, wants(Real('{"a": 2}', "merge")), {}),
    "-b": Way(a_file, wants("ours"), {"backup_extension": "bak"}),
    "-b, a copy": Way(a_file, wants(Real("ours", "copy")), {"backup_extension": "bak"}),
    "-b, a directory": Way(a_directory, wants("ours"), {"backup_extension": "bak"}),
    "-b, a directory for a copy": Way(a_directory, wants(Real("ours", "copy")), {"backup_extension": "bak"}),
    "an empty directory": Way(an_empty_directory, wants("ours"), {}),
    "an empty directory for a copy": Way(an_empty_directory, wants(Real("ours", "copy")), {}),
    "-b, a link": Way(a_link, wants("ours"), {"backup_extension": "bak"}),
    "-b, a link that leads nowhere": Way(a_dangling_link, wants("ours"), {"backup_extension": "bak"}),
    "-b, a file in the place of a directory": Way(a_file_above, wants("ours"), {"backup_extension": "bak"}),
    "-B to a name beside": Way(a_file, wants("ours"), {"backup_command": MOVE}),
    "-B of a directory": Way(a_directory, wants("ours"), {"backup_command": MOVE}),
    "-B to elsewhere": Way(a_file, wants("ours"), {"backup_command": AWAY}),
    "-B that removes": Way(a_file, wants("ours"), {"backup_command": "rm -r"}),
    "-B that removes a directory": Way(a_directory, wants(Real("ours", "copy")), {"backup_command": "rm -r"}),
    "-B that removes a link": Way(a_link, wants("ours"), {"backup_command": "rm"}),
    "force": Way(a_file, wants(forced("ours")), {}),
    "force, a copy": Way(a_file, wants(forced("ours", "copy")), {}),
    "force, a link": Way(a_link, wants(forced("ours")), {}),
    "a link of equal content": Way(a_link, wants(SAME), {}, equal=True),
    "an answer: overwrite": Way(a_file, wants("ours"), {"decisions": {"d/x.json": "overwrite"}}),
    "an answer: back up": Way(a_directory, wants("ours"), {"decisions": {"d/x.json": "backup"}}),
}


def without_the_entry(home: Home) -> None:
    home.switch({"other": "1"})


def by_rollback(home: Home) -> None:
    previous = home.profile.previous()
    assert previous is not None
    home.activate((load(Path(previous.path, "manifest.json").read_bytes()), previous.path), number=previous.number)


def by_uninstall(home: Home) -> None:
    uninstall(_HomeSession(home), _Quiet())  # type: ignore[arg-type]


def after_a_long_time(home: Home) -> None:
    """Everything is older than what is kept at the least, and garbage is collected."""
    replaced = Path(str(home.layout.replaced))
    for name in os.listdir(replaced) if replaced.is_dir() else ():
        _, _, rest = name.partition("-")
        os.rename(replaced / name, replaced / f"1000000000-{rest}")
        backups = Path(str(home.layout.backups))
        backups.write_text(backups.read_text().replace(name, f"1000000000-{rest}"))
    collect_garbage(home.layout)
    home.switch({"other": "1"})


def after_other_generations(home: Home) -> None:
    """The generations that knew of it are gone, and the entry was something else in between."""
    home.switch({"d/x.json": "other", "more": "1"}, backup_extension="bak2")
    numbers = [entry.number for entry in home.profile.generations()]
    home.switch({"d/x.json": "other again"}, backup_extension="bak2")
    home.profile.remove(numbers)
    home.switch({"other": "1"})


WAYS_BACK = [without_the_entry, by_rollback, by_uninstall, after_a_long_time, after_other_generations]


def looks(home: Home) -> dict[str, tuple[object, ...]]:
    """Everything of the user's in the home: kind, mode, content, and of files when they were written."""
    found: dict[str, tuple[object, ...]] = {}
    for directory, names, files in os.walk(home.path):
        names[:] = [name for name in names if os.path.join(directory, name) != str(home.path / ".local")]
        for name in [*names, *files]:
            path = Path(directory, name)
            status = path.lstat()
            content = os.readlink(path) if path.is_symlink() else path.read_bytes() if path.is_file() else None
            found[os.path.relpath(path, home.path)] = (
                status.st_mode, content, status.st_mtime_ns if path.is_file() and not path.is_symlink() else None,
            )  # fmt: skip
    return found


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    monkeypatch.setenv("SKIP_SANITY_CHECKS", "1")
    yield Home(tmp_path)


@pytest.mark.parametrize("back", WAYS_BACK, ids=lambda way: way.__name__)
@pytest.mark.parametrize("way", WAYS_IN.values(), ids=WAYS_IN.keys())
def test_what_was_taken_comes_back(home: Home, way: Way, back: Callable[[Home], None]) -> None:
    way.put(home)
    home.switch({})
    before = looks(home)
    report = home.switch(way.files(home), **way.options)
    assert looks(home) != before or way.files(home)["d/x.json"].how == "merge"  # type: ignore[union-attr]
    assert bool(report.adopted) == way.equal
    back(home)
    after = looks(home)
    shutil.rmtree(home.path / "trash", ignore_errors=True)
    extra = {"other", "trash", "trash/x.json"}
    assert {path: look for path, look in after.items() if path not in extra} == before


@pytest.mark.parametrize("way", WAYS_IN.values(), ids=WAYS_IN.keys())
def test_ejecting_leaves_what_was_taken(home: Home, way: Way) -> None:
    """What had the same content is the user's file again; else it is kept, and named."""
    way.put(home)
    home.switch({})
    before = looks(home)
    files = way.files(home)
    home.switch(files, **way.options)
    _, _, notes = eject(_HomeSession(home), _Quiet())  # type: ignore[arg-type]
    after = looks(home)
    if way.equal and not any(isinstance(what, Real) for what in files.values()):
        assert after == before
    elif after != before:
        assert any("before a switch put it aside" in note for note in notes)


@pytest.mark.parametrize("way", WAYS_IN.values(), ids=WAYS_IN.keys())
def test_what_is_in_use_is_not_overwritten_and_the_rest_is_named(home: Home, way: Way) -> None:
    way.put(home)
    home.switch({})
    home.switch(way.files(home), **way.options)
    path = home.path / "d/x.json"
    path.unlink()
    path.write_text("newer")
    report = home.switch({})
    assert path.read_text() == "newer"
    kept = [
        each for each in ReplacedFiles(System(), home.layout).all() if f"{each.target}/".startswith(("d/", "d/x.json/"))
    ]
    assert kept and not any(each.is_due for each in kept)
    assert any("stays at" in note for note in report.notes)
    # Said once; and what is restored by hand is the user's.
    assert not any("stays at" in note for note in home.switch({"more": "1"}).notes)


def test_what_is_behind_a_link_of_the_users_is_not_ejected_and_leads_on(home: Home) -> None:
    home.switch({"d/a": "1", "b": "2"})
    os.rename(home.path / "d", home.path / "real")
    (home.path / "d").symlink_to("real")
    ejection, _, _ = eject(_HomeSession(home), _Quiet())  # type: ignore[arg-type]
    assert ejection.files == ("b",) and ejection.foreign == ("d/a",)
    assert (home.path / "real/a").is_symlink() and home.read("real/a") == "1"
    assert not (home.path / "b").is_symlink() and home.read("b") == "2"


def test_an_old_version_does_not_come_back_for_another_entry(home: Home) -> None:
    """What was taken and given back before, or was put away by a later restore, belongs to no entry of today."""
    home.put("a", "mine 1")
    home.switch({"a": forced("ours")})
    home.switch({})
    assert home.read("a") == "mine 1"
    (home.path / "a").unlink()
    home.switch({"a": "ours"})
    home.switch({})
    assert not (home.path / "a").exists()


def test_a_backup_that_made_way_for_a_newer_one_comes_back_too(home: Home) -> None:
    home.put("a", "mine")
    home.put("a.bak", "older backup")
    home.switch({"a": "ours"}, backup_extension="bak", backup_overwrite=True)
    home.switch({"a": "ours 2"})
    assert home.tree()["a.bak"] == "mine"
    home.switch({})
    assert home.tree() == {"a": "mine", "a.bak": "older backup"}


def test_a_home_that_has_another_name_gets_its_files_back(home: Home, tmp_path: Path) -> None:
    home.put("a", "mine")
    home.put("b", "mine too")
    home.switch({"a": "ours", "b": forced("ours")}, backup_extension="bak")
    os.rename(tmp_path / "home", tmp_path / "moved")
    os.symlink(tmp_path / "moved", tmp_path / "home")
    os.mkdir(tmp_path / "other")
    os.rename(tmp_path / "moved", tmp_path / "other/home")
    moved = Home(tmp_path / "other")
    assert {each.target for each in ReplacedFiles(System(), moved.layout).all() if each.is_due} == {"a", "b"}
    for name in ("a", "b"):
        os.unlink(moved.path / name)
    moved.switch({})
    assert (moved.read("a"), moved.read("b")) == ("mine", "mine too")


def test_a_clock_that_stands_or_goes_back_mixes_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    now = 2_000_000_000.0
    monkeypatch.setattr(time, "time", lambda: now)
    for number in range(4):
        now -= 86400 * (number % 2)
        if (home.path / "a").is_symlink():
            (home.path / "a").unlink()
        home.put("a", f"mine {number}")
        home.switch({"a": forced(f"ours {number}")})
    kept = ReplacedFiles(System(), home.layout).of("a")
    assert [Path(each.place).read_text() for each in kept] == [f"mine {number}" for number in (3, 2, 1, 0)]
    home.switch({})
    assert home.read("a") == "mine 3"
