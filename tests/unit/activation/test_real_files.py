"""Real files in place of links: copies, seeds and merged keys; permission bits; and how one becomes the other."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from homes import Home, Real, steps

from home_manager.activation import ReplacedFiles, System, Undone
from home_manager.diagnostics import Failure
from home_manager.manifest import dump, load


def mode(path: Path) -> int:
    return stat.S_IMODE(os.lstat(path).st_mode)


def kept(home: Home, target: str) -> list[str]:
    return [Path(each.place).read_text() for each in ReplacedFiles(System(), home.layout).of(target)]


def test_a_copy_is_a_file_of_the_user(home: Home) -> None:
    report = home.switch({"a/b": Real("1", "copy")})
    assert report.linked == ("a/b",)
    assert not (home.path / "a/b").is_symlink() and home.read("a/b") == "1"
    assert os.access(home.path / "a/b", os.W_OK)
    assert home.switch({"a/b": Real("1", "copy")}).unchanged == 1
    assert home.switch({"a/b": Real("2", "copy")}).changed == ("a/b",)
    assert home.read("a/b") == "2"
    assert home.switch({}).removed == ("a/b",)
    assert home.tree() == {}
    assert kept(home, "a/b") == []


def test_a_copy_that_was_changed_is_in_the_way(home: Home) -> None:
    home.switch({"a": Real("1", "copy")})
    home.put("a", "changed")
    for files in ({"a": Real("2", "copy")}, {"a": Real("1", "copy")}):
        with pytest.raises(Failure) as caught:
            home.switch(files)
        assert caught.value.diagnostic.code == "file-in-the-way"
        assert caught.value.diagnostic.notes == (f"{home.path}/a is a copy that was changed since it was written",)
    assert home.read("a") == "changed"
    report = home.switch({"a": Real("2", "copy")}, backup_extension="bak")
    assert report.backed_up == (("a", "a.bak"),)
    assert home.tree() == {"a": "2", "a.bak": "changed"}
    home.put("a", "again")
    report = home.switch({})
    assert report.notes == (
        "`a` was changed since it was copied, and was left",
        f"`a` is in use, so what was there before stays at `{home.path}/a.bak`",
    )
    assert home.read("a") == "again"


def test_a_forced_copy_keeps_what_was_there_for_restore(home: Home) -> None:
    home.put("a", "mine")
    report = home.switch({"a": Real("1", "copy", more={"force": True})})
    assert report.replaced == ("a",) and home.read("a") == "1"
    assert kept(home, "a") == ["mine"]
    assert mode(Path(str(home.layout.replaced))) == 0o700


def test_a_seed_is_written_once(home: Home) -> None:
    assert home.switch({"a": Real("1", "seed")}).linked == ("a",)
    home.put("a", "grown")
    assert home.switch({"a": Real("2", "seed")}).unchanged == 1
    assert home.read("a") == "grown"
    home.switch({})
    assert home.read("a") == "grown"
    home.put("b", "was here")
    home.switch({"b": Real("2", "seed")})
    assert home.read("b") == "was here"


def test_merged_keys_come_and_go(home: Home) -> None:
    home.put("a.json", '{"theirs": 1, "both": "old"}')
    report = home.switch({"a.json": Real('{"both": "new", "ours": {"x": 1}}', "merge")})
    assert report.changed == ("a.json",)
    assert "restore" in report.notes[0] and "`both`" in report.notes[0]
    assert kept(home, "a.json") == ['{"theirs": 1, "both": "old"}']
    assert home.read("a.json").startswith('{"theirs": 1, "both": "new", "ours"')
    assert home.switch({"a.json": Real('{"both": "new", "ours": {"x": 1}}', "merge")}).unchanged == 1
    home.switch({"a.json": Real('{"both": "new"}', "merge")})
    assert home.read("a.json") == '{"theirs": 1, "both": "new"}'
    home.switch({})
    assert home.read("a.json") == '{"theirs": 1, "both": "old"}'


def test_a_merged_file_that_was_all_ours_goes(home: Home) -> None:
    home.switch({"d/a.toml": Real("x = 1\n", "merge")})
    assert home.read("d/a.toml") == "x = 1\n"
    home.switch({})
    assert home.tree() == {}


def test_a_key_that_the_user_changed_stays_when_it_is_dropped(home: Home) -> None:
    home.switch({"a.ini": Real("[s]\nk=1\nl=1\n", "merge")})
    home.put("a.ini", "[s]\nk=2\nl=1\n")
    report = home.switch({})
    assert home.read("a.ini") == "[s]\nk=2\n"
    assert report.notes == ("`a.ini` keeps `s.k`, which was ours and was changed since",)


def test_a_file_that_cannot_be_merged_is_in_the_way(home: Home) -> None:
    home.put("a.json", "[1, 2")
    with pytest.raises(Failure) as caught:
        home.switch({"a.json": Real('{"k": 1}', "merge")})
    assert "something else than an object at its top" in caught.value.diagnostic.notes[0]
    home.switch({"a.json": Real('{"k": 1}', "merge")}, backup_extension="bak")
    assert home.tree() == {"a.json": '{"k": 1}', "a.json.bak": "[1, 2"}


def test_a_merge_keeps_the_permission_bits(home: Home) -> None:
    os.chmod(home.put("a.json", "{}"), 0o640)
    home.switch({"a.json": Real('{"k": 1}', "merge")})
    assert mode(home.path / "a.json") == 0o640


def test_modes(home: Home) -> None:
    mask = os.umask(0o022)
    try:
        home.switch(
            {"a": Real("1", "copy"), "b": Real("1", "copy", "0600"), "c": Real("1", "copy", more={"executable": True})}
        )
        assert [mode(home.path / name) for name in "abc"] == [0o644, 0o600, 0o755]
        os.chmod(home.path / "b", 0o644)
        assert home.switch({"b": Real("1", "copy", "600")}).changed == ("b",)
        assert mode(home.path / "b") == 0o600
    finally:
        os.umask(mask)


@pytest.mark.parametrize("bad", ["0888", "1777", "4755", "u+x", "0o600", "60", "0200"])
def test_a_mode_in_a_manifest_is_checked(home: Home, bad: str) -> None:
    manifest, _ = home.generation({"a": Real("1", "copy", bad)})
    with pytest.raises(Failure) as caught:
        load(dump(manifest))
    assert caught.value.diagnostic.code == "manifest-invalid"


def test_a_private_file_is_never_readable_by_others(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """At every system call that makes, fills or names a file, whoever looks sees no more than the owner's bits."""
    seen: list[int] = []
    real_write, real_link, real_rename, real_chmod = os.write, os.link, os.rename, os.fchmod

    def look() -> None:
        for directory, _, names in os.walk(home.path):
            for name in names:
                path = os.path.join(directory, name)
                if "/store/" not in path and os.path.isfile(path) and not os.path.islink(path):
                    with open(path, "rb") as file:
                        if b"secret" in file.read():
                            seen.append(os.lstat(path).st_mode & 0o077)

    def watched(call: object) -> object:
        def run(*arguments: object, **more: object) -> object:
            look()
            done = call(*arguments, **more)  # type: ignore[operator]
            look()
            return done

        return run

    first = home.generation({"a": Real("secret 1", "copy", "0600"), "m.json": Real('{"k": "secret"}', "merge", "0600")})
    home.put("m.json", '{"mine": "secret"}')
    os.chmod(home.path / "m.json", 0o600)
    second = home.generation(
        {"a": Real("secret 2", "copy", "0600"), "m.json": Real('{"k": "secret2"}', "merge", "0600")}
    )
    mask = os.umask(0)
    try:
        for name, call in (("write", real_write), ("link", real_link), ("rename", real_rename), ("fchmod", real_chmod)):
            monkeypatch.setattr(os, name, watched(call))
        home.activate(first)
        home.activate(second)
    finally:
        os.umask(mask)
    assert home.read("a") == "secret 2"
    assert len(seen) > 10 and set(seen) == {0}


@pytest.mark.parametrize("one", ["link", "copy", "merge", "seed"])
@pytest.mark.parametrize("two", ["link", "copy", "merge"])
def test_one_kind_becomes_the_other(home: Home, one: str, two: str) -> None:
    texts = {"link": '{"a": 1}', "copy": '{"a": 1}', "merge": '{"a": 1}', "seed": '{"a": 1}'}
    other = '{"a": 2}' if one != "seed" else '{"a": 1}'
    first = texts[one] if one == "link" else Real(texts[one], one)
    second = other if two == "link" else Real(other, two)
    home.switch({"d/f.json": first})
    home.switch({"d/f.json": second})
    assert home.read("d/f.json") == other
    assert (home.path / "d/f.json").is_symlink() == (two == "link")
    previous = home.profile.previous()
    assert previous is not None
    home.activate((load(Path(previous.path, "manifest.json").read_bytes()), previous.path), number=previous.number)
    assert home.read("d/f.json") == texts[one]
    assert (home.path / "d/f.json").is_symlink() == (one == "link")
    # A seed is the user's once it is there, though nobody wrote to it yet.
    assert kept(home, "d/f.json") == ([texts[one]] if one == "seed" else [])


def test_a_failure_takes_real_files_back(home: Home) -> None:
    home.switch(
        {"a": Real("1", "copy"), "m.json": Real('{"k": 1}', "merge"), "gone": Real("1", "copy", "0640"), "link": "1"}
    )
    home.put("m.json", '{"k": 1, "mine": 2}')
    home.put("c", "mine")
    before = home.tree()
    wanted = {
        "a": Real("2", "copy", "0600"), "m.json": Real('{"k": 2, "l": 3}', "merge"), "new": Real("1", "copy"),
        "c": Real("2", "copy", more={"force": True}), "link": Real("2", "copy"),
    }  # fmt: skip
    failing = home.generation(wanted, steps=steps(("bad", "false"), after="linkGeneration"))
    with pytest.raises(Undone):
        home.activate(failing)
    assert home.tree() == before
    assert mode(home.path / "gone") == 0o640
    assert kept(home, "c") == []
    home.activate(home.generation(wanted))
    assert home.read("m.json") == '{"k": 2, "mine": 2, "l": 3}'
    assert kept(home, "c") == ["mine"]


def test_a_directory_of_copies(home: Home) -> None:
    source = home.top / "source"
    (source / "sub").mkdir(parents=True)
    (source / "x").write_text("1")
    (source / "sub/run").write_text("2")
    os.chmod(source / "sub/run", 0o755)
    path = home.store.add_tree("tree", str(source))
    home.activate(home.generation({"d": Real("", "copy").entry("d", path)}))
    assert home.tree() == {"d": "/", "d/x": "1", "d/sub": "/", "d/sub/run": "2"}
    assert mode(home.path / "d/sub/run") & 0o111 and mode(home.path / "d/x") & 0o200
    home.switch({})
    assert home.tree() == {}


@pytest.mark.parametrize("real", ["d", "d/x", "d/x/y"])
def test_links_and_real_files_do_not_mix(home: Home, real: str) -> None:
    _, links = home.generation({"d/x": "1"})
    manifest, _ = home.generation({real: Real("1", "copy")})
    with pytest.raises(Failure) as caught:
        home.activate((manifest, links))
    assert caught.value.diagnostic.code == "file-overlap"
    assert home.tree() == {}


def test_hooks_run_when_something_was_written(home: Home) -> None:
    hook = {"on_change": 'echo "hook of $HOME" >&2; echo ran >> "$HOME/log"'}
    files = {"a.json": Real('{"k": 1}', "merge", more=hook), "b": Real("1", "seed", more=hook)}
    assert home.switch(files).hooks == ("a.json", "b")
    assert home.switch(files).hooks == ()
    home.put("a.json", '{"k": 2}')
    assert home.switch(files).hooks == ("a.json",)
    assert home.read("log") == "ran\n" * 3


def test_a_dry_run_says_what_would_be_written(home: Home) -> None:
    home.put("m.json", "{}")
    before = home.tree()
    report = home.switch({"a": Real("1", "copy"), "m.json": Real('{"k": 1}', "merge")}, dry_run=True)
    assert home.tree() == before
    assert any(line.startswith("copy ") and line.endswith(f" to {home.path}/a") for line in report.planned)
    assert f"write {home.path}/m.json" in report.planned
