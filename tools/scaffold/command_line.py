"""The command line of `tools/new`."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from scaffold import module


def main(root: Path, words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tools/new", description="Begins something new, as CONTRIBUTING.md says.")
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    new = kinds.add_parser("module", help="a module: programs.NAME or services.NAME")
    new.add_argument("name")
    new.add_argument("--facts", type=Path, metavar="FILE", help="a dump of options to take them from (JSON)")
    arguments = parser.parse_args(words)
    for path in module.write(root, arguments.name, arguments.facts):
        if path.suffix == ".py":
            formatted(path)
        print(path.relative_to(root))
    return 0


def formatted(path: Path) -> None:
    """Brings a file into the project's shape, where ruff is at hand."""
    subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--quiet", str(path)], check=False, stderr=subprocess.DEVNULL
    )
