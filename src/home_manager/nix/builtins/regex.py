"""`match` and `split`: regular expressions on strings of the language.

Patterns and texts are byte strings there. A text in ASCII is matched as it is; any other is matched as UTF-8, so
that `.` stands for one byte.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from home_manager.nix.builtins.regex_automaton import Automaton, Spans


class Pattern:
    """A compiled pattern.

    `longest`: a shorter alternative may hide a longer one, so `split` needs the automaton. `groups_differ`: Python
    finds the same matches but would report other groups. `explosive`: Python might try ways without end, and cannot be
    told to stop.
    """

    def __init__(self, pattern: str) -> None:
        # Most configurations use no pattern at all, and these classes take a while to be made.
        from home_manager.nix.builtins.regex_syntax import prefers_longest, read, render, repeats_empty_group
        from home_manager.nix.builtins.regex_ways import may_explode

        raw = pattern if pattern.isascii() else _encode(pattern).decode("latin-1")
        self.tree, self.groups = read(raw)
        self.rendered = render(self.tree)
        self.longest = prefers_longest(self.tree)
        self.groups_differ = repeats_empty_group(self.tree)
        self.explosive = may_explode(self.tree)

    @cached_property
    def for_text(self) -> re.Pattern[str]:
        return re.compile(self.rendered, re.DOTALL)

    @cached_property
    def for_bytes(self) -> re.Pattern[bytes]:
        return re.compile(self.rendered.encode("ascii"), re.DOTALL)

    @cached_property
    def automaton(self) -> Automaton:
        # Start-up: few patterns need the automaton.
        from home_manager.nix.builtins.regex_automaton import Automaton

        return Automaton(self.tree, self.groups)


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _decode(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _pieces(data: bytes, spans: Spans) -> list[str | None]:
    return [None if start < 0 else _decode(data[start:end]) for start, end in spans[1:]]


def full_match(pattern: Pattern, text: str) -> list[str | None] | None:
    """The groups of a match of the whole text, or `None`."""
    if pattern.groups_differ or pattern.explosive:
        data = _encode(text)
        if not pattern.explosive and pattern.for_bytes.fullmatch(data) is None:
            return None
        spans = pattern.automaton.match(data, 0, exact=True)
        return None if spans is None else _pieces(data, spans)
    if text.isascii():
        found = pattern.for_text.fullmatch(text)
        return None if found is None else list(found.groups())
    found_bytes = pattern.for_bytes.fullmatch(_encode(text))
    if found_bytes is None:
        return None
    return [None if part is None else _decode(part) for part in found_bytes.groups()]


def split_text(pattern: Pattern, text: str) -> list[str | list[str | None]]:
    """What lies between the matches, and between each two of them the groups of a match."""
    if pattern.longest or pattern.groups_differ or pattern.explosive:
        return _split_longest(pattern, _encode(text))
    result: list[str | list[str | None]] = []
    at = 0
    if text.isascii():
        for found in pattern.for_text.finditer(text):
            start, end = found.span()
            result.append(text[at:start])
            result.append(list(found.groups()))
            at = end
        result.append(text[at:])
        return result
    data = _encode(text)
    for found_bytes in pattern.for_bytes.finditer(data):
        start, end = found_bytes.span()
        result.append(_decode(data[at:start]))
        result.append([None if part is None else _decode(part) for part in found_bytes.groups()])
        at = end
    result.append(_decode(data[at:]))
    return result


def _search(pattern: Pattern, data: bytes, position: int) -> Spans | None:
    """The first match from a position on."""
    match = pattern.automaton.match
    if not pattern.explosive:
        found = pattern.for_bytes.search(data, position)
        return None if found is None else match(data, found.start(), exact=False)
    for start in range(position, len(data) + 1):
        spans = match(data, start, exact=False)
        if spans is not None:
            return spans
    return None


def _split_longest(pattern: Pattern, data: bytes) -> list[str | list[str | None]]:
    result: list[str | list[str | None]] = []
    match = pattern.automaton.match
    at = 0
    position = 0
    after_empty = False
    while position <= len(data):
        spans: Spans | None = None
        if after_empty:
            # After an empty match the original looks for a longer one at the same place before it moves on.
            spans = match(data, position, exact=False, not_empty=True)
            if spans is None:
                position += 1
        if spans is None:
            spans = _search(pattern, data, position) if position <= len(data) else None
            if spans is None:
                break
        start, end = spans[0]
        result.append(_decode(data[at:start]))
        result.append(_pieces(data, spans))
        at = position = end
        after_empty = start == end
    result.append(_decode(data[at:]))
    return result
