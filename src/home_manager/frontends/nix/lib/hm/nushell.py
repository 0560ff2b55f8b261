"""`lib.hm.nushell`: values as Nushell code."""

from __future__ import annotations

import re

from home_manager.frontends.nix.lib.arguments import (
    attrs_of,
    flag_of,
    joined,
    string_of,
    to_json,
    to_string,
    type_name,
)
from home_manager.frontends.nix.lib.attrsets import is_derivation
from home_manager.frontends.nix.lib.options import check_arguments, is_tagged
from home_manager.frontends.nix.lib.pretty import Style, pretty
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.errors import throw
from home_manager.values import Attrs, Value
from home_manager.values.lazy import force

VARIABLE = re.compile(r"[$]?[^.\[({+\-*^/=!<>&|]+")

topic = Topic()
topic.function("mkNushellInline", 1)(lambda code: Attrs({"_type": "nushell-inline", "expr": code}))
topic.function("isNushellInline", 1)(lambda value: is_tagged(value, "nushell-inline"))


def nushell(value: Value, multiline: bool, indent: str) -> str:
    """A value as a Nushell expression."""
    value = force(value)
    if value is None:
        return "null"
    if isinstance(value, (bool, int, float, str)):
        return to_json(value)
    inner = indent + "    "
    before, after = (f"\n{inner}", f"\n{indent}") if multiline else (" ", " ")
    if isinstance(value, list):
        items = [nushell(item, multiline, inner) for item in value]
        return joined("", ["[", before, joined(before, items), after, "]"]) if items else "[]"
    if not isinstance(value, dict):
        raise throw(f"nushell.toNushell: type {type_name(value)} is unsupported")
    if is_tagged(value, "nushell-inline"):
        return joined("", ["(", string_of(value["expr"]), ")"])
    if is_derivation(value):
        return to_string(value)
    items = [joined("", [f"{to_json(name)}: ", nushell(value[name], multiline, inner)]) for name in sorted(value)]
    return joined("", ["{", before, joined(before, items), after, "}"]) if items else "{}"


@topic.function("toNushell", 2)
def to_nushell(arguments: Value, value: Value) -> Value:
    given = attrs_of(arguments)
    check_arguments("toNushell", given, frozenset(("indent", "multiline", "asBindings")))
    multiline, indent = flag_of(given.get("multiline", True)), string_of(given.get("indent", ""))
    if not flag_of(given.get("asBindings", False)):
        return nushell(value, multiline, indent)
    source = attrs_of(value)
    wrong: list[Value] = [name for name in sorted(source) if not VARIABLE.fullmatch(name)]
    if wrong:
        raise throw(f"Bad Nushell variable names: {pretty(wrong, Style())}")
    lines = [
        joined("", [f"{indent}let {name} = ", nushell(source[name], multiline, indent), "\n"])
        for name in sorted(source)
    ]
    return joined("", lines)
