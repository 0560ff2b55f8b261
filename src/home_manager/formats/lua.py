"""Lua values: nixpkgs' `toLua`."""

from __future__ import annotations

import re

from home_manager.diagnostics import failure
from home_manager.formats import json
from home_manager.formats.plain import attrs_of, is_derivation, items, to_string, unsupported
from home_manager.values import Attrs, PathValue, Value
from home_manager.values.lazy import force

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*\Z")


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
    if isinstance(value, str | bool | int | float):
        return json.compact(value)
    if isinstance(value, PathValue) or is_derivation(value):
        return json.string(to_string(value))
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
            f"[{json.string(name)}] = {render(element, indent=inner, multiline=multiline)}"
            for name, element in items(value)
        )
        return "{" + before + f",{before}".join(fields) + after + "}"
    raise unsupported("Lua", "", value)
