"""In which order Nix looks at the attributes of two sets that it compares: that in which it first met their names.

It only shows where comparing one attribute fails or traces and another one differs. Of names in several files, what those
of the set's own file say counts here; for Nix it is all that was read before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from home_manager.diagnostics import Source
from home_manager.nix.syntax.lexer import tokenize
from home_manager.values.classes import Attrs
from home_manager.values.lazy import Lazy

_ALWAYS_KNOWN: Final = "known_names.txt"
"""What Nix 2.34 knows before it reads anything, in its order."""

_LARGEST_SET: Final = 100
_LARGEST_TEXT: Final = 200_000
"""Beyond these, the order in which the attributes were written has to do."""


def pairs(a: Attrs, b: Attrs) -> Iterator[tuple[str, str]] | None:
    """The names of two sets of one size, as they are compared; `None` where the order does not show, or is not known."""
    if not 1 < len(a) <= _LARGEST_SET or not (_waits(a) or _waits(b)):
        return None
    source = _source(a) or _source(b)
    if source is None or len(source.text) > _LARGEST_TEXT:
        return None
    known = _ranks(source)
    last = len(known)

    def rank(name: str) -> int:
        return known.get(name, last)

    return zip(sorted(a, key=rank), sorted(b, key=rank), strict=True)


def _waits(attrs: Attrs) -> bool:
    return any(isinstance(value, Lazy) and value.state != 2 for value in attrs.values())


def _source(attrs: Attrs) -> Source | None:
    for name in attrs:
        span = attrs.position(name)
        return None if span is None else span.source
    return None


@lru_cache(maxsize=4)
def _ranks(source: Source) -> Mapping[str, int]:
    """The names in a text, each with how many were met before it."""
    from importlib.resources import files

    always = files("home_manager.nix").joinpath(_ALWAYS_KNOWN).read_text("utf-8").split()
    tokens = tokenize(source.text)
    names = [str(value) for kind, value in zip(tokens.kinds, tokens.values, strict=True) if kind == "ID"]
    return {name: rank for rank, name in enumerate(dict.fromkeys((*always, *names)))}
