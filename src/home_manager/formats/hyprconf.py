"""Hyprland's configuration language: `lib.hm.generators.toHyprconf`."""

from __future__ import annotations

from collections.abc import Sequence

from home_manager.formats import keyvalue
from home_manager.formats.plain import attrs_of, is_attrs, is_derivation, items
from home_manager.values import Value
from home_manager.values.lazy import force


def render(value: Value, *, indent_level: int = 0, important_prefixes: Sequence[str] = ("$",)) -> str:
    """Fields with an important prefix, then sections and lists (one entry an element), then the other fields."""
    attrs = attrs_of(value, "a Hyprland configuration")
    return _block("  " * indent_level, attrs, tuple(important_prefixes))


def _is_section(value: Value) -> bool:
    return isinstance(value, list | tuple) or (is_attrs(value) and not is_derivation(value))


def _block(indent: str, attrs: dict[str, Value], important: tuple[str, ...]) -> str:
    first: dict[str, Value] = {}
    sections: list[str] = []
    last: dict[str, Value] = {}
    for name, value in items(attrs):
        if name.startswith(important):
            first[name] = value
        elif _is_section(value):
            sections.append(_section(indent, name, value, important))
        else:
            last[name] = value
    return _fields(indent, first) + "\n".join(sections) + _fields(indent, last)


def _fields(indent: str, fields: dict[str, Value]) -> str:
    return keyvalue.render(fields, lists_as_duplicate_keys=True, indent=indent)


def _section(indent: str, name: str, value: Value, important: tuple[str, ...]) -> str:
    value = force(value)
    if isinstance(value, list | tuple):
        elements = [force(element) for element in value]
        separator = "\n" if all(is_attrs(element) for element in elements) else ""
        return separator.join(_section(indent, name, element, important) for element in elements)
    if is_attrs(value) and not is_derivation(value):
        return f"{indent}{name} {{\n{_block(indent + '  ', value, important)}{indent}}}\n"
    return _block(indent, {name: value}, important)
