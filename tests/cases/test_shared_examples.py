"""The shared examples, verbatim: the files that they make, compared with what the original makes."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from harness.normal import normal_paths
from harness.outcome import Outcome, outcome

OWN_WORDS = {
    ".bash_profile": "comments are ours",
    ".bashrc": "comments are ours",
    ".profile": "comments are ours",
}
"""Files that are not compared byte for byte, with the reason; see also `without_comments`."""

DIFFERENT = {
    ("modular", ".config/nvim/init.lua"): "packages of the language hosts have other names than the stubs of the golden"
}
"""Files that differ, with the reason; one that no longer does fails the test, so that it is taken off the list."""

EXAMPLES = ("minimal", "dotfiles", "face", "modular")


def original(text: str) -> str:
    """A golden text with the store paths of the original written as names."""
    return re.sub(r"/nix/store/0{32}-([0-9A-Za-z+_?=-]+(?:\.[0-9A-Za-z+_?=-]+)*)", r"@\1@", text)


def without_comments(text: str) -> str:
    """A shell text as the shell sees it: no comments, no empty lines."""
    lines = (line.rstrip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.lstrip().startswith("#"))


def made(shared: Path, name: str, tmp_path: Path) -> Outcome:
    # One example names a file by way of the folder above its own.
    inputs = tmp_path / "inputs"
    shutil.copytree(shared / "examples" / name, inputs / name)
    for path in (inputs, *inputs.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return outcome(inputs / name / "home.nix", tmp_path)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_makes_the_files_of_the_original(shared: Path, name: str, tmp_path: Path) -> None:
    came = made(shared, name, tmp_path)
    golden = json.loads((shared / "goldens" / f"{name}.json").read_text("utf-8"))
    targets = {os.path.normpath(target) for target in golden["files"]}
    folders = tuple(f"{target}/" for target, entry in golden["files"].items() if "source" in entry)
    assert {target for target in came.files if target in targets or not target.startswith(folders)} <= targets
    written = {os.path.normpath(target) for target, entry in golden["files"].items() if "content" in entry}
    assert written <= set(came.files)
    for target, entry in golden["files"].items():
        if "content" not in entry:
            continue
        wanted = original(entry["content"])
        got = normal_paths(came.files[os.path.normpath(target)].content.decode("utf-8"), came.store)
        if target in OWN_WORDS:
            wanted, got = without_comments(wanted), without_comments(got)
        assert (got == wanted) != ((name, target) in DIFFERENT), target


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_warns_as_the_original_does(shared: Path, name: str, tmp_path: Path) -> None:
    golden = json.loads((shared / "goldens" / f"{name}.json").read_text("utf-8"))
    assert len(made(shared, name, tmp_path).warnings) == len(golden.get("warnings", ()))
