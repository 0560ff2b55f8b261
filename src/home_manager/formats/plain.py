"""Values as renderers see them: forced, with derivations as their paths, and the two ways in which Nix writes scalars.

`plain` gives the data that `builtins.toJSON` would give; `to_string` is `builtins.toString`; `value_string` is nixpkgs'
`mkValueStringDefault`, the default of the INI family.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeGuard

from home_manager.diagnostics import Failure, failure
from home_manager.values import Attrs, Builtin, Function, PathValue, Value
from home_manager.values.lazy import force

Plain = bool | int | float | str | list["Plain"] | dict[str, "Plain"] | None
"""Data of JSON; the keys of a `dict` are in the order in which they shall be written."""

ValueString = Callable[[Value], str]
"""How a value is written; the argument has been forced."""

KeyValue = Callable[[str, Value], str]
"""How a setting is written, without the line's end; the value has been forced."""

_OPEN_QUOTE = re.compile(r'(?<!\\)(?:\\\\)*(?=")')
"""What is before a quote that no backslash escapes."""

_INTEGER_RANGE = range(-(2**63), 2**63)


def kind(value: Value) -> str:
    """What a forced value is, in words for a message."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, int):
        return "an integer"
    if isinstance(value, float):
        return "a float"
    if isinstance(value, str):
        return "a string"
    if isinstance(value, PathValue):
        return "a path"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, dict):
        return "an attribute set"
    return "a function" if isinstance(value, Function) else f"a value of type `{type(value).__name__}`"


def unsupported(format_name: str, path: str, value: Value, hint: str = "") -> Failure:
    """The failure for a value that a format has no way to write."""
    place = f" at `{path}`" if path else ""
    return failure(
        "format-unsupported-value",
        f"{format_name} can not hold {kind(value)}{place}",
        hints=(hint,) if hint else (),
    )


def is_attrs(value: Value) -> TypeGuard[dict[str, Value]]:
    return isinstance(value, dict)


def attrs_of(value: Value, format_name: str, hint: str = "give an attribute set", path: str = "") -> dict[str, Value]:
    """The value forced, which must be an attribute set."""
    value = force(value)
    if not isinstance(value, dict):
        raise unsupported(format_name, path, value, hint)
    return value


def elements_of(value: Value, format_name: str, hint: str = "give a list", path: str = "") -> list[Value]:
    """The elements, forced, of a value that must be a list."""
    value = force(value)
    if not isinstance(value, list | tuple):
        raise unsupported(format_name, path, value, hint)
    return [force(element) for element in value]


def is_derivation(value: Value) -> TypeGuard[dict[str, Value]]:
    """Whether a forced value is a package or another derivation."""
    return isinstance(value, dict) and force(value.get("type")) == "derivation"


class Ordered(Attrs):
    """An attribute set whose order means something, as that of sorted entries of a DAG; renderers keep it."""

    __slots__ = ()


def names(attrs: dict[str, Value]) -> Iterable[str]:
    """The names in the order in which they are written: Nix's, but for `Ordered`."""
    return list(attrs) if isinstance(attrs, Ordered) else sorted(attrs)


def items(attrs: dict[str, Value]) -> Iterator[tuple[str, Value]]:
    """The attributes in the order of `names`, the values forced one by one."""
    for name in names(attrs):
        yield name, force(attrs[name])


_WORD = re.compile("[A-Za-z_][A-Za-z0-9_'-]*")


def attribute_path(path: str, name: str) -> str:
    """The path of an attribute as it is written in Nix."""
    step = name if _WORD.fullmatch(name) else '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{path}.{step}" if path else step


def string_of(value: dict[str, Value]) -> str | None:
    """The string that an attribute set stands for: what its `__toString` gives, or its `outPath`."""
    convert = force(value.get("__toString"))
    if isinstance(convert, Builtin):
        return to_string(convert.run(*convert.arguments, value))
    if convert is None and "outPath" in value:
        return to_string(value["outPath"])
    return None


def plain(value: Value, format_name: str = "JSON", path: str = "") -> Plain:
    """The value as JSON data: forced throughout, attributes sorted, derivations and paths as strings."""
    value = force(value)
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, PathValue):
        return value.text
    if isinstance(value, list | tuple):
        return [plain(element, format_name, f"{path}[{index}]") for index, element in enumerate(value)]
    if isinstance(value, dict):
        text = string_of(value)
        if text is not None:
            return text
        return {name: plain(value[name], format_name, attribute_path(path, name)) for name in names(value)}
    raise unsupported(format_name, path, value)


def float_text(number: float) -> str:
    """A float as `toString` gives it: six digits after the point."""
    if number != number:
        return "nan"
    if number in (float("inf"), float("-inf")):
        return "inf" if number > 0 else "-inf"
    return f"{number:.6f}"


def to_string(value: Value) -> str:
    """`builtins.toString`: true is "1", false and null are empty, elements of lists are joined by spaces."""
    value = force(value)
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return float_text(value)
    if isinstance(value, PathValue):
        return value.text
    if isinstance(value, list | tuple):
        return _join(list(value))
    if isinstance(value, dict):
        text = string_of(value)
        if text is not None:
            return text
    raise failure("format-not-a-string", f"{kind(value)} can not be written as a string")


def _join(elements: list[Value]) -> str:
    out = ""
    last = len(elements) - 1
    for index, element in enumerate(elements):
        element = force(element)
        out += to_string(element)
        # Nix puts no space after an empty list, though it does after an empty string.
        if index < last and element != []:
            out += " "
    return out


def value_string(value: Value) -> str:
    """nixpkgs' default for values in INI and key-value files: words, not quoted; lists and sets have no default."""
    value = force(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int | float | PathValue) or is_derivation(value):
        return to_string(value)
    raise failure(
        "format-unsupported-value",
        f"{kind(value)} has no default form in a file of keys and values",
        hints=("give one text, or tell the format how to write such values",),
    )


def key_value(separator: str = "=", mk_value_string: ValueString = value_string) -> KeyValue:
    """nixpkgs' `mkKeyValueDefault`: the key, with the separator escaped in it, the separator and the value."""
    escaped = escape_characters(separator)

    def line(key: str, value: Value) -> str:
        return escaped(key) + separator + mk_value_string(force(value))

    return line


def escape_characters(*patterns: str) -> Callable[[str], str]:
    """A function that puts a backslash before each of the patterns."""

    def escape(text: str) -> str:
        return "".join(_escaped(text, patterns))

    return escape


def _escaped(text: str, patterns: tuple[str, ...]) -> Iterator[str]:
    at = 0
    while at < len(text):
        for pattern in patterns:
            if pattern and text.startswith(pattern, at):
                yield "\\" + pattern
                at += len(pattern)
                break
        else:
            yield text[at]
            at += 1


def between_quotes(text: str) -> str:
    """`text` between double quotes; a quote in it is escaped unless it already is."""
    escaped = _OPEN_QUOTE.sub(lambda before: before[0] + "\\", text)
    return f'"{escaped}"'


def as_bool_text(value: Value) -> str:
    """`to_string` with booleans as `true` and `false`."""
    value = force(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return to_string(value)


def yes_no(value: Value) -> str:
    """A boolean as `yes` or `no`."""
    return "yes" if force(value) else "no"


__all__ = [
    "KeyValue",
    "Ordered",
    "Plain",
    "ValueString",
    "as_bool_text",
    "attribute_path",
    "attrs_of",
    "elements_of",
    "escape_characters",
    "float_text",
    "is_attrs",
    "is_derivation",
    "items",
    "key_value",
    "kind",
    "names",
    "plain",
    "string_of",
    "to_string",
    "unsupported",
    "value_string",
    "yes_no",
]
