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
CHAPTERS = {
    "The text cannot be read": """
        syntax-error last-semicolon missing-equals no-braces comma-in-list comma-in-set colon unclosed-brace
        unclosed-string twice-in-a-file""",
    "Names that are not there": """
        undefined-variable forgotten-argument argument-not-passed forgotten-lib lib-misspelt lib-elsewhere forgotten-with
        shell-variable path-without-dot unknown-package package-not-in-archive""",
    "Options that do not exist": """
        unknown-option enabled misspelt-group option-too-high option-too-deep option-of-nixos home-manager-users
        removed-option""",
    "Values of the wrong kind": """
        wrong-type boolean-in-quotes number-for-string unknown-choice unknown-state-version path-for-string
        package-in-quotes package-for-list call-in-list set-for-list set-for-variable home-with-tilde unit-of-nixos
        step-order""",
    "Values that are missing or contradict each other": """
        no-username no-state-version file-without-content missing-source conflicting-definitions two-files-one-target
        file-outside-home failed-assertion throw infinite-recursion""",
    "Imports": """
        missing-import path-in-quotes imports-without-brackets import-of-a-list forgotten-function-argument
        config-in-imports pkgs-in-imports condition-around-import if-around-module""",
    "Several mistakes in one run": "several-mistakes several-files",
    "The machine": """
        cli/file-in-the-way cli/archive-unreachable cli/disk-full cli/home-not-writable""",
}
"""The cases that are shown: those in `tests/errors`, or elsewhere below `tests`."""

HEAD = """\
# Errors

What this program says of common mistakes, and what the original says of the same. Every one ends with status 1 and
nothing changed. All mistakes of a configuration that do not depend on each other are told of in one run, in the order of
their places; `--message-format json` has the same as data. `home-manager explain CODE` says more about a code.

What the original says was made by the Nix of its time with the original's modules and packages that are stand-ins; of a
trace, the error at its end is shown.

This page is made from the cases in `tests/errors` and `tests/cli` by `make errors-page`; do not edit it.
"""


def fenced(text: str, language: str = "") -> str:
    """A code block."""
    return f"```{language}\n{text.rstrip(chr(10))}\n```\n"


def entry(case: Case) -> str:
    """One mistake: its prose as title, the configuration, both answers."""
    title, _, more = case.prose.strip().partition("\n")
    parts = [f"\n### {title.rstrip('.')}\n\n"]
    if more.strip():
        parts.append(f"{more.strip()}\n\n")
    inputs = list(case.of("module")) + [section for section in case.of("input") if section.argument.endswith(".nix")]
    for section in inputs:
        comment = f"# {section.argument}\n" if len(inputs) > 1 else ""
        parts.append(fenced(comment + section.body, "nix") + "\n")
    for section in case.of("error", "session"):
        parts.append(fenced(section.body) + "\n")
    original = case.one("original")
    if original is not None:
        parts.append("The original:\n\n" + fenced(original.body))
    return "".join(parts)


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for chapter, names in CHAPTERS.items():
        parts.append(f"\n## {chapter}\n")
        for name in names.split():
            path = ROOT / "tests" / f"{name if '/' in name else f'errors/{name}'}.case"
            parts.append(entry(casefile.read(path)))
    return "".join(parts)


def main(words: list[str]) -> int:
    """Writes the page, or with `--check` says whether it is as it should be."""
    if words == ["--check"]:
        return int(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
