"""Files: linked, changed, removed, adopted, moved aside, refused."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from homes import Home, Real

from home_manager.diagnostics import Failure, Failures
from home_manager.manifest import FileEntry
from home_manager.paths import HomeRelPath
from home_manager.store.garbage_collection import verify as verify_store


def entry(target: str, source: str, **more: object) -> FileEntry:
    return FileEntry(HomeRelPath(target), source, **more)  # type: ignore[arg-type]


def refused(home: Home, files: dict[str, object], **options: object) -> Failure:
    """The failure of a switch that must change nothing."""
    generation = home.generation(files)  # type: ignore[arg-type]
    before, current = home.tree(), home.profile.current
    with pytest.raises(Failure) as caught:
        home.activate(generation, **options)  # type: ignore[arg-type]
    assert home.tree() == before
    assert home.profile.current == current
    return caught.value


def test_a_first_switch_links_every_file(home: Home) -> None:
    report = home.switch({".bashrc": "a", ".config/x/y": "b"})
    assert report.linked == (".bashrc", ".config/x/y")
    assert (report.generation, report.new, report.unchanged) == (1, True, 0)
    assert home.read(".config/x/y") == "b"
    assert "-home-manager-files/.config/x/y" in os.readlink(home.path / ".config/x/y")


def test_a_switch_that_changes_nothing_makes_no_generation(home: Home) -> None:
    home.switch({".bashrc": "a"})
    report = home.switch({".bashrc": "a"})
    assert (report.generation, report.new, report.unchanged, report.linked) == (1, False, 1, ())
    assert len(home.profile.generations()) == 1


def test_a_lost_link_comes_back(home: Home) -> None:
    home.switch({"a": "1", "b": "2"})
    (home.path / "a").unlink()
    report = home.switch({"a": "1", "b": "2"})
    assert (report.linked, report.unchanged, report.new) == (("a",), 1, False)
    assert home.read("a") == "1"


def test_what_is_no_longer_wanted_goes_with_its_empty_directories(home: Home) -> None:
    home.switch({".config/x/y/z": "1", ".config/keep/a": "2", ".config/w/own": "3"})
    home.put(".config/w/mine", "!")
    report = home.switch({".config/keep/a": "2"})
    assert report.removed == (".config/w/own", ".config/x/y/z")
    tree = home.tree()
    assert ".config/x" not in tree
    assert tree[".config/w/mine"] == "!"
    assert ".config/w/own" not in tree


def test_what_the_user_put_in_our_place_is_left_alone(home: Home) -> None:
    home.switch({"a": "1", "b": "1"})
    (home.path / "a").unlink()
    home.put("a", "mine")
    (home.path / "b").unlink()
    (home.path / "b").symlink_to("a")
    report = home.switch({})
    assert home.tree() == {"a": "mine", "b": "-> a"}
    assert report.removed == ()
    assert len(report.notes) == 2


def test_all_conflicts_are_told_at_once(home: Home) -> None:
    home.put("a", "mine")
    home.put(".config/b", "mine too")
    home.put("directory/file", "in it")
    (home.path / "link").symlink_to("/etc/passwd")
    (home.path / "dangling").symlink_to("/nowhere")
    os.mkfifo(home.path / "pipe")
    names = ("a", ".config/b", "directory", "link", "dangling", "pipe", "free")
    diagnostic = refused(home, dict.fromkeys(names, "ours")).diagnostic
    assert diagnostic.code == "file-in-the-way"
    assert diagnostic.message == "6 files are in the way, and nothing was changed"
    assert [note.removeprefix(f"{home.path}/") for note in diagnostic.notes] == [
        ".config/b is a file with other content",
        "a is a file with other content",
        "dangling is a link to /nowhere",
        "directory is a directory that holds `directory/file`",
        "link is a link to /etc/passwd",
        "pipe is a special file",
    ]
    assert any("-b" in hint for hint in diagnostic.hints)
    assert any(".force = true" in hint for hint in diagnostic.hints)
    assert not home.layout.journal.text or not os.path.exists(f"{home.layout.journal}/current")


def test_equal_content_is_adopted(home: Home) -> None:
    home.put("a", "same")
    home.put("real", "same")
    (home.path / "b").symlink_to("real")
    report = home.switch({"a": "same", "b": "same"})
    assert report.adopted == ("a", "b")
    assert os.path.islink(home.path / "a") and home.read("b") == "same"
    assert home.read("real") == "same"
    assert os.listdir(home.layout.journal) == []
    assert home.switch({"a": "other", "b": "other"}).changed == ("a", "b")


def test_backups(home: Home) -> None:
    home.put("a", "mine")
    home.put("directory/file", "in it")
    (home.path / "link").symlink_to("/etc/passwd")
    report = home.switch(dict.fromkeys(("a", "directory", "link"), "ours"), backup_extension="old")
    assert report.backed_up == (("a", "a.old"), ("directory", "directory.old"), ("link", "link.old"))
    assert home.read("a.old") == "mine"
    assert home.read("directory.old/file") == "in it"
    assert os.readlink(home.path / "link.old") == "/etc/passwd"
    assert home.read("directory") == "ours"


def test_a_backup_overwrites_no_backup(home: Home) -> None:
    home.put("a", "mine")
    home.put("a.old", "older")
    diagnostic = refused(home, {"a": "ours"}, backup_extension="old").diagnostic
    assert "its backup `a.old` exists" in diagnostic.notes[0]
    report = home.switch({"a": "ours"}, backup_extension="old", backup_overwrite=True)
    assert report.backed_up == (("a", "a.old"),)
    assert home.read("a.old") == "mine"
    assert home.tree().keys() == {"a", "a.old"}


def test_a_backup_does_not_take_the_place_of_another_file(home: Home) -> None:
    home.put("a", "mine")
    refused(home, {"a": "ours", "a.old": "ours too"}, backup_extension="old")
    for extension in ("", "x/../../y", "a\0b"):
        with pytest.raises(Failure) as caught:
            home.switch({"a": "ours"}, backup_extension=extension)
        assert caught.value.diagnostic.code == "backup-extension"


def test_a_backup_command(home: Home) -> None:
    home.put("a b", "mine")
    home.switch({"a b": "ours"}, backup_command='f() { mv "$1" "$1.moved"; }; f')
    assert home.tree().keys() == {"a b", "a b.moved"}
    home.put("c", "mine")
    failed = refused(home, {"c": "ours"}, backup_command="echo no; false")
    assert failed.diagnostic.code == "backup-command-failed"
    assert "no" in failed.diagnostic.notes


def test_force(home: Home, tmp_path: Path) -> None:
    source = home.store.add_tree("s", str(home.put(".local/s", "ours")))
    home.put("a", "mine")
    (home.path / "link").symlink_to("/etc")
    report = home.switch({t: entry(t, source, force=True) for t in ("a", "link")})
    assert report.replaced == ("a", "link")
    assert home.read("a") == home.read("link") == "ours"
    home.put("full/file", "mine")
    assert refused(home, {"full": entry("full", source, force=True)}).diagnostic.code == "file-in-the-way"


def test_a_forced_tree_forces_what_is_in_it(home: Home) -> None:
    tree = home.put(".local/tree/sub/f", "ours").parent.parent
    source = home.store.add_tree("tree", str(tree))
    home.put("t/sub/f", "mine")
    report = home.switch({"t": entry("t", source, recursive=True, force=True)})
    assert report.replaced == ("t/sub/f",)


def test_a_file_where_a_directory_is_needed(home: Home) -> None:
    home.put("x", "mine")
    (home.path / "y").symlink_to("/nowhere")
    assert len(refused(home, {"x/a": "1", "x/b": "1", "y/a": "1"}).diagnostic.notes) == 2
    report = home.switch({"x/a": "1", "x/b": "1", "y/a": "1"}, backup_extension="old")
    assert home.read("x.old") == "mine"
    assert home.read("x/b") == "1"
    assert report.backed_up == (("x", "x.old"), ("y", "y.old"))


def test_a_directory_that_was_linked_whole_becomes_a_real_one(home: Home) -> None:
    source = home.store.add_tree("d", str(home.put(".local/d/f", "1").parent))
    home.switch({"x/d": entry("x/d", source)})
    assert os.path.islink(home.path / "x/d")
    report = home.switch({"x/d": entry("x/d", source, recursive=True), "x/d/g": "2"})
    assert not os.path.islink(home.path / "x/d")
    assert sorted(os.listdir(home.path / "x/d")) == ["f", "g"]
    assert report.linked == ("x/d/f", "x/d/g")
    report = home.switch({"x/d": entry("x/d", source)})
    assert os.path.islink(home.path / "x/d")
    assert report.linked == ("x/d",)
    assert home.activate(home.generation({}), number=2).generation == 2


def test_a_real_directory_with_something_of_the_user_stays(home: Home) -> None:
    source = home.store.add_tree("d", str(home.put(".local/d/f", "1").parent))
    home.switch({"d": entry("d", source, recursive=True)})
    home.put("d/mine", "!")
    assert "`d/mine`" in refused(home, {"d": entry("d", source)}).diagnostic.notes[0]


def test_an_empty_directory_gives_way(home: Home) -> None:
    (home.path / "d" / "e").mkdir(parents=True)
    home.switch({"d": "file"})
    assert home.read("d") == "file"


def test_parents_that_lead_out_of_the_home_are_refused(home: Home, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (home.path / ".config").symlink_to(outside)
    (home.path / "rel").symlink_to("../outside")
    diagnostic = refused(home, {".config/a": "1", "rel/b/c": "1"}).diagnostic
    assert diagnostic.code == "target-outside-home"
    assert len(diagnostic.notes) == 2
    assert os.listdir(outside) == []
    home.put("x", "mine")
    assert isinstance(refused(home, {".config/a": "1", "x": "1"}), Failures)


def test_nothing_is_written_through_a_link_that_stays_in_the_home(home: Home) -> None:
    (home.path / "real").mkdir()
    (home.path / ".config").symlink_to("real")
    for files in ({".config/a/b": "1"}, {".config/a": Real("1", "copy")}, {".config/a": Real("{}", "merge")}):
        diagnostic = refused(home, files, backup_extension="bak").diagnostic
        assert diagnostic.code == "target-behind-link"
        assert diagnostic.notes == (f"{home.path}/.config is a link to real",)
    assert home.tree() == {"real": "/", ".config": "-> real"}


def test_what_the_user_moved_behind_a_link_is_left(home: Home) -> None:
    home.switch({"d/a": "1", "d/b": Real("1", "copy")})
    os.rename(home.path / "d", home.path / "real")
    (home.path / "d").symlink_to("real")
    before = home.tree()
    assert refused(home, {"d/a": "2"}).diagnostic.code == "target-behind-link"
    assert "`d/a` is no longer ours and was left as it is" in home.switch({}).notes
    assert home.tree() == before


def test_nothing_is_written_or_removed_behind_a_link_into_the_store(home: Home) -> None:
    home.switch({"d/f": "1"})
    files = os.path.realpath(f"{home.profile.current.path}/home-files") if home.profile.current else ""
    (home.path / "d" / "f").unlink()
    (home.path / "d").rmdir()
    (home.path / "d").symlink_to(f"{files}/d")
    home.switch({})
    assert os.path.lexists(f"{files}/d/f")
    assert verify_store(home.store) == []


def test_hostile_names(home: Home) -> None:
    names = ["new\nline", "sp ace/'quote\"", "-rf", "$(touch x)", "ümlaut", "bad\udcff", "*"]
    report = home.switch(dict.fromkeys(names, "1"))
    assert sorted(report.linked) == sorted(names)
    for name in names:
        assert (home.path / name).read_text() == "1"
    home.switch({})
    assert home.tree() == {}
    home.put("new\nline", "mine")
    assert "new\\nline is a file" in refused(home, {"new\nline": "1"}).diagnostic.notes[0]


def test_links_of_the_original_are_taken_over(home: Home) -> None:
    nix = "/nix/store/" + "0" * 32
    (home.path / "a").symlink_to(f"{nix}-home-manager-files/a")
    (home.path / "b").symlink_to(f"{nix}-other/b")
    refused(home, {"a": "1", "b": "1"})
    report = home.switch({"a": "1"})
    assert report.changed == ("a",)


def test_a_rollback_succeeds_on_its_own_files(home: Home) -> None:
    one = home.generation({"a": "1", "b/c": "1"})
    two = home.generation({"a": "2", "b": "now a file"})
    home.activate(one)
    before = home.tree()
    home.activate(two)
    previous = home.profile.previous()
    assert previous is not None
    report = home.activate(one, number=previous.number)
    assert home.tree() == before
    assert (report.generation, home.profile.current_number) == (1, 1)
    assert home.activate(two, number=2).generation == 2
    assert len(home.profile.generations()) == 2


def test_permissions_of_a_removed_directory_come_back_on_rollback(home: Home) -> None:
    home.switch({"d/f": "1"})
    assert stat.S_ISDIR(os.lstat(home.path / "d").st_mode)
    home.switch({})
    assert not (home.path / "d").exists()


def test_the_layout_below_a_root(tmp_path: Path) -> None:
    from home_manager.activation import Layout

    layout = Layout.resolve("/home/alice", root=str(tmp_path), environ={"XDG_STATE_HOME": "/elsewhere"})
    assert str(layout.home) == f"{tmp_path}/home/alice"
    assert str(layout.store) == f"{tmp_path}/home/alice/.local/state/home-manager/store"
    assert layout.logical_home == "/home/alice"
    plain = Layout.resolve("/home/alice", environ={"XDG_STATE_HOME": "/elsewhere", "XDG_CACHE_HOME": "relative"})
    assert str(plain.state) == "/elsewhere/home-manager"
    assert str(plain.cache) == "/home/alice/.cache/home-manager"


def test_our_own_files_are_no_target(home: Home) -> None:
    for target in (".local/state/home-manager/lock", ".local/state/home-manager/journal/current"):
        with pytest.raises(Failure) as caught:
            home.switch({target: "1"})
        assert caught.value.diagnostic.code == "target-reserved"
    home.switch({".local/state/.keep": ""})
