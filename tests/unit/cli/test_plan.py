"""What `plan` says is what `switch` does, and a dry run leaves every byte and every time as it was."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from home_manager.cli import exits, main

HOME = """{ lib, pkgs, ... }: {
  home.username = "alice"; home.homeDirectory = "/home/alice"; home.stateVersion = "25.11";
  home.packages = lib.mkForce [ %(package)s ]; xdg.mime.enable = false;
  i18n.glibcLocales = pkgs.writeTextDir "lib/locale/none" "";
  home.activation.loud = lib.hm.dag.entryAfter [ "writeBoundary" ] "echo $DRY_RUN_CMD";
%(files)s}
"""
ONE = HOME % {
    "package": '(pkgs.writeTextDir "bin/tool" "x")',
    "files": """
  home.file.kept.text = "kept\\n"; home.file.changed.text = "one\\n"; home.file.removed.text = "gone\\n";
  home.file.script = { executable = true; text = "#!/bin/sh\\n"; };
  home.file.tree = { source = ./tree; recursive = true; };
""",
}
TWO = HOME % {
    "package": '(pkgs.writeTextDir "bin/other" "x")',
    "files": """
  home.file.kept.text = "kept\\n"; home.file.changed.text = "two\\n"; home.file."new/deep".text = "new\\n";
  home.file.script = { executable = true; text = "#!/bin/sh\\n"; };
  home.file.tree = { source = ./tree2; recursive = true; };
  home.file.adopted.text = "same\\n"; home.file.in-the-way.text = "ours\\n";
  home.file.forced = { text = "forced\\n"; force = true; };
  home.file.copied = { text = "copied\\n"; onDisk = "copy"; };
  home.file.built.source = pkgs.runCommandLocal "built" { } "echo built > $out";
""",
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two configurations, the first of which has been switched to, and files of the user's."""
    monkeypatch.setenv("HOME", str(tmp_path / "caller"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caller/.cache"))
    monkeypatch.delenv("DRY_RUN", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.nix").write_text(ONE)
    (tmp_path / "two.nix").write_text(TWO)
    for name, files in (("tree", {"a": "1", "b/c": "2"}), ("tree2", {"a": "1", "b/d": "3"})):
        for file, text in files.items():
            (tmp_path / name / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / file).write_text(text)
    assert command("switch", "one.nix") == exits.OK
    home = tmp_path / "root/home/alice"
    (home / "adopted").write_text("same\n")
    (home / "in-the-way").write_text("mine\n")
    (home / "forced").write_text("mine\n")
    return tmp_path


def command(name: str, *words: str) -> int:
    return main(["--root", "root", name, "-f", *words])


def tree(directory: Path) -> dict[str, tuple[object, ...]]:
    """Everything in a directory: kinds, permissions, times and contents."""
    found: dict[str, tuple[object, ...]] = {}
    for path in [directory, *sorted(directory.rglob("*"))]:
        status = os.lstat(path)
        content = os.readlink(path) if path.is_symlink() else ""
        if not content and path.is_file():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
        found[str(path)] = (status.st_mode, status.st_mtime_ns, status.st_ino, content)
    return found


def contents(home: Path) -> dict[str, tuple[str, bool]]:
    """What somebody sees who looks into the home: the content of each file, and whether it can be run."""
    found: dict[str, tuple[str, bool]] = {}
    for path, folders, files in os.walk(home):
        folders[:] = [name for name in folders if name != "home-manager"]
        for name in files:
            file = Path(path, name)
            if file.exists():
                found[str(file.relative_to(home))] = (file.read_text(), os.access(file, os.X_OK))
    return found


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


@pytest.mark.parametrize("saved", [False, True], ids=["looked-at", "saved"])
def test_a_switch_does_exactly_what_the_plan_says(place: Path, capsys: pytest.CaptureFixture[str], saved: bool) -> None:
    home = place / "root/home/alice"
    before = contents(home)
    said(capsys)
    assert command("plan", "two.nix", "-b", "old", "--json", *(["-o", "saved"] if saved else [])) == exits.OK
    plan = json.loads(said(capsys))
    assert plan["built"] is saved
    assert contents(home) == before
    if saved:
        assert main(["--root", "root", "switch", "--plan", "saved", "-v"]) == exits.OK
    else:
        assert command("switch", "two.nix", "-b", "old", "-v") == exits.OK
    after = contents(home)
    differing = {target for target in {*before, *after} if before.get(target) != after.get(target)}
    changes = {file["target"]: file for file in plan["files"]}
    backups = {file["backup"] for file in plan["files"] if file["backup"]}
    assert differing == {target for target, file in changes.items() if file["change"] != "adopted"} | backups
    for target, file in changes.items():
        assert (target in before) == (file["change"] in ("changed", "removed", "replaced", "adopted")) or file["backup"]
        assert (target in after) == (file["change"] != "removed")
        if file["diff"] and target in after:
            added = "".join(line[1:] for line in file["diff"].splitlines(True)[3:] if line[0] in "+ ")
            assert added == after[target][0] or "\\ no newline" in file["diff"]
            assert file["executable"] == after[target][1]
    assert backups == {"in-the-way.old"} and after["in-the-way.old"] == before["in-the-way"]
    assert plan["steps"] == ["loud"]
    assert {(p["name"], p["change"]) for p in plan["packages"]} == {("tool", "removed"), ("other", "added")}
    said(capsys)
    assert command("plan", "two.nix", "--exit-code") == exits.OK
    assert "Nothing would change." in said(capsys)


@pytest.mark.parametrize(
    "words",
    [
        ["switch", "-f", "two.nix", "-b", "old", "-n"],
        ["switch", "-f", "one.nix", "-n"],
        ["build", "-f", "two.nix", "-n"],
        ["plan", "-f", "two.nix", "-b", "old"],
        ["diff", "-f", "two.nix", "-b", "old"],
        ["uninstall", "-n"],
        ["eject", "-n"],
        ["gc", "-n"],
        ["remove-generations", "1", "-n"],
        ["expire-generations", "now", "-n"],
        ["init", "dir", "-n"],
    ],
    ids=lambda words: " ".join(words),
)
def test_what_only_looks_writes_nothing(place: Path, words: list[str]) -> None:
    before = tree(place)
    # The generation in use cannot be removed, which is a failure in a dry run too.
    assert main(["--root", "root", *words]) == (exits.FAILED if words[0] == "remove-generations" else exits.OK)
    assert tree(place) == before


def test_a_dry_run_adopts_what_is_not_built_yet(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "root/home/alice/in-the-way").unlink()
    said(capsys)
    assert command("switch", "two.nix", "-n") == exits.OK


def test_a_plan_is_refused_once_something_changed(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = place / "root/home/alice"
    assert command("plan", "two.nix", "-b", "old", "-o", "saved") == exits.OK
    changes = (
        lambda: (home / "in-the-way").write_text("other\n"),
        lambda: (home / "new").write_text("a file where a directory is needed\n"),
        lambda: (home / "in-the-way.old").write_text("taken\n"),
        lambda: (home / "changed").unlink(),
    )
    for change in changes:
        kept = {path: os.readlink(path) if path.is_symlink() else path.read_bytes() for path in _files(home)}
        change()
        before = tree(home)
        assert main(["--root", "root", "switch", "--plan", "saved"]) == exits.FAILED
        assert "plan-outdated" in capsys.readouterr().err
        assert {k: v for k, v in tree(home).items() if "/home-manager" not in k} == {
            k: v for k, v in before.items() if "/home-manager" not in k
        }
        _restore(home, kept)
    assert main(["--root", "root", "switch", "--plan", "saved"]) == exits.OK


def _files(home: Path) -> list[Path]:
    return [path for path in home.iterdir() if path.is_symlink() or path.is_file()]


def _restore(home: Path, kept: dict[Path, str | bytes]) -> None:
    for path in _files(home):
        if path not in kept:
            path.unlink()
    for path, content in kept.items():
        if not os.path.lexists(path):
            if isinstance(content, str):
                path.symlink_to(content)
            else:
                path.write_bytes(content)
        elif isinstance(content, bytes):
            path.write_bytes(content)
