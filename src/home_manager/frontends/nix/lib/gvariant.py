"""`lib.gvariant`: values of GLib's GVariant, and their text form, as dconf reads it."""

from __future__ import annotations

from collections.abc import Callable

from home_manager.frontends.nix.lib.arguments import (
    equal,
    flag_of,
    joined,
    list_of,
    select,
    string_of,
    to_string,
    type_name,
    with_context,
)
from home_manager.frontends.nix.lib.options import is_tagged
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.errors import throw
from home_manager.values import Attrs, Builtin, Value
from home_manager.values.lazy import Delayed, force

SCALARS = {
    "string": "s", "boolean": "b", "uchar": "y", "int16": "n", "uint16": "q", "int32": "i", "uint32": "u",
    "int64": "x", "uint64": "t", "double": "d", "variant": "v",
}  # fmt: skip
INTEGERS: tuple[tuple[str, str, int | None, int | None], ...] = (
    ("mkInt32", "i", -(2**31), 2**31 - 1),
    ("mkUint32", "u", 0, 2**32 - 1),
    ("mkInt64", "x", None, None),
    ("mkUint64", "t", 0, None),
    ("mkInt16", "n", -(2**15), 2**15 - 1),
    ("mkUint16", "q", 0, 2**16 - 1),
    ("mkUchar", "y", 0, 255),
)

topic = Topic()


def type_names(dictionary_entry: Builtin) -> Attrs:
    """`type`: the codes of GVariant's types."""
    types = Attrs(SCALARS)
    types["arrayOf"] = Builtin("arrayOf", 1, lambda inner: "a" + string_of(inner))
    types["maybeOf"] = Builtin("maybeOf", 1, lambda inner: "m" + string_of(inner))
    types["tupleOf"] = Builtin("tupleOf", 1, lambda parts: f"({''.join([string_of(p) for p in list_of(parts)])})")
    types["dictionaryEntryOf"] = dictionary_entry
    return types


topic.constant(
    "type",
    type_names(
        Builtin("dictionaryEntryOf", 2, lambda name, value: f"{{{string_of(name)}{string_of(value)}}}"),
    ),
)


def typed(text: Callable[[str, Value], str]) -> Builtin:
    """A `__toString` that is given the type and the value."""

    def run(self: Value) -> Value:
        return text(string_of(select(self, "type")), select(self, "value"))

    return Builtin("__toString", 1, run)


def marked(code: str, value: Value) -> str:
    text = to_string(value)
    return with_context(f"@{code} {text}", text)


def enclosed(opening: str, closing: str) -> Callable[[str, Value], str]:
    """Elements in brackets, after the type."""

    def run(code: str, value: Value) -> str:
        return joined("", [f"@{code} {opening}", joined(",", [to_string(item) for item in list_of(value)]), closing])

    return run


def maybe_text(code: str, value: Value) -> str:
    return f"@{code} nothing" if force(value) is None else joined("", ["just ", to_string(value)])


def string_text(code: str, value: Value) -> str:
    text = string_of(value)
    return with_context("'" + text.translate({39: "\\'", 92: "\\\\", 10: "\\n"}) + "'", text)


def object_path_text(code: str, value: Value) -> str:
    text = string_of(value)
    return with_context("objectpath '" + text.replace("'", "\\'") + "'", text)


MARKED = typed(marked)
PLAIN = typed(lambda code, value: to_string(value))
BOOLEAN = typed(lambda code, value: "true" if flag_of(value) else "false")
STRING = typed(string_text)
OBJECT_PATH = typed(object_path_text)
ARRAY = typed(enclosed("[", "]"))
TUPLE = typed(enclosed("(", ")"))
MAYBE = typed(maybe_text)
VARIANT = typed(lambda code, value: joined("", ["<", to_string(value), ">"]))


def variant(code: Value, value: Value, show: Builtin = MARKED) -> Attrs:
    """A GVariant: its type, its value and how it is written."""
    return Attrs({"_type": "gvariant", "type": code, "value": value, "__toString": show})


def is_gvariant(value: Value) -> bool:
    return is_tagged(value, "gvariant")


topic.function("isGVariant", 1)(is_gvariant)


def constructors(into: Topic) -> None:
    """What both dialects have in common."""
    into.function("mkBoolean", 1)(lambda value: variant("b", value, BOOLEAN))
    into.function("mkString", 1)(lambda value: variant("s", value, STRING))
    into.function("mkObjectpath", 1)(lambda value: variant("s", value, OBJECT_PATH))
    into.function("mkInt32", 1)(lambda value: variant("i", value, PLAIN))
    into.function("mkDouble", 1)(lambda value: variant("d", value, PLAIN))
    for name, code, _, _ in INTEGERS:
        if name != "mkInt32":
            into.function(name, 1)(lambda value, code=code: variant(code, value))


constructors(topic)
topic.constant(
    "intConstructors",
    [Attrs({"name": name, "type": code, "min": low, "max": high}) for name, code, low, high in INTEGERS],
)


def gvariant(value: Value) -> Attrs:
    """The GVariant for a value whose type says which one; integers do not."""
    value = force(value)
    if isinstance(value, bool):
        return variant("b", value, BOOLEAN)
    if isinstance(value, float):
        return variant("d", value, PLAIN)
    if isinstance(value, str):
        return variant("s", value, STRING)
    if isinstance(value, list):
        return array(value)
    if is_gvariant(value):
        return value  # type: ignore[return-value]
    if isinstance(value, int):
        fitting = [
            f"- `lib.gvariant.{name}` for `{code}`"
            for name, code, low, high in INTEGERS
            if (low is None or low <= value) and (high is None or value <= high)
        ]
        raise throw(
            f"The GVariant type for number “{value}” is unclear.\n"
            "Please wrap the value with one of the following, depending on the value type in GSettings schema:\n\n"
            + "\n".join(fitting)
            + "\n"
        )
    if isinstance(value, dict):
        raise throw(
            "Cannot construct GVariant value from an attribute set. If you want to construct a dictionary, you will "
            "need to create an array containing items constructed with `lib.gvariant.mkDictionaryEntry`."
        )
    raise throw(f"The GVariant type of “{type_name(value)}” can't be inferred.")


topic.function("mkValue", 1)(gvariant)


def array(items: Value) -> Attrs:
    values = [gvariant(item) for item in list_of(items)]
    if not values:
        raise throw("Please create empty array with mkEmptyArray.")
    code = string_of(values[0]["type"])
    if not all([equal(value["type"], code) for value in values]):
        raise throw("Elements in a list should have same type.")
    return variant("a" + code, values, ARRAY)


topic.function("mkArray", 1)(array)
topic.function("mkEmptyArray", 1)(lambda code: variant("a" + string_of(code), [], ARRAY))
topic.function("mkVariant", 1)(lambda value: variant("v", Delayed(lambda: gvariant(value)), VARIANT))


@topic.function("mkDictionaryEntry", 2)
def dictionary_entry(name: Value, value: Value) -> Value:
    first, second = gvariant(name), gvariant(value)
    code = f"{{{string_of(first['type'])}{string_of(second['type'])}}}"

    def show(self: Value) -> Value:
        return joined("", [f"@{string_of(select(self, 'type'))} {{", to_string(first), ",", to_string(second), "}"])

    return variant(code, Attrs({"name": name, "value": value}), Builtin("__toString", 1, show))


def maybe(code: Value, value: Value) -> Attrs:
    return variant(Delayed(lambda: "m" + string_of(code)), value, MAYBE)


topic.function("mkMaybe", 2)(maybe)
topic.function("mkNothing", 1)(lambda code: maybe(code, None))


@topic.function("mkJust", 1)
def just(value: Value) -> Value:
    inner = gvariant(value)
    return maybe(inner["type"], inner)


@topic.function("mkTuple", 1)
def tuple_of(items: Value) -> Value:
    values = [gvariant(item) for item in list_of(items)]
    return variant(f"({''.join([string_of(value['type']) for value in values])})", values, TUPLE)
