"""Writes docs/errors.md from the cases: each mistake, what this program says, and what the original says.

Usage: python tools/errors_page.py [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from harness import casefile
from harness.casefile import Case

PAGE = ROOT / "docs" / "errors.md"
SHOWN = (
    "errors/syntax-error",
    "errors/unknown-option",
    "errors/wrong-type",
    "errors/missing-import",
    "errors/infinite-recursion",
    "cli/file-in-the-way",
    "errors/unknown-package",
    "cli/archive-unreachable",
    "cli/disk-full",
    "cli/home-not-writable",
    "errors/undefined-variable",
    "errors/conflicting-definitions",
    "errors/failed-assertion",
)
HEAD = """\
# Errors

What this program says of common mistakes, and what the original says of the same. Every one ends with status 1 and
nothing changed. `home-manager explain CODE` says more about a code.

This page is made from the cases in `tests/errors` and `tests/cli` by `make errors-page`; do not edit it.
"""


def fenced(text: str, language: str = "") -> str:
    """A code block."""
    return f"```{language}\n{text.rstrip(chr(10))}\n```\n"


def entry(case: Case) -> str:
    """One mistake: its prose as title, the configuration, both answers."""
    title, _, more = case.prose.strip().partition("\n")
    parts = [f"\n## {title.rstrip('.')}\n\n"]
    if more.strip():
        parts.append(f"{more.strip()}\n\n")
    for section in case.of("module"):
        parts.append(fenced(section.body, "nix") + "\n")
    for section in case.of("error", "session"):
        parts.append(fenced(section.body) + "\n")
    original = case.one("original")
    if original is not None:
        parts.append("The original:\n\n" + fenced(original.body))
    return "".join(parts)


def page() -> str:
    """The whole page."""
    paths = [ROOT / "tests" / f"{name}.case" for name in SHOWN]
    return HEAD + "".join(entry(casefile.read(path)) for path in paths if path.exists())


def main(words: list[str]) -> int:
    """Writes the page, or with `--check` says whether it is as it should be."""
    if words == ["--check"]:
        return int(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
