"""`lib.hm.gvariant`: home-manager's own GVariant values, which take integers as 32-bit ones."""

from __future__ import annotations

from home_manager.frontends.nix.lib.arguments import attribute, has, joined, list_of, select, string_of, to_string
from home_manager.frontends.nix.lib.gvariant import (
    ARRAY,
    BOOLEAN,
    PLAIN,
    STRING,
    TUPLE,
    constructors,
    enclosed,
    is_gvariant,
    maybe,
    type_names,
    typed,
    variant,
)
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.values import Builtin, Value
from home_manager.values.lazy import Delayed, force

VARIANT = typed(lambda code, value: joined("", [f"@{code} <", to_string(value), ">"]))
ENTRY = typed(enclosed("{", "}"))

topic = Topic()
topic.constant(
    "type",
    type_names(
        Builtin("dictionaryEntryOf", 1, lambda parts: f"{{{''.join([string_of(part) for part in list_of(parts)])}}}")
    ),
)
topic.function("isGVariant", 1)(is_gvariant)
constructors(topic)


def code_of(value: Value) -> str:
    """The type of a value, or nothing where it has none."""
    value = force(value)
    if isinstance(value, bool):
        return "b"
    if isinstance(value, int):
        return "i"
    if isinstance(value, float):
        return "d"
    if isinstance(value, str):
        return "s"
    if isinstance(value, list):
        inner = code_of(value[0]) if value else ""
        return "a" + inner if inner else ""
    return string_of(select(value, "type")) if has(value, "type") else ""


topic.function("typeOf", 1)(code_of)
for _name, _start in {"isArray": "a", "isDictionaryEntry": "{", "isMaybe": "m", "isTuple": "("}.items():
    topic.function(_name, 1)(lambda code, start=_start: string_of(code).startswith(start))


def gvariant(value: Value) -> Value:
    """The GVariant that is nearest to a value, or null."""
    value = force(value)
    if isinstance(value, bool):
        return variant("b", value, BOOLEAN)
    if isinstance(value, int):
        return variant("i", value, PLAIN)
    if isinstance(value, float):
        return variant("d", value, PLAIN)
    if isinstance(value, str):
        return variant("s", value, STRING)
    if isinstance(value, list):
        return array(code_of(value[0]) if value else "s", value)
    return value if attribute(value, "_type") == "gvariant" else None


def each(items: Value) -> list[Value]:
    return [gvariant(item) for item in list_of(items)]


def codes(values: list[Value]) -> str:
    return "".join([string_of(select(value, "type")) for value in values])


def array(code: Value, items: Value) -> Value:
    return variant(Delayed(lambda: "a" + string_of(code)), Delayed(lambda: each(items)), ARRAY)


topic.function("mkValue", 1)(gvariant)
topic.function("mkArray", 2)(array)
topic.function("mkEmptyArray", 1)(lambda code: array(code, []))
topic.function("mkVariant", 1)(lambda value: variant("v", Delayed(lambda: gvariant(value)), VARIANT))
topic.function("mkNothing", 1)(lambda code: maybe(code, None))


@topic.function("mkJust", 1)
def just(value: Value) -> Value:
    inner = gvariant(value)
    return maybe(select(inner, "type"), inner)


@topic.function("mkDictionaryEntry", 1)
def dictionary_entry(parts: Value) -> Value:
    values = each(parts)
    return variant(f"{{{codes(values)}}}", values, ENTRY)


@topic.function("mkTuple", 1)
def tuple_of(items: Value) -> Value:
    values = each(items)
    return variant(f"({codes(values)})", values, TUPLE)
