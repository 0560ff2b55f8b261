"""The README of tools and that of tests name everything that lies beside them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def entries(folder: str) -> set[str]:
    """The files and folders of a folder, as git knows them or would."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT / folder), "ls-files", "--cached", "--others", "--exclude-standard", "."],
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("this is no git work tree")
    return {line.partition("/")[0] + ("/" if "/" in line else "") for line in listed.stdout.splitlines()}


@pytest.mark.parametrize("folder", ["tools", "tests"])
def test_everything_is_named(folder: str) -> None:
    page = (ROOT / folder / "README.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[1])}
    silent = {"README.md", "conftest.py"}
    assert entries(folder) - silent == named
