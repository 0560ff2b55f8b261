"""Strings, names and numbers as Nix writes them."""

from __future__ import annotations

import re
from math import copysign
from typing import Final

_RESERVED: Final = frozenset(("if", "then", "else", "assert", "with", "let", "in", "rec", "inherit"))
_NAME: Final = re.compile(r"[a-zA-Z_][a-zA-Z0-9_'\-]*")
_SPECIAL: Final = re.compile(r'["\\\n\r\t]|\$(?=\{)')
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "$": "\\$"}


def quote(text: str, limit: int | None = None) -> str:
    """A string literal; beyond `limit` characters it says how much is left out."""
    left_out = ""
    if limit is not None and len(text) > limit:
        rest = len(text.encode()) - len(text[:limit].encode())
        left_out = f" «{rest} byte{'s' if rest != 1 else ''} elided»"
        text = text[:limit]
    return '"' + _SPECIAL.sub(lambda found: _ESCAPES[found.group()], text) + '"' + left_out


def quote_name(name: str) -> str:
    """The name of an attribute, quoted where it must be."""
    if _NAME.fullmatch(name) and name not in _RESERVED:
        return name
    return quote(name)


def show_float(value: float) -> str:
    """A float with six significant digits, as C++ streams print it."""
    if value != value:
        return "-nan" if copysign(1.0, value) < 0 else "nan"
    return f"{value:g}"
