"""The command line of `tools/new`."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from scaffold import module
from scaffold.recipes import RECIPES


def main(root: Path, words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tools/new", description="Begins something new, as CONTRIBUTING.md says.")
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    new = kinds.add_parser("module", help="a module: programs.NAME or services.NAME")
    new.add_argument("name")
    new.add_argument("--facts", type=Path, metavar="FILE", help="a dump of options to take them from (JSON)")
    for kind, (summary, _) in RECIPES.items():
        kinds.add_parser(kind, help=summary).add_argument("name")
    arguments = parser.parse_args(words)
    if arguments.kind == "module":
        written = module.write(root, arguments.name, arguments.facts)
    else:
        written = RECIPES[arguments.kind][1](root, arguments.name)
    formatted([path for path in written if path.suffix == ".py"])
    for path in written:
        print(path.relative_to(root))
    return 0


def formatted(paths: list[Path]) -> None:
    """Brings files into the project's shape, where ruff is at hand; rows of tables find their places."""
    for words in (["check", "--fix", "--quiet"], ["format", "--quiet"]):
        command = [sys.executable, "-m", "ruff", *words, *map(str, paths)]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
