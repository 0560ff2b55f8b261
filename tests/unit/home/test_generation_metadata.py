"""What is remembered of generations: by number and path, in spite of cut lines, with the revision of a work tree."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from home_manager.activation import Layout
from home_manager.home.generation_metadata import GenerationMetadata, forget, metadata_of, revision_of, write
from home_manager.store import GenerationEntry


def layout_in(top: Path) -> Layout:
    layout = Layout.resolve(str(top / "home"), environ={})
    Path(str(layout.state)).mkdir(parents=True)
    return layout


def test_the_last_remark_counts_and_only_for_its_generation(tmp_path: Path) -> None:
    layout = layout_in(tmp_path)
    for message in ("first", "second"):
        write(layout, GenerationMetadata(1, "/store/one", message=message, dirty=True))
    write(layout, GenerationMetadata(2, "/store/two", message="of another"))
    found = metadata_of(layout, [GenerationEntry(1, "/store/one", 0), GenerationEntry(2, "/store/other", 0)])
    assert (found[1].message, found[1].dirty) == ("second", True)
    assert found[2].message == "", "the number was used again for another generation"


def test_a_line_that_was_cut_short_harms_no_other(tmp_path: Path) -> None:
    layout = layout_in(tmp_path)
    file = Path(str(layout.state)) / "remarks"
    write(layout, GenerationMetadata(1, "/store/one", message="whole"))
    with open(file, "a", encoding="utf-8") as lines:
        lines.write(
            '{"number": 2, "path": "/st\n[]\n{"number": "x"}\n{"number": 3, "path": "/store/three", "dirty": 7}\n'
        )
    entries = [GenerationEntry(1, "/store/one", 0), GenerationEntry(3, "/store/three", 0)]
    found = metadata_of(layout, entries)
    assert found[1].message == "whole" and found[3].dirty is False
    forget(layout)
    assert not file.exists() and metadata_of(layout, entries)[1].message == ""


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_the_revision_is_that_of_the_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(tmp_path))
    tree = tmp_path / "tree"
    (tree / "dot").mkdir(parents=True)
    config = tree / "dot/home.nix"
    config.write_text("{ }")

    def git(*words: str) -> str:
        command = ["git", "-C", str(tree), "-c", "user.name=a", "-c", "user.email=a@b", *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    assert revision_of(str(config)) == ("", False)
    git("init", "-q")
    assert revision_of(str(config)) == ("", False), "nothing is committed yet"
    git("add", ".")
    git("commit", "-qm", "one")
    head = git("rev-parse", "HEAD")
    assert revision_of(str(config)) == (head, False)
    assert revision_of(f"{tree}/dot#alice") == (head, False)
    config.write_text("{ a = 1; }")
    assert revision_of(str(config)) == (head, True)
    (tree / "elsewhere").write_text("x")
    git("checkout", "-q", "dot/home.nix")
    assert revision_of(str(config)) == (head, False)
    assert GenerationMetadata(revision=head, dirty=True).revision_text == f"{head[:12]}-dirty"
