"""`lib.hm.generators`: documents in the formats of Hyprland, KDL and scfg."""

from __future__ import annotations

from home_manager.frontends.nix.lib.arguments import (
    attribute,
    attrs_of,
    flag_of,
    has,
    integer_of,
    joined,
    list_of,
    select,
    string_of,
    to_string,
    type_name,
    with_context,
)
from home_manager.frontends.nix.lib.generators import default_pair
from home_manager.frontends.nix.lib.options import check_arguments
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.errors import throw
from home_manager.values import Attrs, Value
from home_manager.values.lazy import force

topic = Topic()


def hypr_lines(indent: str, prefixes: tuple[str, ...], attrs: Value) -> str:
    """Important settings, sections, then the other settings; lists repeat the name."""
    source = attrs_of(attrs)
    first: list[str] = []
    sections: list[str] = []
    last: list[str] = []
    for name in sorted(source):
        value = force(source[name])
        important = name.startswith(prefixes)
        if isinstance(value, dict | list) and not important:
            sections.append(hypr_section(indent, prefixes, name, value))
            continue
        for item in value if isinstance(value, list) else [value]:
            line = joined("", [indent, default_pair(name, item), "\n"])
            (first if important else last).append(line)
    return joined("", [*first, joined("\n", sections), *last])


def hypr_section(indent: str, prefixes: tuple[str, ...], name: str, value: Value) -> str:
    value = force(value)
    if isinstance(value, list):
        items = [force(item) for item in value]
        separator = "\n" if all([isinstance(item, dict) for item in items]) else ""
        return joined(separator, [hypr_section(indent, prefixes, name, item) for item in items])
    if isinstance(value, dict):
        body = hypr_lines(f"  {indent}", prefixes, value)
        return joined("", [f"{indent}{name} {{\n", body, f"{indent}}}\n"])
    return hypr_lines(indent, prefixes, Attrs({name: value}))


@topic.function("toHyprconf", 1)
def to_hyprconf(arguments: Value) -> Value:
    given = attrs_of(arguments)
    check_arguments("toHyprconf", given, frozenset(("attrs", "indentLevel", "importantPrefixes")))
    prefixes = tuple([string_of(item) for item in list_of(given.get("importantPrefixes", ["$"]))])
    return hypr_lines("  " * integer_of(given.get("indentLevel", 0)), prefixes, select(given, "attrs"))


def indented(parts: list[str]) -> str:
    """Parts of a block, every line of them after a tab."""
    return joined("\n", [with_context(f"\t{line}", part) for part in parts for line in part.split("\n")])


class Kdl:
    """KDL as home-manager writes it; `escapes` are the further characters that strings escape."""

    __slots__ = ("escapes",)

    def __init__(self, escapes: dict[int, str]) -> None:
        self.escapes = escapes

    def literal(self, value: Value) -> str:
        value = force(value)
        if value is None:
            return "null"
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str):
            return with_context('"' + value.translate(self.escapes) + '"', value)
        if isinstance(value, int | float):
            return to_string(value)
        raise throw(f"Cannot convert value of type {type_name(value)} to KDL literal.")

    def node(self, name: str, value: Value) -> str:
        value = force(value)
        if isinstance(value, dict):
            return self.attrs(name, value)
        if isinstance(value, list):
            if name == "_children":
                return joined("\n", [joined("\n", self.nodes(item)) for item in value])
            return self.items(name, value)
        if value is None or isinstance(value, bool | int | float | str):
            return joined(" ", [name, self.literal(value)])
        raise throw(f"Cannot convert type `({type_name(value)})` to KDL:\n  {name} = {to_string(value)}\n")

    def nodes(self, attrs: Value) -> list[str]:
        source = attrs_of(attrs)
        return [self.node(name, source[name]) for name in sorted(source)]

    def attrs(self, name: str, attrs: dict[str, Value]) -> str:
        """A node with arguments, properties and children."""
        parts = [name, *[self.literal(item) for item in list_of(attrs.get("_args", []))]]
        properties = attrs_of(attrs.get("_props", Attrs()))
        parts += [joined("", [f"{key}=", self.literal(properties[key])]) for key in sorted(properties)]
        children: list[str] = []
        for child in list_of(attrs.get("_children", [])):
            children += self.nodes(child)
        special = ("_args", "_props", "_children")
        children += [self.node(key, attrs[key]) for key in sorted(attrs) if key not in special]
        if children:
            parts.append(joined("", ["{\n", indented(children), "\n}"]))
        return joined(" ", parts)

    def items(self, name: str, items: list[Value]) -> str:
        if not any([isinstance(force(item), dict | list) for item in items]):
            return joined("", [f"{name} ", joined(" ", [self.literal(item) for item in items])])
        return joined("", [f"{name} {{\n", indented([self.node("-", item) for item in items]), "\n}"])


@topic.function("toKDL", 2)
def to_kdl(arguments: Value, attrs: Value) -> Value:
    given = attrs_of(arguments)
    check_arguments("toKDL", given, frozenset(("escapeBackslashes", "escapeTabs")))
    escapes = {10: "\\n", 34: '\\"'}
    if flag_of(given.get("escapeBackslashes", False)):
        escapes[92] = "\\\\"
    if flag_of(given.get("escapeTabs", False)):
        escapes[9] = "\\t"
    return joined("", [joined("\n", Kdl(escapes).nodes(attrs)), "\n"])


SCFG_ESCAPES = {34: '\\"', 92: "\\\\", 13: "\\r", 10: "\\n", 9: "\\t"}


def scfg_word(value: Value) -> str:
    value = force(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        if value and not set(value) & set("\"\\\r\n\t '{}"):
            return value
        return with_context('"' + value.translate(SCFG_ESCAPES) + '"', value)
    if isinstance(value, int | float):
        return to_string(value)
    raise throw(f"Cannot convert value of type {type_name(value)} to SCFG literal.")


def is_empty_directive(directive: Value) -> bool:
    """Whether a directive has neither parameters nor children, though it names them."""
    if not (has(directive, "params") or has(directive, "children")):
        return False
    params, children = attribute(directive, "params", [None]), attribute(directive, "children", [])
    nothing = isinstance(params, list) and len(params) == 1 and force(params[0]) is None
    return nothing and children == []


def scfg_lines(directives: Value) -> list[str]:
    lines: list[str] = []
    for directive in list_of(directives):
        if is_empty_directive(directive):
            continue
        parts = [scfg_word(select(directive, "name"))]
        params, children = attribute(directive, "params"), attribute(directive, "children")
        if params is not None:
            parts += [" ", joined(" ", [scfg_word(item) for item in list_of(params)])]
        if children is not None:
            parts += [" {\n", indented(scfg_lines(children) or [""]), "\n}"]
        lines.append(joined("", parts))
    return lines


@topic.function("toSCFG", 2)
def to_scfg(arguments: Value, directives: Value) -> Value:
    if not list_of(directives):
        return ""
    return joined("", [joined("\n", scfg_lines(directives)), "\n"])
