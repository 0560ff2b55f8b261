"""`nix.conf`: the settings of the Nix package manager, and registries of the same `key = value` shape."""

from __future__ import annotations

from home_manager.formats.plain import attrs_of, escape_characters, items, to_string
from home_manager.values import Value
from home_manager.values.lazy import force

_escape_key = escape_characters("=")


def value_text(value: Value) -> str:
    """A value: booleans as words, null as nothing, the elements of a list joined by spaces."""
    value = force(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return " ".join(value_text(element) for element in value)
    return to_string(value)


def render(value: Value, *, extra: str = "") -> str:
    """All settings, those that begin with `extra-` after the others, since they add to them; then `extra` as it is."""
    settings = attrs_of(value, "nix.conf", "give an attribute set of settings")
    lines = [(name, f"{_escape_key(name)} = {value_text(setting)}") for name, setting in items(settings)]
    plain_lines = "\n".join(line for name, line in lines if not name.startswith("extra-"))
    extra_lines = "\n".join(line for name, line in lines if name.startswith("extra-"))
    return f"{plain_lines}\n{extra_lines}\n{extra}\n"
