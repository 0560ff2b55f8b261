"""KDL from plain attribute sets: `lib.hm.generators.toKDL`.

An attribute is a node. `_args`, `_props` and `_children` (ordered child nodes) say what a plain set can not.
"""

from __future__ import annotations

from home_manager.formats.plain import (
    attribute_path,
    attrs_of,
    elements_of,
    is_derivation,
    items,
    to_string,
    unsupported,
)
from home_manager.values import PathValue, Value
from home_manager.values.lazy import force

_SPECIAL = ("_args", "_props", "_children")


def render(value: Value, *, escape_backslashes: bool = False, escape_tabs: bool = False) -> str:
    """The document, one top-level node after the other."""
    attrs = attrs_of(value, "a KDL document", "give an attribute set of nodes")
    writer = _Writer(escape_backslashes, escape_tabs)
    return "\n".join(writer.node(name, node, attribute_path("", name)) for name, node in items(attrs)) + "\n"


def _indented(nodes: list[str]) -> str:
    return "\n".join("\t" + line for line in "\n".join(nodes).split("\n"))


class _Writer:
    def __init__(self, escape_backslashes: bool, escape_tabs: bool) -> None:
        table = {"\n": "\\n", '"': '\\"'}
        if escape_backslashes:
            table["\\"] = "\\\\"
        if escape_tabs:
            table["\t"] = "\\t"
        self.escapes = str.maketrans(table)

    def literal(self, value: Value, path: str) -> str:
        value = force(value)
        if value is None:
            return "null"
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str | PathValue) or is_derivation(value):
            return '"' + to_string(value).translate(self.escapes) + '"'
        if isinstance(value, int | float):
            return to_string(value)
        raise unsupported("a KDL argument or property", path, value)

    def node(self, name: str, value: Value, path: str) -> str:
        value = force(value)
        if isinstance(value, dict) and not is_derivation(value):
            return self.set_node(name, value, path)
        if isinstance(value, list | tuple):
            if name == "_children":
                return "\n".join("\n".join(self.children(child, path)) for child in value)
            return self.list_node(name, [force(element) for element in value], path)
        return f"{name} {self.literal(value, path)}"

    def children(self, value: Value, path: str) -> list[str]:
        nodes = attrs_of(value, "`_children` in KDL", "every child is an attribute set of nodes", path)
        return [self.node(name, node, attribute_path(path, name)) for name, node in items(nodes)]

    def set_node(self, name: str, attrs: dict[str, Value], path: str) -> str:
        words = [name]
        arguments = elements_of(attrs.get("_args", []), "`_args` in KDL", path=path)
        words += [self.literal(argument, f"{path}._args") for argument in arguments]
        properties = attrs_of(attrs.get("_props", {}), "`_props` in KDL", path=path)
        words += [f"{key}={self.literal(value, f'{path}._props')}" for key, value in items(properties)]
        ordered = elements_of(attrs.get("_children", []), "`_children` in KDL", path=path)
        inner = [node for child in ordered for node in self.children(child, f"{path}._children")]
        inner += [
            self.node(key, value, attribute_path(path, key)) for key, value in items(attrs) if key not in _SPECIAL
        ]
        if inner:
            words.append("{\n" + _indented(inner) + "\n}")
        return " ".join(words)

    def list_node(self, name: str, elements: list[Value], path: str) -> str:
        if any(
            isinstance(element, list | tuple) or (isinstance(element, dict) and not is_derivation(element))
            for element in elements
        ):
            inner = [self.node("-", element, f"{path}[{index}]") for index, element in enumerate(elements)]
            return f"{name} {{\n{_indented(inner)}\n}}"
        return f"{name} " + " ".join(
            self.literal(element, f"{path}[{index}]") for index, element in enumerate(elements)
        )
