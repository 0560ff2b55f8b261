"""rofi's configuration and theme language, rasi."""

from __future__ import annotations

from home_manager.formats.plain import attribute_path, attrs_of, between_quotes, items, to_string, unsupported
from home_manager.values import Attrs, Value
from home_manager.values.lazy import force


def literal(text: str) -> Attrs:
    """A value that is written as it is, without quotes (`mkLiteral`)."""
    return Attrs({"_type": "literal", "value": text})


def _is_literal(value: Value) -> bool:
    return isinstance(value, dict) and force(value.get("_type")) == "literal"


def _is_section(value: Value) -> bool:
    return isinstance(value, dict) and not _is_literal(value)


def render(value: Value) -> str:
    """`@theme` and `@import` lines first, then sections; settings in a section that are null are left out."""
    attrs = attrs_of(value, "a rasi file")
    entries = list(items(attrs))
    ordered = [entry for first in ("@theme", "@import") for entry in entries if entry[0] == first]
    ordered += [entry for entry in entries if entry[0] not in ("@theme", "@import")]
    return "\n".join(_top(name, setting) for name, setting in ordered)


def _top(name: str, value: Value) -> str:
    if isinstance(value, dict) and _is_section(value):
        return f"{name} {{\n{_settings(value, name)}\n}}\n"
    return f"{name} {_value(value, name)}\n"


def _settings(section: dict[str, Value], path: str) -> str:
    lines: list[str] = []
    for name, value in items(section):
        inner = attribute_path(path, name)
        if isinstance(value, dict) and _is_section(value):
            lines.append(f"{name} {{\n{_settings(value, inner)}\n}}")
        elif value is not None:
            lines.append(f"{name}: {_value(value, inner)};")
    return "\n".join(lines)


def _value(value: Value, path: str) -> str:
    value = force(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict) and _is_literal(value):
        return to_string(value["value"])
    if isinstance(value, str):
        return between_quotes(value)
    if isinstance(value, list | tuple):
        return "[ " + ",".join(_value(element, f"{path}[{index}]") for index, element in enumerate(value)) + " ]"
    raise unsupported("a rasi file", path, value)
