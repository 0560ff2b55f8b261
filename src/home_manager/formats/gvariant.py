"""GVariant values in their text form, as `lib.hm.gvariant` makes them, and the key files of dconf.

A value is an attribute set `{ _type = "gvariant"; type; value; __toString }`, where `type` is GVariant's type string.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from home_manager.diagnostics import failure
from home_manager.formats import ini
from home_manager.formats.plain import attrs_of, elements_of, escape_characters, kind, to_string
from home_manager.values import Attrs, Builtin, Value
from home_manager.values.lazy import force

STRING, BOOLEAN, UCHAR = "s", "b", "y"
INT16, UINT16, INT32, UINT32, INT64, UINT64 = "n", "q", "i", "u", "x", "t"
DOUBLE, VARIANT = "d", "v"

_escape_string = escape_characters("'", "\\")
_escape_path = escape_characters("'")


def is_gvariant(value: Value) -> bool:
    value = force(value)
    return isinstance(value, dict) and force(value.get("_type")) == "gvariant"


def type_of(value: Value) -> str:
    """The type string of a value; empty where none can be found, as for an empty list."""
    value = force(value)
    if isinstance(value, bool):
        return BOOLEAN
    if isinstance(value, int):
        return INT32
    if isinstance(value, float):
        return DOUBLE
    if isinstance(value, str):
        return STRING
    if isinstance(value, list | tuple):
        element = type_of(value[0]) if value else ""
        return "a" + element if element else ""
    if isinstance(value, dict) and "type" in value:
        return to_string(value["type"])
    return ""


def _make(type_string: str, value: Value, text: Callable[[dict[str, Value]], str]) -> Attrs:
    def to_text(itself: Value) -> Value:
        return text(attrs_of(itself, "GVariant"))

    return Attrs(
        {"_type": "gvariant", "type": type_string, "value": value, "__toString": Builtin("__toString", 1, to_text)}
    )


def _typed(itself: dict[str, Value]) -> str:
    return f"@{to_string(itself['type'])} {to_string(itself['value'])}"


def _bare(itself: dict[str, Value]) -> str:
    return to_string(itself["value"])


def _elements(itself: dict[str, Value]) -> str:
    return ",".join(_text(element) for element in elements_of(itself["value"], "a GVariant array"))


def _text(made: Value) -> str:
    """The text of a GVariant value; one whose `__toString` is written in Nix is told by its type."""
    attrs = attrs_of(made, "GVariant")
    convert = force(attrs.get("__toString"))
    if isinstance(convert, Builtin):
        return to_string(attrs)
    of_type = to_string(attrs["type"])
    content = attrs["value"]
    match of_type[0]:
        case "s":
            return _string_text(content)
        case "b":
            return "true" if force(content) else "false"
        case "i" | "d":
            return to_string(content)
        case "a":
            return f"@{of_type} [{_elements(attrs)}]"
        case "(":
            return f"@{of_type} ({_elements(attrs)})"
        case "{":
            return f"@{of_type} {{{_elements(attrs)}}}"
        case "v":
            return f"@v <{_text(content)}>"
        case "m":
            return f"@{of_type} nothing" if force(content) is None else f"just {_text(content)}"
    return f"@{of_type} {to_string(content)}"


def _string_text(content: Value) -> str:
    return "'" + _escape_string(to_string(content)).replace("\n", "\\n") + "'"


def value(raw: Value) -> Attrs | None:
    """The GVariant value that fits a Nix value best, or `None` where there is none."""
    raw = force(raw)
    if isinstance(raw, bool):
        return boolean(raw)
    if isinstance(raw, int):
        return int32(raw)
    if isinstance(raw, float):
        return double(raw)
    if isinstance(raw, str):
        return string(raw)
    if isinstance(raw, list | tuple):
        return array(type_of(raw[0]), raw) if raw else array(STRING, [])
    if isinstance(raw, Attrs) and is_gvariant(raw):
        return raw
    return Attrs(raw) if isinstance(raw, dict) and is_gvariant(raw) else None


def _value(raw: Value) -> Attrs:
    made = value(raw)
    if made is None:
        raise failure(
            "format-unsupported-value",
            f"dconf can not hold {kind(force(raw))}",
            hints=("wrap it with a function of `lib.hm.gvariant`",),
        )
    return made


def array(element_type: str, elements: Iterable[Value]) -> Attrs:
    return _make(
        "a" + element_type, [_value(e) for e in elements], lambda v: f"@{to_string(v['type'])} [{_elements(v)}]"
    )


def empty_array(element_type: str) -> Attrs:
    return array(element_type, [])


def variant(element: Value) -> Attrs:
    return _make(VARIANT, _value(element), lambda v: f"@{VARIANT} <{_text(v['value'])}>")


def dictionary_entry(elements: Iterable[Value]) -> Attrs:
    """One entry of a dictionary from its key and value; a dictionary is an array of them."""
    pair = [_value(element) for element in elements]
    types = "".join(to_string(element["type"]) for element in pair)
    return _make("{" + types + "}", pair, lambda v: f"@{to_string(v['type'])} {{{_elements(v)}}}")


def maybe(element_type: str, element: Value) -> Attrs:
    def text(itself: dict[str, Value]) -> str:
        content = force(itself["value"])
        return f"@{to_string(itself['type'])} nothing" if content is None else f"just {_text(content)}"

    return _make("m" + element_type, element, text)


def nothing(element_type: str) -> Attrs:
    return maybe(element_type, None)


def just(element: Value) -> Attrs:
    made = _value(element)
    return maybe(to_string(made["type"]), made)


def tuple_of(elements: Iterable[Value]) -> Attrs:
    made = [_value(element) for element in elements]
    types = "".join(to_string(element["type"]) for element in made)
    return _make(f"({types})", made, lambda v: f"@{to_string(v['type'])} ({_elements(v)})")


def boolean(raw: Value) -> Attrs:
    return _make(BOOLEAN, raw, lambda v: "true" if force(v["value"]) else "false")


def string(raw: Value) -> Attrs:
    return _make(STRING, raw, lambda v: _string_text(v["value"]))


def object_path(raw: Value) -> Attrs:
    return _make(STRING, raw, lambda v: f"objectpath '{_escape_path(to_string(v['value']))}'")


def uchar(raw: Value) -> Attrs:
    return _make(UCHAR, raw, _typed)


def int16(raw: Value) -> Attrs:
    return _make(INT16, raw, _typed)


def uint16(raw: Value) -> Attrs:
    return _make(UINT16, raw, _typed)


def int32(raw: Value) -> Attrs:
    return _make(INT32, raw, _bare)


def uint32(raw: Value) -> Attrs:
    return _make(UINT32, raw, _typed)


def int64(raw: Value) -> Attrs:
    return _make(INT64, raw, _typed)


def uint64(raw: Value) -> Attrs:
    return _make(UINT64, raw, _typed)


def double(raw: Value) -> Attrs:
    return _make(DOUBLE, raw, _bare)


def text(raw: Value) -> str:
    """The text form of a value, as `dconf write` and key files take it."""
    return _text(_value(raw))


def render(value: Value) -> str:
    """A dconf key file: sections are directories, values are in GVariant's text form."""
    return ini.render(value, mk_key_value=lambda key, setting: f"{key}={text(setting)}")
