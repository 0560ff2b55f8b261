"""Dhall values: nixpkgs' `toDhall`."""

from __future__ import annotations

from home_manager.formats import json
from home_manager.formats.plain import attribute_path, is_derivation, items, unsupported
from home_manager.values import Function, Value
from home_manager.values.lazy import force


def render(value: Value, path: str = "") -> str:
    """The value on one line; integers are of Dhall's type `Integer`, never `Natural`."""
    value = force(value)
    if isinstance(value, dict) and not is_derivation(value):
        fields = (f"{name} = {render(element, attribute_path(path, name))}" for name, element in items(value))
        return "{ " + ", ".join(fields) + " }"
    if isinstance(value, list | tuple):
        return "[ " + ", ".join(render(element, f"{path}[{index}]") for index, element in enumerate(value)) + " ]"
    if isinstance(value, bool):
        return "True" if value else "False"
    if isinstance(value, int):
        return f"{value:+d}"
    if value is None or isinstance(value, Function):
        raise unsupported("Dhall", path, value)
    return json.compact(value)
