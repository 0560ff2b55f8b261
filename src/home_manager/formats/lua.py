"""Lua values: nixpkgs' `toLua`."""

from __future__ import annotations

import re

from home_manager.diagnostics import failure
from home_manager.formats import json
from home_manager.formats.plain import attrs_of, is_derivation, items, to_string, unsupported
from home_manager.values import Attrs, PathValue, Value
from home_manager.values.lazy import force

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*\Z")


_CONTROL = re.compile(r"((?:^|[^\\])(?:\\\\)*)\\u00([0-9a-f]{2})")


def string(text: str) -> str:
    """A text in double quotes. As in JSON, but that control characters are numbered as every Lua reads it."""

    def number(found: re.Match[str]) -> str:
        return f"{found[1]}\\{int(found[2], 16):03}"

    # Twice, since of two that follow each other the first look finds one.
    return _CONTROL.sub(number, _CONTROL.sub(number, json.string(text)))


def inline(expression: str) -> Attrs:
    """A Lua expression, to be written as it is in parentheses (`lib.mkLuaInline`)."""
    return Attrs({"_type": "lua-inline", "expr": expression})


def render(value: Value, *, indent: str = "", multiline: bool = True, as_bindings: bool = False) -> str:
    """The value as an expression, without a newline at the end; with `as_bindings` one assignment an attribute."""
    value = force(value)
    if as_bindings:
        value = attrs_of(value, "Lua bindings")
        bad = [name for name in sorted(value) if not _NAME.match(name)]
        if bad:
            raise failure("format-invalid-name", f"`{bad[0]}` can not be the name of a Lua variable")
        return "".join(
            f"{indent}{name} = {render(element, indent=indent, multiline=multiline)}\n"
            for name, element in items(value)
        )
    if value is None:
        return "nil"
    if isinstance(value, str):
        return string(value)
    if isinstance(value, bool | int | float):
        return json.compact(value)
    if isinstance(value, PathValue) or is_derivation(value):
        return string(to_string(value))
    inner = indent + "  "
    before, after = ("\n" + inner, "\n" + indent) if multiline else (" ", " ")
    if isinstance(value, list | tuple):
        if not value:
            return "{}"
        return (
            "{" + before + f",{before}".join(render(v, indent=inner, multiline=multiline) for v in value) + after + "}"
        )
    if isinstance(value, dict):
        if force(value.get("_type")) == "lua-inline":
            return f"({force(value['expr'])})"
        if not value:
            return "{}"
        fields = (
            f"[{string(name)}] = {render(element, indent=inner, multiline=multiline)}" for name, element in items(value)
        )
        return "{" + before + f",{before}".join(fields) + after + "}"
    raise unsupported("Lua", "", value)
