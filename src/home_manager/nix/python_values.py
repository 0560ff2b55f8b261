"""Between values of the language and plain Python data."""

from __future__ import annotations

from collections.abc import Mapping

from home_manager.nix.errors import stack_overflow, type_error
from home_manager.nix.printer import show_type
from home_manager.values import Attrs, Function, PathValue, Value
from home_manager.values.lazy import Lazy

_DEEPEST = 10_000


def from_python(data: object) -> Value:
    """Mappings become attribute sets and sequences lists, all the way down; the rest stays as it is."""
    if isinstance(data, Attrs):
        return data
    if isinstance(data, Mapping):
        return Attrs({str(name): from_python(value) for name, value in data.items()})
    if isinstance(data, (list, tuple)):
        return [from_python(value) for value in data]
    return data


def to_python(value: Value, depth: int = 0) -> object:
    """The value completely computed, of dicts, lists and scalars; paths become their text, functions are refused."""
    while isinstance(value, Lazy):
        value = value.force()
    if depth > _DEEPEST:
        raise stack_overflow()
    if isinstance(value, dict):
        return {name: to_python(item, depth + 1) for name, item in value.items()}
    if isinstance(value, list):
        return [to_python(item, depth + 1) for item in value]
    if isinstance(value, PathValue):
        return value.text
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, Function):
        raise type_error(f"cannot convert {show_type(value)} to data")
    return value
