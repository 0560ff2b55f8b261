"""Byte strings as Python texts: every byte that is not part of valid UTF-8 is a lone surrogate (`surrogateescape`).

Strings of the language are byte strings, so lengths and offsets count bytes; texts in ASCII, nearly all, need nothing.
"""

from __future__ import annotations

import re
from typing import Final

from home_manager.nix.errors import eval_error

FIRST_BYTE: Final = chr(0xDC80)
"""Texts before this one (nearly all) do not begin with a byte that may end a character begun by another text."""

is_ascii: Final = str.isascii
"""Calling it so finds it at once in a compiled program, where `text.isascii()` looks for it each time."""

_ESCAPED: Final = re.compile(r"[\udc80-\udcff]")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")


def encode(text: str) -> bytes:
    """The bytes of a string."""
    return text.encode("utf-8", "surrogateescape")


def decode(data: bytes) -> str:
    """The string of some bytes."""
    return data.decode("utf-8", "surrogateescape")


def surrogate_at(text: str, low: int = 0xDC80) -> int:
    """The offset of the first byte that is not UTF-8, or -1; with `low=0xD800`, of the first half of a pair."""
    found = (_ESCAPED if low == 0xDC80 else _SURROGATE).search(text)
    return -1 if found is None else found.start()


def rejoined(text: str) -> str:
    """The string after a concatenation: bytes that have come together to a character become one."""
    return decode(encode(text)) if not is_ascii(text) and _ESCAPED.search(text) else text


def reject_zero_byte(text: str) -> None:
    """Strings of the language cannot hold a zero byte."""
    if "\0" in text:
        shown = text.replace("\0", "␀")
        raise eval_error(f"input string '{shown}' cannot be represented as Nix string because it contains null bytes")
