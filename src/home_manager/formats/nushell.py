"""Nushell values: `lib.hm.nushell.toNushell`."""

from __future__ import annotations

import re

from home_manager.diagnostics import failure
from home_manager.formats import json
from home_manager.formats.plain import attrs_of, is_derivation, items, to_string, unsupported
from home_manager.values import Attrs, Value
from home_manager.values.lazy import force

_NAME = re.compile(r"\$?[^.\[({+\-*^/=!<>&|]+\Z")


_MEMBER = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")
_CONTROL = re.compile(r"((?:^|[^\\])(?:\\\\)*)\\u([0-9a-f]{4})")


def string(text: str) -> str:
    """A text in double quotes. As in JSON, but that numbers of characters stand in braces."""
    return _CONTROL.sub(r"\1\\u{\2}", _CONTROL.sub(r"\1\\u{\2}", json.string(text)))


def member(name: str) -> str:
    """One part of a path such as `$env.config.a`: as it is, or in quotes where it is no plain word."""
    return name if _MEMBER.match(name) else string(name)


def inline(expression: str) -> Attrs:
    """An expression of the language, to be written as it is."""
    return Attrs({"_type": "nushell-inline", "expr": expression})


def render(value: Value, *, indent: str = "", multiline: bool = True, as_bindings: bool = False) -> str:
    """The value as an expression; with `as_bindings` one `let` a line for each attribute."""
    value = force(value)
    if as_bindings:
        value = attrs_of(value, "Nushell bindings")
        bad = [name for name in sorted(value) if not _NAME.match(name)]
        if bad:
            raise failure("format-invalid-name", f"`{bad[0]}` can not be the name of a Nushell variable")
        return "".join(
            f"{indent}let {name} = {render(element, indent=indent, multiline=multiline)}\n"
            for name, element in items(value)
        )
    if value is None:
        return "null"
    if isinstance(value, str):
        return string(value)
    if isinstance(value, bool | int | float):
        return json.compact(value)
    inner = indent + "    "
    before, after = ("\n" + inner, "\n" + indent) if multiline else (" ", " ")
    if isinstance(value, list | tuple):
        if not value:
            return "[]"
        return "[" + before + before.join(render(v, indent=inner, multiline=multiline) for v in value) + after + "]"
    if isinstance(value, dict):
        if force(value.get("_type")) == "nushell-inline":
            return f"({force(value['expr'])})"
        if is_derivation(value):
            return to_string(value)
        if not value:
            return "{}"
        fields = (
            f"{string(name)}: {render(element, indent=inner, multiline=multiline)}" for name, element in items(value)
        )
        return "{" + before + before.join(fields) + after + "}"
    raise unsupported("Nushell", "", value)
