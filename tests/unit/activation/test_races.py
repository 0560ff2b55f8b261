"""Somebody changes the home while it is switched, or before the next command recovers: nothing of theirs is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from homes import Home, Real

from home_manager.activation import ReplacedFiles, System, Undone, recover
from home_manager.activation.system import Status
from home_manager.store import Profile


class Died(BaseException):
    """The end of the process, as far as the code under test can tell: nothing may run after it."""


def test_what_cannot_go_back_since_somebody_took_its_place_is_kept(home: Home) -> None:
    home.switch({})
    home.put("a", "mine")
    with pytest.raises(Died):
        # The link is in its place, and the generation does not count yet.
        home.activate(home.generation({"a": Real("2", "link", more={"force": True})}), system=DiesAtTheEnd())
    assert (home.path / "a").is_symlink()
    (home.path / "a").unlink()
    home.put("a", "mine too")
    recovery = recover(home.layout)
    assert recovery is not None and not recovery.finished
    assert home.read("a") == "mine too"
    assert [Path(each.place).read_text() for each in ReplacedFiles(System(), home.layout).of("a")] == ["mine"]


class DiesAtTheEnd(System):
    """A machine that dies right before a generation counts, and so never gets to taking back."""

    dead = False

    def point(self, profile: Profile, path: str, number: int | None) -> int:
        self.dead = True
        raise Died

    def status(self, path: str) -> Status | None:
        if self.dead:
            raise Died
        return super().status(path)


@pytest.mark.parametrize("how", ["link", "copy"])
@pytest.mark.parametrize("moment", ["before it is moved", "after that"])
def test_what_is_written_while_a_switch_is_under_way_is_not_lost(home: Home, how: str, moment: str) -> None:
    """What is there is ours (or equal) when it is looked at, and is somebody's a moment later."""
    home.put("a", "1")
    if how == "copy":
        home.switch({"a": Real("1", "copy")})
    after = home.generation({"a": Real("1" if how == "link" else "2", how)})

    class Writing(System):
        done = False

        def hard_link(self, path: str, name: str) -> None:
            if moment == "before it is moved":
                self.write(path)
            super().hard_link(path, name)

        def point(self, profile: Profile, path: str, number: int | None) -> int:
            found = super().point(profile, path, number)
            if moment == "after that":
                self.write(f"{home.layout.journal}/held/0-1")
            return found

        def write(self, path: str) -> None:
            self.done = True
            Path(path).write_text("mine now")

    system = Writing(durable=False)
    if moment == "before it is moved":
        with pytest.raises(Undone) as caught:
            home.activate(after, system=system)
        assert caught.value.diagnostic.code == "home-changed"
        assert home.read("a") == "mine now"
    else:
        home.activate(after, system=system)
        assert home.read("a") == ("1" if how == "link" else "2")
        # The copy took the place of a file of the user's with the same content, which is kept too.
        assert [Path(each.place).read_text() for each in ReplacedFiles(System(), home.layout).of("a")] == [
            "mine now", *(["1"] if how == "copy" else []),
        ]  # fmt: skip
    assert system.done


def test_a_directory_that_becomes_a_link_to_elsewhere_is_not_followed(home: Home, tmp_path: Path) -> None:
    home.switch({"d/a": "1"})
    (tmp_path / "elsewhere").mkdir()

    class Swapping(System):
        def append(self, path: str, data: bytes) -> None:
            super().append(path, data)
            if b"actions" in data and not os.path.islink(home.path / "d"):
                os.rename(home.path / "d", home.path / "was-d")
                os.symlink(tmp_path / "elsewhere", home.path / "d")

    with pytest.raises(Undone) as caught:
        home.activate(home.generation({"d/a": "1", "d/b": "2"}), system=Swapping(durable=False))
    assert caught.value.diagnostic.code == "home-changed"
    assert "became a link" in caught.value.diagnostic.message
    assert os.listdir(tmp_path / "elsewhere") == []
