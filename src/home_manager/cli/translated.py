"""Diagnostics in the user's language.

The packages that find mistakes know no languages: the texts of a diagnostic are English, and are translated here, when
they are shown. The catalogue holds them as templates (`no option {place}`), so the template that a text was made from is
found by matching, and the translation filled with what stood in its holes. Its code stays what it is: programs read that.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from home_manager.cli.messages import catalogue

if TYPE_CHECKING:
    from home_manager.diagnostics import Diagnostic

_HOLE = re.compile(r"\{([a-z]\w*)\}")
FIXED = 6
"""A template needs so many fixed letters to be recognised: `{home} is {what}` would be found in any sentence."""


def translated(diagnostic: Diagnostic) -> Diagnostic:
    """The diagnostic with all that it says in the user's language; what the catalogue does not know stays English."""
    texts = _templates()
    if not texts:
        return diagnostic
    return replace(
        diagnostic,
        message=translate(diagnostic.message),
        labels=tuple(replace(each, text=translate(each.text)) for each in diagnostic.labels),
        notes=tuple(translate(each) for each in diagnostic.notes),
        hints=tuple(translate(each) for each in diagnostic.hints),
        frames=tuple(replace(each, text=translate(each.text)) for each in diagnostic.frames),
    )


def translate(text: str) -> str:
    """A text that was made from one of the catalogue's templates, made from its translation."""
    texts = _templates()
    known = texts.get(text)
    if known:
        return known
    best: tuple[int, str] | None = None
    for template, translation in texts.items():
        pattern, fixed = _pattern(template)
        # The template with the most fixed letters says most about where the text comes from.
        if pattern is None or fixed < FIXED or not translation or (best is not None and best[0] >= fixed):
            continue
        found = pattern.fullmatch(text)
        if found is not None:
            best = fixed, _filled(template, translation, found.groupdict())
    return text if best is None else best[1]


def _filled(template: str, translation: str, values: Mapping[str, str]) -> str:
    """The translation with its holes filled; a value that is a phrase of ours (`an integer`) is translated too."""

    def value(hole: re.Match[str]) -> str:
        name = hole[1]
        text = values[name]
        return text if f"`{{{name}}}`" in template else _templates().get(text) or text

    return _HOLE.sub(value, translation)


@functools.cache
def _templates() -> Mapping[str, str]:
    """Every sentence of the catalogue in use with its translation; none for English."""
    found = catalogue()
    # The class keeps its sentences in an attribute of its own and offers them by name only.
    sentences = {} if found is None else getattr(found, "_catalog", {})
    return {key: text for key, text in sentences.items() if isinstance(key, str) and key}


@functools.cache
def _pattern(template: str) -> tuple[re.Pattern[str] | None, int]:
    """What texts made from a template look like, and how many letters are fixed; None if it has no holes."""
    pieces = _HOLE.split(template)
    if len(pieces) == 1:
        return None, len(template)
    seen: set[str] = set()
    pattern = []
    for index, piece in enumerate(pieces):
        if index % 2 == 0:
            pattern.append(re.escape(piece))
        elif piece in seen:
            pattern.append(f"(?P={piece})")
        else:
            seen.add(piece)
            pattern.append(f"(?P<{piece}>.*?)")
    return re.compile("".join(pattern), re.DOTALL), sum(letter.isalpha() for piece in pieces[::2] for letter in piece)
