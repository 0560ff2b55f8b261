"""`lib.generators`: values as text in common configuration formats."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import (
    Later,
    attrs_of,
    flag_of,
    integer_of,
    joined,
    select,
    string_of,
    text_of,
    to_json,
    to_string,
    with_context,
)
from home_manager.frontends.nix.lib.attrset_paths import updated_until
from home_manager.frontends.nix.lib.attrsets import is_derivation
from home_manager.frontends.nix.lib.options import check_arguments
from home_manager.frontends.nix.lib.pretty import NOT_DESCENDED, Style, pretty
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.frontends.nix.lib.trivial import is_function
from home_manager.nix.errors import abort, throw
from home_manager.nix.evaluation import call
from home_manager.values import Attrs, Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

ShowValue = Callable[[Value], str]
ShowPair = Callable[[str, Value], str]

topic = Topic()


def value_string(value: Value) -> str:
    """A single value as most formats write it; what is no single value is refused."""
    value = force(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) or is_derivation(value):
        return to_string(value)
    shown = pretty(value, Style())
    if isinstance(value, list):
        raise abort(f"generators.mkValueStringDefault: lists not supported: {shown}")
    if is_function(value):
        raise abort(f"generators.mkValueStringDefault: functions not supported: {shown}")
    if isinstance(value, dict):
        raise abort(f"generators.mkValueStringDefault: attrsets not supported: {shown}")
    raise abort(f"generators.mkValueStringDefault: this value is not supported: {shown}")


def pair(separator: str, show: ShowValue, name: str, value: Value) -> str:
    """A setting, with the separator escaped where it is part of the name."""
    text = show(value)
    return with_context(f"{name.replace(separator, chr(92) + separator)}{separator}{text}", text)


def default_pair(name: str, value: Value) -> str:
    return pair("=", value_string, name, value)


def bracketed(name: str) -> str:
    """A section's name with its brackets escaped."""
    return name.replace("[", "\\[").replace("]", "\\]")


@topic.function("mkValueStringDefault", 2)
def mk_value_string_default(arguments: Value, value: Value) -> Value:
    check_arguments("mkValueStringDefault", attrs_of(arguments), frozenset())
    return value_string(value)


@topic.bound("mkKeyValueDefault", 4)
def mk_key_value_default(library: Library, arguments: Value, separator: Value, name: Value, value: Value) -> Value:
    given = attrs_of(arguments)
    check_arguments("mkKeyValueDefault", given, frozenset(("mkValueString",)))
    custom = given.get("mkValueString")
    show = value_string if custom is None else lambda item: text_of(library, call(custom, item))
    return pair(string_of(separator), show, string_of(name), value)


class Layout:
    """How lines and sections of the INI family are written."""

    __slots__ = ("duplicates", "indent", "pair", "section")

    def __init__(self, library: Library, given: dict[str, Value]) -> None:
        custom, section = given.get("mkKeyValue"), given.get("mkSectionName")
        self.pair: ShowPair = default_pair
        if custom is not None:
            self.pair = lambda name, value: text_of(library, call(custom, name, value))
        self.section: Callable[[str], str] = bracketed
        if section is not None:
            self.section = lambda name: text_of(library, call(section, name))
        self.duplicates = flag_of(given.get("listsAsDuplicateKeys", False))
        self.indent = string_of(given.get("indent", ""))

    def lines(self, attrs: Value) -> str:
        """One line for each setting, or for each element of a list."""
        source = attrs_of(attrs)
        parts: list[str] = []
        for name in sorted(source):
            values = [source[name]]
            if self.duplicates:
                value = force(source[name])
                values = value if isinstance(value, list) else [value]
            for item in values:
                parts += [self.indent, self.pair(name, item), "\n"]
        return joined("", parts)

    def sections(self, attrs: Value) -> str:
        """Settings below headings, with empty lines between."""
        source = attrs_of(attrs)
        parts = [joined("", [f"[{self.section(name)}]\n", self.lines(source[name])]) for name in sorted(source)]
        return joined("\n", parts)


INI_ARGUMENTS = frozenset(("mkSectionName", "mkKeyValue", "listsAsDuplicateKeys"))


@topic.bound("toKeyValue", 2)
def to_key_value(library: Library, arguments: Value, attrs: Value) -> Value:
    given = attrs_of(arguments)
    check_arguments("toKeyValue", given, frozenset(("mkKeyValue", "listsAsDuplicateKeys", "indent")))
    return Layout(library, given).lines(attrs)


@topic.bound("toINI", 2)
def to_ini(library: Library, arguments: Value, attrs: Value) -> Value:
    given = attrs_of(arguments)
    check_arguments("toINI", given, INI_ARGUMENTS)
    return Layout(library, given).sections(attrs)


@topic.bound("toINIWithGlobalSection", 2)
def to_ini_with_global_section(library: Library, arguments: Value, attrs: Value) -> Value:
    given, source = attrs_of(arguments), attrs_of(attrs)
    check_arguments("toINIWithGlobalSection", given, INI_ARGUMENTS)
    check_arguments("toINIWithGlobalSection", source, frozenset(("globalSection", "sections")))
    layout = Layout(library, given)
    head = layout.lines(select(source, "globalSection"))
    return joined("", [head + "\n" if head else "", layout.sections(source.get("sections", Attrs()))])


def is_section(value: Value) -> bool:
    return isinstance(value, dict) and not is_derivation(value)


def git_value(value: Value) -> str:
    value = force(value)
    if not isinstance(value, str):
        return value_string(value)
    escaped = value.translate({10: "\\n", 9: "\\t", 34: '\\"', 92: "\\\\"})
    return with_context(f'"{escaped}"', value)


def git_pair(name: str, value: Value) -> str:
    forced = force(value)
    items = forced if isinstance(forced, list) else [forced]
    return joined("\n", [joined("", ["\t", pair(" = ", git_value, name, item)]) for item in items])


def git_section(name: str) -> str:
    """`remote.origin` becomes `remote "origin"`."""
    head, dot, rest = name.partition(".")
    return name if '"' in name or not dot else f'{head} "{rest}"'


def flatten_sections(path: list[str], value: Value, into: Attrs) -> Attrs:
    """Nested sections as one level of sections with dotted names."""
    value = force(value)
    if is_section(value):
        for name, item in attrs_of(value).items():
            into = flatten_sections([*path, name], item, into)
        return into
    setting = Attrs({path[-1]: value})
    return updated_until(None, [], into, Attrs({".".join(path[:-1]): setting}) if len(path) > 1 else setting)


@topic.bound("toGitINI", 1)
def to_git_ini(library: Library, attrs: Value) -> Value:
    source = attrs_of(attrs)
    result = Attrs(source)
    for name in sorted(source):
        value = force(source[name])
        if isinstance(value, dict) and any([is_section(force(item)) for item in value.values()]):
            del result[name]
    deeper = Attrs({name: value for name, value in source.items() if name not in result})
    flat = Attrs()
    for name in sorted(deeper):
        flat = flatten_sections([name], deeper[name], flat)
    result.update(flat.items())
    layout = Layout(library, {})
    layout.pair, layout.section = git_pair, git_section
    return layout.sections(result)


@topic.bound("mkDconfKeyValue", 2)
def mk_dconf_key_value(library: Library, name: Value, value: Value) -> Value:
    make = library.topic("gvariant")["mkValue"]
    return pair("=", lambda item: to_string(call(make, item)), string_of(name), value)


@topic.bound("toDconfINI", 1)
def to_dconf_ini(library: Library, attrs: Value) -> Value:
    layout = Layout(library, {})
    make = library.topic("gvariant")["mkValue"]
    layout.pair = lambda name, value: pair("=", lambda item: to_string(call(make, item)), name, value)
    return layout.sections(attrs)


def limited(limit: int | None, refuse: bool, depth: int, value: Value) -> Value:
    """A value that is cut, or refused, below a depth."""

    def below(item: Value) -> Value:
        return limited(limit, refuse, depth + 1, beyond(depth + 1, item))

    def beyond(level: int, item: Value) -> Value:
        if limit is None or level <= limit:
            return item
        if refuse:
            raise throw(
                f"Exceeded maximum eval-depth limit of {limit} while trying to evaluate with "
                "`generators.withRecursion'!"
            )
        return "<unevaluated>"

    value = force(value)
    if isinstance(value, dict):
        return Attrs({name: item if name in NOT_DESCENDED else Later(below, item) for name, item in value.items()})
    if isinstance(value, list):
        return [Later(below, item) for item in value]
    return beyond(depth + 1, value)


@topic.function("withRecursion", 2)
def with_recursion(arguments: Value, value: Value) -> Value:
    given = attrs_of(arguments)
    limit = integer_of(select(given, "depthLimit"))
    return limited(limit, flag_of(given.get("throwOnDepthLimit", True)), 0, value)


@topic.function("toPretty", 2)
def to_pretty(arguments: Value, value: Value) -> Value:
    given = attrs_of(arguments)
    check_arguments("toPretty", given, frozenset(("allowPrettyValues", "multiline", "indent")))
    style = Style(
        multiline=flag_of(given.get("multiline", True)),
        pretty_values=flag_of(given.get("allowPrettyValues", False)),
        indent=string_of(given.get("indent", "")),
    )
    return pretty(value, style)


@topic.function("mkLuaInline", 1)
def mk_lua_inline(expression: Value) -> Value:
    return Attrs({"_type": "lua-inline", "expr": expression})


@topic.bound("toJSON", 2)
def to_json_text(library: Library, arguments: Value, value: Value) -> Value:
    check_arguments("toJSON", attrs_of(arguments), frozenset())
    return call(library.builtin("toJSON"), value)


topic.also("toYAML", "toJSON")


def dhall(value: Value) -> str:
    value = force(value)
    if isinstance(value, bool):
        return "True" if value else "False"
    if isinstance(value, int):
        return f"{value:+d}"
    if isinstance(value, list):
        return joined("", ["[ ", joined(", ", [dhall(item) for item in value]), " ]"])
    if value is None:
        raise abort("generators.toDhall: cannot convert a null to Dhall")
    if isinstance(value, dict):
        parts = [joined("", [f"{name} = ", dhall(value[name])]) for name in sorted(value)]
        return joined("", ["{ ", joined(", ", parts), " }"])
    if is_function(value):
        raise abort("generators.toDhall: cannot convert a function to Dhall")
    return to_json(value)


@topic.function("toDhall", 2)
def to_dhall(arguments: Value, value: Value) -> Value:
    check_arguments("toDhall", attrs_of(arguments), frozenset())
    return dhall(value)
