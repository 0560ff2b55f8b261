"""Files of keys and values, one setting a line: nixpkgs' `toKeyValue` and `pkgs.formats.keyValue`."""

from __future__ import annotations

from collections.abc import Callable

from home_manager.formats.plain import KeyValue, attrs_of, items, key_value
from home_manager.values import Value
from home_manager.values.lazy import force

ListToValue = Callable[[list[Value]], Value]
"""How a list becomes one value; its elements have been forced."""

DEFAULT = key_value("=")


def render(
    value: Value,
    *,
    mk_key_value: KeyValue = DEFAULT,
    lists_as_duplicate_keys: bool = False,
    list_to_value: ListToValue | None = None,
    indent: str = "",
) -> str:
    """One line for each attribute; with `lists_as_duplicate_keys` one for each element of a list."""
    attrs = attrs_of(value, "a file of keys and values")
    out: list[str] = []
    for name, setting in items(attrs):
        if isinstance(setting, list | tuple):
            elements = [force(element) for element in setting]
            if lists_as_duplicate_keys:
                out.extend(f"{indent}{mk_key_value(name, element)}\n" for element in elements)
                continue
            setting = list_to_value(elements) if list_to_value is not None else elements
        out.append(f"{indent}{mk_key_value(name, setting)}\n")
    return "".join(out)
