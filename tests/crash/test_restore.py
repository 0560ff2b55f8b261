"""Bringing something back is a transaction: after a crash at any moment it was done, or was not, and nothing is lost."""

from __future__ import annotations

import errno
import os
import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from disaster import Died, Mortal, mortal_calls
from homes import Home, Real
from killing import Window, in_child, kill_after

from home_manager.activation import Layout, PartlyUndone, ReplacedFiles, System, recover
from home_manager.diagnostics import Failure
from home_manager.home.restore_files import Restored, restore
from home_manager.store.removal import remove_tree

Furnish = Callable[[Home], None]


def forced(text: str, how: str = "link") -> Real:
    return Real(text, how, more={"force": True})


def file_over_file(home: Home) -> None:
    home.put("a", "mine 1")
    home.switch({"a": forced("ours", "copy")})
    home.put("a", "mine 2")


def file_over_link(home: Home) -> None:
    home.put("a", "mine 1")
    home.switch({"a": forced("ours")})


def file_over_nothing(home: Home) -> None:
    file_over_link(home)
    (home.path / "a").unlink()


def file_over_directory(home: Home) -> None:
    file_over_nothing(home)
    home.put("a/x", "mine 2")


def link_over_file(home: Home) -> None:
    home.put("there", "mine 1")
    (home.path / "a").symlink_to("there")
    home.switch({"a": forced("ours")})
    (home.path / "a").unlink()
    home.put("a", "mine 2")


def directory_over_link(home: Home) -> None:
    home.put("a/x", "mine 1")
    home.switch({"a": "ours"}, backup_extension="bak")


def directory_over_file(home: Home) -> None:
    directory_over_link(home)
    (home.path / "a").unlink()
    home.put("a", "mine 2")


def directory_over_directory(home: Home) -> None:
    directory_over_link(home)
    (home.path / "a").unlink()
    home.put("a/y", "mine 2")


def directory_from_the_attic(home: Home) -> None:
    directory_over_file(home)
    restore(home.layout, ReplacedFiles(System(), home.layout).of("a")[0], system=System(durable=False))
    # The file is a version now; it comes back, and the directory makes way.
    restore(home.layout, ReplacedFiles(System(), home.layout).of("a")[0], system=System(durable=False))


SCENES = [
    file_over_file, file_over_link, file_over_nothing, file_over_directory, link_over_file, directory_over_link,
    directory_over_file, directory_over_directory, directory_from_the_attic,
]  # fmt: skip


@pytest.fixture(params=["one file system", "two"])
def make_home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[Furnish], Home]]:
    """What makes furnished homes, with the state in them or on another file system."""
    other = tempfile.mkdtemp(prefix="hm-restore-", dir="/var/tmp" if os.path.isdir("/var/tmp") else None)

    def make(furnish: Furnish) -> Home:
        home = Home(Path(tempfile.mkdtemp(dir=tmp_path)))
        if request.param == "two":
            home.layout = Layout.resolve(str(home.path), environ={"XDG_STATE_HOME": tempfile.mkdtemp(dir=other)})
            home.store = type(home.store)(home.layout.store, durable=False)
            home.profile = type(home.profile)(home.layout.profiles, durable=False)
        furnish(home)
        return home

    try:
        if request.param == "two" and os.lstat(other).st_dev == os.lstat(tmp_path).st_dev:
            pytest.skip("there is only one file system here")
        yield make
    finally:
        remove_tree(other)


def texts_of(home: Home) -> set[str]:
    """Every text of the user's that is in the home, or that `restore` finds."""
    places = [Path(each.place) for each in ReplacedFiles(System(), home.layout).all()]
    found = {place.read_text() for place in places if place.is_file()}
    found |= {Path(each.place, leaf).read_text() for each in ReplacedFiles(System(), home.layout).all()
              for leaf in System().leaves(each.place)}  # fmt: skip
    return {text for text in (*found, *home.tree().values()) if text.startswith("mine")}


def bring_back(home: Home, system: System | None = None) -> Restored:
    return restore(home.layout, ReplacedFiles(System(), home.layout).of("a")[0], system=system or System(durable=False))


def brought_back(make: Callable[[Furnish], Home], furnish: Furnish) -> dict[str, str]:
    """The home after it was done."""
    home = make(furnish)
    bring_back(home)
    wanted = home.tree()
    kind = wanted["a"]
    assert "mine 1" in (kind, wanted.get("a/x")) or kind == "-> there" or furnish is directory_from_the_attic
    assert not os.listdir(home.layout.journal)
    return wanted


def judge(home: Home, before: dict[str, str], texts: set[str], wanted: dict[str, str], at: object) -> bool:
    """Recover and look; whether it was done."""
    recover(home.layout, system=System(durable=False))
    after = home.tree()
    assert after in (before, wanted), at
    assert texts_of(home) == texts, at
    assert recover(home.layout) is None
    assert not os.path.isdir(home.layout.journal) or os.listdir(home.layout.journal) in ([], ["held"])
    return after == wanted


@pytest.mark.parametrize("furnish", SCENES)
def test_dying_before_an_action(make_home: Callable[[Furnish], Home], furnish: Furnish) -> None:
    wanted, outcomes = brought_back(make_home, furnish), set()
    for at in range(1, 100):
        home = make_home(furnish)
        before, texts = home.tree(), texts_of(home)
        try:
            bring_back(home, Mortal(at, Died(), dead=True))
        except Died:
            outcomes.add(judge(home, before, texts, wanted, at))
        else:
            assert home.tree() == wanted and texts_of(home) == texts
            break
    assert at > 5 and outcomes == {True, False}


@pytest.mark.slow
@pytest.mark.parametrize("furnish", SCENES)
def test_dying_before_a_system_call(make_home: Callable[[Furnish], Home], furnish: Furnish) -> None:
    wanted, outcomes = brought_back(make_home, furnish), set()
    for at in range(1, 200):
        home = make_home(furnish)
        before, texts = home.tree(), texts_of(home)
        try:
            with mortal_calls(at):
                bring_back(home)
        except Died:
            outcomes.add(judge(home, before, texts, wanted, at))
        else:
            assert home.tree() == wanted and texts_of(home) == texts
            break
    assert at > 10 and outcomes == {True, False}


@pytest.mark.slow
@pytest.mark.parametrize("furnish", SCENES)
@pytest.mark.parametrize("stays", [True, False])
def test_a_full_disk(make_home: Callable[[Furnish], Home], furnish: Furnish, stays: bool) -> None:
    """An action that is refused, or from it on all of them, until the next command."""
    wanted, outcomes = brought_back(make_home, furnish), set()
    for at in range(1, 100):
        home = make_home(furnish)
        before, texts = home.tree(), texts_of(home)
        full = OSError(errno.ENOSPC, "No space left on device")
        try:
            bring_back(home, Mortal(at, full, dead=stays))
        except Failure as failed:
            assert failed.diagnostic.code == "disk-full"
            if not stays:
                # It was taken back at once, but where it counted already.
                assert home.tree() == before or isinstance(failed, PartlyUndone), at
        outcomes.add(judge(home, before, texts, wanted, at))
        if at > 60:
            break
    assert outcomes == {True, False}


@pytest.mark.slow
@pytest.mark.parametrize("furnish", [file_over_file, file_over_link, directory_over_file, directory_from_the_attic])
def test_killed_at_random_moments(make_home: Callable[[Furnish], Home], furnish: Furnish) -> None:
    wanted, chance = brought_back(make_home, furnish), random.Random(3)
    window, killed = Window(), 0
    for number in range(400):
        if killed == 15:
            break
        home = make_home(furnish)
        before, texts = home.tree(), texts_of(home)
        died = kill_after(in_child(lambda home=home: bring_back(home)), window.moment(chance))  # type: ignore[misc]
        window.learn(died)
        killed += died
        judge(home, before, texts, wanted, number)
    assert killed == 15


def test_what_appears_while_something_is_brought_back_is_not_overwritten(tmp_path: Path) -> None:
    class Appearing(System):
        def hard_link(self, path: str, name: str) -> None:
            Path(name).write_text("mine 2")
            super().hard_link(path, name)

    home = Home(tmp_path)
    file_over_nothing(home)
    with pytest.raises(Failure) as caught:
        bring_back(home, Appearing(durable=False))
    assert caught.value.diagnostic.code == "home-changed"
    assert home.read("a") == "mine 2" and texts_of(home) == {"mine 1", "mine 2"}


def test_our_link_that_becomes_somebodys_file_is_not_thrown_away(tmp_path: Path) -> None:
    class Replacing(System):
        def hard_link(self, path: str, name: str) -> None:
            os.unlink(path)
            Path(path).write_text("mine 2")
            super().hard_link(path, name)

    home = Home(tmp_path)
    file_over_link(home)
    with pytest.raises(Failure) as caught:
        bring_back(home, Replacing(durable=False))
    assert caught.value.diagnostic.code == "home-changed"
    assert home.read("a") == "mine 2" and texts_of(home) == {"mine 1", "mine 2"}


def test_what_is_there_under_two_names_stays_under_one(tmp_path: Path) -> None:
    home = Home(tmp_path)
    directory_over_link(home)
    os.unlink(home.path / "a")
    remove_tree(str(home.path / "a.bak"))
    home.put("a", "mine 1")
    os.link(home.path / "a", home.path / "a.bak")
    bring_back(home)
    assert home.tree() == {"a": "mine 1"}


def test_nothing_is_brought_back_into_the_store(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.put("d/a", "mine 1")
    home.switch({"d/a": forced("ours")})
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree/b").write_text("b")
    from home_manager.manifest import FileEntry
    from home_manager.paths import HomeRelPath

    home.switch({"d": FileEntry(HomeRelPath("d"), home.store.add_tree("tree", str(tmp_path / "tree")))})
    with pytest.raises(Failure) as caught:
        restore(home.layout, ReplacedFiles(System(), home.layout).of("d/a")[0])
    assert caught.value.diagnostic.code == "target-outside-home"
    assert os.listdir(home.path / "d") == ["b"] and texts_of(home) == {"mine 1"}


def test_a_copy_does_not_take_the_place_of_what_has_its_name(make_home: Callable[[Furnish], Home]) -> None:
    home = make_home(file_over_link)
    home.put(".home-manager-copy", "mine 2")
    bring_back(home)
    assert home.tree() == {"a": "mine 1", ".home-manager-copy": "mine 2"}
