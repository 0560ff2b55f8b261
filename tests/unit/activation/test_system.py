"""The interface to the machine: what it tells of odd paths, and what it makes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from homes import Home

from home_manager.activation import ReplacedFiles, System
from home_manager.activation.actions import CopyBeside, take_back
from home_manager.activation.bounds import Bounds


def test_nothing_is_at_a_path_that_nobody_could_have_made(tmp_path: Path) -> None:
    system = System()
    assert system.status(f"{tmp_path}/{'x' * 300}") is None
    assert system.status(f"{tmp_path}/" + "x/" * 5000) is None
    (tmp_path / "file").write_text("text")
    assert system.status(f"{tmp_path}/file/below") is None


def test_a_name_whose_backup_would_be_too_long_is_looked_for(home: Home) -> None:
    name = "x" * 250
    home.put(name, "mine")
    assert home.switch({name: "mine"}, backup_extension="y" * 20).adopted == (name,)
    assert ReplacedFiles(System(), home.layout).of(f"{name}.{'y' * 20}") == []


def test_a_stamp_tells_writing_from_moving(tmp_path: Path) -> None:
    system, path = System(), tmp_path / "file"
    path.write_text("one")
    os.utime(path, ns=(1, 1))
    before = system.status(str(path))
    assert before is not None
    os.link(path, tmp_path / "second")
    os.rename(path, tmp_path / "third")
    moved = system.status(str(tmp_path / "third"))
    assert moved is not None and moved.stamp == before.stamp
    (tmp_path / "third").write_text("two")
    written = system.status(str(tmp_path / "third"))
    assert written is not None and written.stamp != before.stamp


@pytest.mark.parametrize("durable", [True, False])
def test_a_copy_is_whole_and_leaves_nothing_beside_it(tmp_path: Path, durable: bool) -> None:
    (tmp_path / "from/deep").mkdir(parents=True)
    (tmp_path / "from/deep/file").write_text("text")
    (tmp_path / "from/link").symlink_to("/nowhere")
    (tmp_path / "to").mkdir()
    (tmp_path / "to/.home-manager-new").mkdir()
    System(durable=durable).copy_tree(str(tmp_path / "from"), str(tmp_path / "to/copy"))
    assert sorted(os.listdir(tmp_path / "to")) == ["copy"]
    assert (tmp_path / "to/copy/deep/file").read_text() == "text"
    assert os.readlink(tmp_path / "to/copy/link") == "/nowhere"


def test_the_only_copy_is_not_taken_back(tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("mine")
    take_back(CopyBeside(str(tmp_path / "copy"), str(tmp_path / "gone")), System())
    assert (tmp_path / "copy").read_text() == "mine"


def test_bounds(home: Home, tmp_path: Path) -> None:
    home.switch({"d/a": "1"})
    (tmp_path / "outside").mkdir()
    links = {"out": tmp_path / "outside", "in": home.path / "d", "store": home.layout.store, "top": home.path}
    for name, text in links.items():
        (home.path / name).symlink_to(text)
    bounds = Bounds.of(home.layout, System())
    allowed = {name for name in ("", "d", "in", "in/deeper", "top", "out", "out/deeper", "store", "store/x")
               if bounds.allow(f"{home.path}/{name}".rstrip("/"))}  # fmt: skip
    assert allowed == {"", "d"}
    assert bounds.allow(str(home.layout.profiles)) and bounds.in_home(str(home.path))
    assert not bounds.allow("/") and not bounds.allow(f"{home.path}-beside")
