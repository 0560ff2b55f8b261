"""Values as Nix expressions for people: nixpkgs' `toPretty`."""

from __future__ import annotations

import re

from home_manager.formats import json
from home_manager.formats.plain import is_derivation, items, to_string
from home_manager.values import PathValue, Value
from home_manager.values.lazy import force

_IDENTIFIER = re.compile(r"[a-zA-Z_][a-zA-Z0-9_'-]*\Z")
_KEYWORDS = frozenset(("assert", "else", "if", "in", "inherit", "let", "or", "rec", "then", "with"))


def identifier(name: str) -> str:
    """An attribute name, quoted where Nix needs it."""
    if _IDENTIFIER.match(name) and name not in _KEYWORDS:
        return name
    return quoted(name)


def quoted(text: str) -> str:
    """A string of the language, on one line (`lib.strings.escapeNixString`)."""
    return json.string(text).replace("$", "\\$")


def render(value: Value, *, multiline: bool = True, indent: str = "") -> str:
    """The value; strings of several lines in two single quotes, derivations and functions as what they are."""
    value = force(value)
    before, after = ("\n" + indent + "  ", "\n" + indent) if multiline else (" ", " ")
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return json.float_text(value)
    if isinstance(value, str):
        return _string(value, multiline, before, after)
    if isinstance(value, PathValue):
        return value.text
    if isinstance(value, list | tuple):
        if not value:
            return "[ ]"
        inner = (render(element, multiline=multiline, indent=indent + "  ") for element in value)
        return "[" + before + before.join(inner) + after + "]"
    if isinstance(value, dict):
        if not value:
            return "{ }"
        if is_derivation(value):
            return f"<derivation {to_string(value.get('name', '???'))}>"
        if "__functor" in value:
            return "<function>"
        inner = (
            f"{identifier(name)} = {render(element, multiline=multiline, indent=indent + '  ')};"
            for name, element in items(value)
        )
        return "{" + before + before.join(inner) + after + "}"
    return "<function>"


def _string(text: str, multiline: bool, before: str, after: str) -> str:
    lines = text.split("\n")
    if multiline and len(lines) > 1:
        escaped = [line.replace("''", "\0").replace("${", "''${").replace("\0", "'''") for line in lines]
        last = after if not escaped[-1] else before + escaped[-1]
        return "''" + before + before.join(escaped[:-1]) + last + "''"
    singles = (line.replace("\\", "\\\\").replace('"', '\\"').replace("${", "\\${") for line in lines)
    return '"' + "\\n".join(singles) + '"'
