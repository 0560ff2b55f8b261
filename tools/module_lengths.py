"""The length of each module beside the original's Nix: `tools/module_lengths.py CHECKOUT [--all]`.

CHECKOUT is a checkout of home-manager. A length is the number of lines that hold code: no blank lines, comments,
docstrings, `doc=…` of ours, `description = …` and `meta` of theirs. A folder is all of its files. Of files of the original
that several modules stand for, the modules are taken together, and so are files that a private base (`_name.py`) shares: the
sum at the end has them, the median has not.
"""

from __future__ import annotations

import argparse
import ast
import io
import statistics
import sys
import tokenize
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from home_manager.modules import indexed
from home_manager.nix.syntax import lexer

MODULES = ROOT / "src" / "home_manager" / "modules"
SILENT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


@dataclass(frozen=True)
class Pair:
    """Modules of ours and the file of the original that they stand for."""

    position: str
    ours: int
    theirs: int

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs


def python_lines(text: str) -> int:
    """Lines of Python that hold code, without docstrings and the documentation of options."""
    left: set[tuple[int, int]] = set()
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if is_docstring(node) or (isinstance(node, ast.keyword) and node.arg == "doc"):
            left |= _span(node)
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in SILENT and token.start not in left and token.string != ",":
            lines.update(range(token.start[0], token.end[0] + 1))
    return len(lines)


def is_docstring(node: ast.AST) -> bool:
    """Whether a node is a text that stands for itself: a docstring, or the documentation of an attribute."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _span(node: Any) -> set[tuple[int, int]]:
    """Where the tokens of a node may begin."""
    return {
        (line, column)
        for line in range(node.lineno, node.end_lineno + 1)
        for column in range(
            node.col_offset if line == node.lineno else 0, node.end_col_offset if line == node.end_lineno else 400
        )
    }


def nix_lines(text: str) -> int:
    """Lines of Nix that hold code, without descriptions and the names of maintainers."""
    tokens = lexer.tokenize(text)
    starts, ends, kinds, values = tokens.starts, tokens.ends, tokens.kinds, tokens.values
    breaks = [at for at, letter in enumerate(text) if letter == "\n"]
    lines: set[int] = set()
    skipped, depth = False, 0
    for at, kind in enumerate(kinds):
        if not skipped and kind == "ID" and values[at] in ("description", "meta"):
            # `description = …;` or `meta.maintainers = …;`, up to its semicolon
            skipped, depth = True, 0
        if skipped:
            depth += (kind in ("{", "(", "[", "${")) - (kind in ("}", ")", "]"))
            skipped = not (kind == ";" and depth <= 0)
        elif ends[at] > starts[at]:
            first, last = (sum(1 for each in breaks if each < place) for place in (starts[at], ends[at]))
            lines.update(range(first, last + 1))
    return len(lines)


def files(path: Path, suffix: str) -> list[Path]:
    """A file, or all of a folder."""
    return sorted(path.rglob(f"*{suffix}")) if path.is_dir() else [path]


def pairs(checkout: Path) -> Iterable[Pair]:
    """All modules that the original has, too."""
    modules: dict[str, list[str]] = defaultdict(list)
    for entry in indexed().catalogue().entries:
        modules[entry.position].append(entry.module)
    for position, names in modules.items():
        original = checkout / "modules" / position
        if not original.exists():
            original = original.with_suffix("") / "default.nix"
        if not original.exists():
            continue
        theirs = [original]
        if original.name == "default.nix" and position not in ("misc/xdg/default.nix", "misc/nix/default.nix"):
            theirs = files(original.parent, ".nix")
        elif original.with_suffix("").is_dir():
            theirs += files(original.with_suffix(""), ".nix")
        bases = [ROOT / "src" / name.replace(".", "/") for name in names]
        ours = [path for base in bases for path in files(base if base.is_dir() else base.with_suffix(".py"), ".py")]
        yield Pair(
            position,
            sum(python_lines(path.read_text("utf-8")) for path in ours),
            sum(nix_lines(path.read_text("utf-8")) for path in theirs),
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--all", action="store_true", help="every module, the longest beside its original first")
    parser.add_argument("--most", type=float, help="exit with 1 where the median is more than this")
    arguments = parser.parse_args()
    found = sorted(pairs(arguments.checkout), key=lambda pair: -pair.ratio)
    for pair in found if arguments.all else found[:20]:
        print(f"{pair.ratio:5.2f}  {pair.ours:5} {pair.theirs:5}  {pair.position}")
    median = statistics.median(pair.ratio for pair in found)
    bases = [path for path in MODULES.rglob("_*.py") if path.name != "__init__.py"]
    shared = sum(python_lines(path.read_text("utf-8")) for path in bases)
    ours, theirs = sum(pair.ours for pair in found), sum(pair.theirs for pair in found)
    sums = f"sum {ours} and {shared} of shared bases : {theirs} = {(ours + shared) / theirs:.2f}"
    print(f"{len(found)} modules: median {median:.2f}, {sums}")
    return int(arguments.most is not None and median > arguments.most)


if __name__ == "__main__":
    sys.exit(main())
