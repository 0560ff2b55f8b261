"""The pages that explain diagnostic codes: one Markdown file a code, in the folder `codes` beside this file."""

from __future__ import annotations

import os
from dataclasses import dataclass

from home_manager.diagnostics.model import Failure, failure
from home_manager.diagnostics.nearest import nearest

_FOLDER = os.path.join(os.path.dirname(__file__), "codes")


@dataclass(frozen=True, slots=True)
class Page:
    """What a code means: `title` is the first line, `body` the Markdown after it."""

    code: str
    title: str
    body: str


def codes() -> list[str]:
    """All codes that have a page, sorted."""
    try:
        names = os.listdir(_FOLDER)
    except FileNotFoundError:
        return []
    return sorted(name[:-3] for name in names if name.endswith(".md"))


def explanation(code: str) -> Page:
    """The page of a code; an unknown code is a `Failure` that names the nearest ones."""
    known = codes()
    if code not in known:
        raise _unknown(code, known)
    with open(os.path.join(_FOLDER, code + ".md"), encoding="utf-8") as file:
        text = file.read()
    first, _, rest = text.partition("\n")
    return Page(code, first.removeprefix("#").strip(), rest.strip("\n"))


def _unknown(code: str, known: list[str]) -> Failure:
    near = nearest(code, known)
    return failure(
        "unknown-code",
        f"there is no diagnostic with the code `{code}`",
        hints=tuple(f"did you mean `{name}`?" for name in near[:1]),
    )
