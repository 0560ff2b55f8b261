"""Homes, names and stores that somebody prepared: refused or repaired, and never followed."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from homes import Home, Real

from home_manager.activation import ReplacedFiles, System
from home_manager.diagnostics import Failure
from home_manager.manifest import dump, load


def refusal(home: Home, files: dict[str, str | Real], **options: object) -> Failure:
    with pytest.raises(Failure) as caught:
        home.switch(files, **options)
    return caught.value


@pytest.mark.parametrize("target", ["../x", "a/../../x", "/etc/x", ".", "", "a//b", "a/./b", "a\0b"])
def test_a_manifest_names_nothing_outside(home: Home, target: str) -> None:
    manifest, _ = home.generation({"a": Real("1", "copy")})
    value = json.loads(dump(manifest))
    value["files"][0]["target"] = target
    with pytest.raises(Failure) as caught:
        load(json.dumps(value))
    assert caught.value.diagnostic.code == "manifest-invalid"


@pytest.mark.parametrize("kind", ["fifo", "socket", "device"])
@pytest.mark.parametrize("how", ["link", "copy", "merge", "seed"])
def test_special_files_are_moved_and_never_read(home: Home, kind: str, how: str) -> None:
    path = home.path / "a.json"
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "socket":
        import socket

        with socket.socket(socket.AF_UNIX) as made:
            made.bind(str(path))
    else:
        try:
            os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 5))  # /dev/zero: reading it never ends
        except PermissionError:
            pytest.skip("devices cannot be made here")
    before = os.lstat(path)
    files: dict[str, str | Real] = {"a.json": "{}" if how == "link" else Real("{}", how)}
    if how == "seed":
        home.switch(files)
        assert os.lstat(path).st_ino == before.st_ino
        return
    assert "a special file" in refusal(home, files).diagnostic.notes[0]
    home.switch(files, backup_extension="bak")
    assert os.lstat(f"{path}.bak").st_ino == before.st_ino
    assert home.read("a.json") == "{}"
    home.switch({})
    assert home.tree() == {"a.json": "special"} and os.lstat(path).st_ino == before.st_ino


@pytest.mark.parametrize("how", ["link", "copy", "merge", "seed"])
def test_a_parent_that_leads_outside(home: Home, tmp_path: Path, how: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (home.path / "d").symlink_to(outside)
    files: dict[str, str | Real] = {"d/x.json": "{}" if how == "link" else Real("{}", how)}
    assert refusal(home, files).diagnostic.code == "target-outside-home"
    assert refusal(home, files, backup_extension="bak").diagnostic.code == "target-outside-home"
    assert os.listdir(outside) == []


def test_a_parent_that_leads_outside_later_is_not_followed_either(home: Home, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (outside / "sub").mkdir(parents=True)
    home.switch({"d/x": Real("1", "copy"), "d/m.json": Real('{"a": 1}', "merge")})
    (outside / "x").write_text("1")
    (outside / "m.json").write_text('{"a": 1}')
    os.rename(home.path / "d", home.path / "e")
    (home.path / "d").symlink_to(outside)
    home.switch({})
    assert (outside / "x").read_text() == "1" and (outside / "m.json").read_text() == '{"a": 1}'


def test_a_link_in_place_of_a_real_file_is_not_written_through(home: Home, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text('{"secret": 1}')
    os.chmod(outside, 0o600)
    for how in ("copy", "merge"):
        target = home.path / f"{how}.json"
        target.symlink_to(outside)
        home.switch({f"{how}.json": Real('{"a": 1}', how, "0644")}, backup_extension="bak")
        assert home.read(f"{how}.json") == '{"a": 1}'
        assert (home.path / f"{how}.json.bak").is_symlink()
    assert outside.read_text() == '{"secret": 1}'
    assert stat.S_IMODE(outside.stat().st_mode) == 0o600


def test_another_name_of_the_same_file_keeps_its_content(home: Home) -> None:
    other = home.put("other", '{"mine": 1}')
    os.link(other, home.path / "m.json")
    home.switch({"m.json": Real('{"a": 1}', "merge")})
    assert other.read_text() == '{"mine": 1}'
    assert '"a": 1' in home.read("m.json")


@pytest.mark.parametrize("name", ["a\nb", "a\tb", "a\x1b[31mb", "a\udcff\udcfe", "ü", "-rf", "a b", "$(x)", "a'b", "~"])
@pytest.mark.parametrize("how", ["link", "copy", "merge"])
def test_odd_names(home: Home, name: str, how: str) -> None:
    target = f"{name}/{name}.json"
    files: dict[str, str | Real] = {target: '{"a": 1}' if how == "link" else Real('{"a": 1}', how)}
    home.put(target, "mine")
    said = "\n".join((*refusal(home, files).diagnostic.notes, *refusal(home, files).diagnostic.hints))
    assert "\x1b" not in said and "\udcff" not in said
    assert len(refusal(home, files).diagnostic.notes[0].splitlines()) == 1
    home.switch(files, backup_extension="bak")
    assert home.read(target) == '{"a": 1}' and home.read(f"{target}.bak") == "mine"
    kept = ReplacedFiles(System(), home.layout).of(target)
    assert [Path(each.place).read_text() for each in kept] == ["mine"]
    home.switch({})
    assert sorted(home.tree()) == sorted([name, target]) and home.read(target) == "mine"


def test_a_store_that_was_made_writable_is_closed_again(home: Home) -> None:
    home.switch({"a": "1"})
    os.chmod(home.layout.store, 0o777)
    home.store.close()
    home.switch({"a": "2"})
    assert stat.S_IMODE(os.lstat(home.layout.store).st_mode) == 0o755


def test_a_store_that_became_a_link_is_refused(home: Home, tmp_path: Path) -> None:
    home.switch({"a": "1"})
    home.store.close()
    os.rename(home.layout.store, tmp_path / "moved")
    os.symlink(tmp_path / "moved", home.layout.store)
    assert refusal(home, {"a": "2"}).diagnostic.code == "store-unsafe"


def test_a_source_that_became_a_device_is_not_copied(home: Home) -> None:
    generation = home.generation({"a": Real("1", "copy")})
    source = generation[0].files[0].source
    os.chmod(home.layout.store, 0o755)
    os.unlink(source)
    os.mkfifo(source)
    before = home.tree()
    with pytest.raises(Failure):
        home.activate(generation)
    assert home.tree() == before


def test_a_journal_that_is_a_link_is_taken_away_and_not_written_through(home: Home, tmp_path: Path) -> None:
    home.switch({"a": "1"})
    victim = tmp_path / "victim"
    victim.write_text("theirs")
    os.symlink(victim, home.layout.journal / "current")
    home.switch({"a": "2"})
    assert home.read("a") == "2"
    assert victim.read_text() == "theirs"
