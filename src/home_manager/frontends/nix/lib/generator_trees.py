"""Property lists and Lua of `lib.generators`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import (
    attribute,
    attrs_of,
    flag_of,
    interpolated,
    joined,
    string_of,
    to_json,
    to_string,
    type_name,
    with_context,
)
from home_manager.frontends.nix.lib.attrsets import is_derivation
from home_manager.frontends.nix.lib.escaping import XML_ENTITIES
from home_manager.frontends.nix.lib.options import check_arguments
from home_manager.frontends.nix.lib.pretty import Style, pretty
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.errors import abort, throw
from home_manager.nix.evaluation import call
from home_manager.values import PathValue, Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

PLIST_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE plist PUBLIC "-//Apple Computer//DTD PLIST 1.0//EN" '
    '"http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n'
    '<plist version="1.0">\n'
)
LUA_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*")

topic = Topic()


def plist_lines(value: Value, indent: str, escape: bool) -> list[str]:
    """The lines of one value; null has none."""

    def text(raw: str) -> str:
        return with_context(raw.translate(XML_ENTITIES), raw) if escape else raw

    def element(tag: str, content: str) -> list[str]:
        return [joined("", [f"{indent}<{tag}>", content, f"</{tag}>"])]

    value = force(value)
    if value is None:
        return [""]
    if isinstance(value, bool):
        return [f"{indent}<{'true' if value else 'false'}/>"]
    if isinstance(value, int):
        return element("integer", str(value))
    if isinstance(value, float):
        return element("real", to_string(value))
    if isinstance(value, str):
        return element("string", text(value))
    if isinstance(value, PathValue):
        return element("string", text(value.text))
    if isinstance(value, list):
        items = [line for item in value for line in plist_lines(item, indent + "\t", escape)] or [""]
        return [f"{indent}<array>", *items, f"{indent}</array>"]
    if isinstance(value, dict):
        lines: list[str] = []
        for name in sorted(value):
            if name != "_module" and force(value[name]) is not None:
                lines.append(f"{indent}\t<key>{text(name)}</key>")
                lines += plist_lines(value[name], indent + "\t", escape)
        return [f"{indent}<dict>", *(lines or [""]), f"{indent}</dict>"]
    raise abort("generators.toPlist: functions cannot be written to a property list")


@topic.bound("toPlist", 2)
def to_plist(library: Library, arguments: Value, value: Value) -> Value:
    given = attrs_of(arguments)
    check_arguments("toPlist", given, frozenset(("escape",)))
    escape = flag_of(given.get("escape", False))
    if not escape:
        message = "Using `lib.generators.toPlist` without `escape = true` is deprecated"
        force(call(library.builtin("warn"), message, None))
    return joined("", [PLIST_HEAD, joined("\n", plist_lines(value, "", escape)), "\n</plist>"])


def lua(library: Library, value: Value, multiline: bool, indent: str) -> str:
    """A value as a Lua expression."""
    value = force(value)
    if value is None:
        return "nil"
    if isinstance(value, (bool, int, float, str)):
        return to_json(value)
    if isinstance(value, PathValue) or is_derivation(value):
        return to_json(interpolated(library, value))
    inner = indent + "  "
    before, after = (f"\n{inner}", f"\n{indent}") if multiline else (" ", " ")
    if isinstance(value, list):
        items = [lua(library, item, multiline, inner) for item in value]
    elif isinstance(value, dict):
        if attribute(value, "_type") == "lua-inline":
            return joined("", ["(", string_of(value["expr"]), ")"])
        items = [
            joined("", [f"[{to_json(name)}] = ", lua(library, value[name], multiline, inner)]) for name in sorted(value)
        ]
    else:
        raise abort(f"generators.toLua: type {type_name(value)} is unsupported")
    return joined("", ["{", before, joined("," + before, items), after, "}"]) if items else "{}"


@topic.bound("toLua", 2)
def to_lua(library: Library, arguments: Value, value: Value) -> Value:
    given = attrs_of(arguments)
    check_arguments("toLua", given, frozenset(("multiline", "indent", "asBindings")))
    multiline, indent = flag_of(given.get("multiline", True)), string_of(given.get("indent", ""))
    if not flag_of(given.get("asBindings", False)):
        return lua(library, value, multiline, indent)
    source = attrs_of(value)
    wrong: list[Value] = [name for name in sorted(source) if not LUA_NAME.fullmatch(name)]
    if wrong:
        raise throw(f"Bad Lua var names: {pretty(wrong, Style())}")
    lines = [
        joined("", [f"{indent}{name} = ", lua(library, source[name], multiline, indent), "\n"])
        for name in sorted(source)
    ]
    return joined("", lines)
