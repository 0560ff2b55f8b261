"""What the type checker knows of option values: a mistyped attribute of a package, text, group or submodule is an error."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

MODULE = """
from home_manager.authoring import *


class Signing(Options):
    key = option(t.null_or(t.str), default=None)


class Theme(Options):
    colour = option(t.str, default="red")


class Notes(Program):
    package = Package("notes", nullable=True)
    plain = option(t.bool, default=False)
    words = option(t.list_of(t.str), default=[])
    lines = option(t.lines, default="", apply=str.splitlines)
    themes = option(t.attrs_of(t.submodule(Theme)), default={})
    signing = group(Signing)

    def right(self) -> object:
        package, theme = self.package, self.themes["a"]
        known = package["version"], "override" in package, f"{package}", package.get("bin"), exe(package)
        return known, self.plain and self.words[0].upper(), self.lines[0], theme.colour, list(theme.items()), self.signing.key

    def wrong(self) -> object:
        return (
            self.package.nonsense,
            self.plain.nonsense,
            self.words[0].nonsense,
            self.themes["a"].nonsense,
            self.signing.nonsense,
            self.nonsense,
        )
"""


@pytest.mark.slow
def test_mistyped_attributes_are_found(tmp_path: Path) -> None:
    module = tmp_path / "notes.py"
    module.write_text(MODULE)
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), str(module)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    told = [line.partition("error: ")[2] for line in done.stdout.splitlines() if "error: " in line]
    owners = ["PackageValue", "bool", "str", "Theme", "Signing", "Notes"]
    assert told == [f'"{owner}" has no attribute "nonsense"  [attr-defined]' for owner in owners], (
        done.stdout + done.stderr
    )
