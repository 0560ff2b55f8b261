"""`lib.hm.zsh`: values and definitions of zsh."""

from __future__ import annotations

from home_manager.frontends.nix.lib.arguments import attrs_of, joined, string_of, to_string, with_context
from home_manager.frontends.nix.lib.hm.shell import array_content
from home_manager.frontends.nix.lib.options import check_arguments
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.values import Value
from home_manager.values.lazy import force

topic = Topic()


def zsh_value(value: Value) -> str:
    value = force(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return with_context('"' + value.translate({92: "\\\\", 34: '\\"', 96: "\\`"}) + '"', value)
    if isinstance(value, list):
        return joined("", ["(", array_content([to_string(item) for item in value]), ")"])
    return joined("", ['"', to_string(value), '"'])


def define(name: str, value: Value) -> str:
    return joined("", [f"{name}=", zsh_value(value)])


topic.function("toZshValue", 1)(zsh_value)
topic.function("define", 2)(lambda name, value: define(string_of(name), value))
topic.function("export", 2)(lambda name, value: joined("", ["export ", define(string_of(name), value)]))


@topic.function("defineAll", 1)
def define_all(variables: Value) -> Value:
    source = attrs_of(variables)
    return joined("\n", [define(name, source[name]) for name in sorted(source)])


@topic.function("exportAll", 2)
def export_all(variables: Value, arguments: Value) -> Value:
    source, given = attrs_of(variables), attrs_of(arguments)
    check_arguments("exportAll", given, frozenset(("indent",)))
    separator = "\n" + string_of(given.get("indent", ""))
    lines = [
        joined("", ["export ", define(name, source[name])])
        for name in sorted(source)
        if force(source[name]) is not None
    ]
    return joined(separator, lines)
