"""Zsh values and definitions: the generators of `lib.hm.zsh`."""

from __future__ import annotations

from home_manager.formats import shell
from home_manager.formats.plain import attrs_of, escape_characters, items, to_string
from home_manager.values import Value
from home_manager.values.lazy import force

_escape = escape_characters("\\", '"', "`")


def value_text(value: Value) -> str:
    """A value: strings in double quotes that still expand variables, lists as arrays."""
    value = force(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{_escape(value)}"'
    if isinstance(value, list | tuple):
        return f"({shell.array_content(to_string(element) for element in value)})"
    return f'"{to_string(value)}"'


def define(name: str, value: Value) -> str:
    return f"{name}={value_text(value)}"


def define_all(variables: Value) -> str:
    """One definition a line, without a newline at the end."""
    attrs = attrs_of(variables, "Zsh variables")
    return "\n".join(define(name, value) for name, value in items(attrs))


def export(name: str, value: Value) -> str:
    return f"export {define(name, value)}"


def export_all(variables: Value, *, indent: str = "") -> str:
    """One export a line for the variables that are not null; all lines but the first begin with `indent`."""
    attrs = attrs_of(variables, "Zsh variables")
    return ("\n" + indent).join(export(name, value) for name, value in items(attrs) if value is not None)
