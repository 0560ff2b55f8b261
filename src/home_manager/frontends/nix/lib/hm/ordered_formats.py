"""Formats of `lib.hm.generators` whose settings may be entries of a graph, written in its order."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import (
    attrs_of,
    flag_of,
    joined,
    joined_attrs,
    list_of,
    select,
    string_of,
    text_of,
    to_json,
)
from home_manager.frontends.nix.lib.attrsets import is_derivation
from home_manager.frontends.nix.lib.generators import bracketed, default_pair
from home_manager.frontends.nix.lib.hm.dag import entry, is_entry, sorted_entries
from home_manager.frontends.nix.lib.options import check_arguments
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.errors import abort, assertion_failed
from home_manager.nix.evaluation import call
from home_manager.values import Attrs, Builtin, ContextString, Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

CYCLE = "Dependency cycle in DAG entries"

topic = Topic()


def is_ordered(value: Value) -> bool:
    """Whether a value is an entry that comes before or after others."""
    if not is_entry(value):
        return False
    return bool(list_of(select(value, "after")) or list_of(select(value, "before")))


topic.function("isDAGEntryWithOrdering", 1)(is_ordered)
topic.function("hasDAGEntryWithOrdering", 1)(
    lambda attrs: any([is_ordered(value) for value in attrs_of(attrs).values()])
)


def in_order(message: str, attrs: dict[str, Value], is_node: Callable[[Value], bool]) -> list[tuple[str, Value]]:
    """Names and values, the entries among them in the order of the graph."""
    dag = Attrs({name: value if is_node(value) else entry([], [], value) for name, value in attrs.items()})
    result = sorted_entries(dag)
    if "result" not in result:
        raise abort(f"{message}: {to_json(result)}")
    return [(str(string_of(select(item, "name"))), select(item, "data")) for item in list_of(result["result"])]


def ordered(message: str, attrs: Value) -> list[tuple[str, Value]]:
    """The same, by name where nothing says otherwise."""
    source = attrs_of(attrs)
    if any([is_ordered(value) for value in source.values()]):
        return in_order(message, source, is_ordered)
    return [(name, source[name]) for name in sorted(source)]


def pairs(items: list[tuple[str, Value]]) -> list[Value]:
    return [Attrs({"name": name, "value": value}) for name, value in items]


def cycle_message(given: dict[str, Value], default: str = CYCLE) -> str:
    message = force(given.get("cycleErrorMessage"))
    return default if message is None else string_of(message)


topic.function("sortDAGEntries", 2)(
    lambda arguments, attrs: pairs(in_order(cycle_message(attrs_of(arguments)), attrs_of(attrs), is_entry))
)
topic.function("toDAGOrderedAttrs", 2)(
    lambda arguments, attrs: pairs(ordered(cycle_message(attrs_of(arguments)), attrs))
)


@topic.bound("toDAGOrderedText", 2)
def to_ordered_text(library: Library, arguments: Value, value: Value) -> Value:
    given = attrs_of(arguments)
    names = ("renderAttrs", "renderList", "renderValue", "cycleErrorMessage")
    check_arguments("toDAGOrderedText", given, frozenset(names))
    message = cycle_message(given)

    def render(item: Value) -> Value:
        forced = force(item)
        if isinstance(forced, dict) and not is_derivation(forced):
            entries = [(name, render(inner)) for name, inner in ordered(message, forced)]
            return call(select(given, "renderAttrs"), pairs(entries))
        if isinstance(forced, list):
            return call(select(given, "renderList"), [render(inner) for inner in forced])
        return call(select(given, "renderValue"), forced)

    return render(value)


def json_in_order(library: Library, message: str, value: Value) -> str:
    """One line of JSON with the attributes in order."""
    forced = force(value)
    if isinstance(forced, dict) and not is_derivation(forced):
        parts = [
            joined("", [f"{to_json(name)}:", json_in_order(library, message, item)])
            for name, item in ordered(message, forced)
        ]
        return joined("", ["{", joined(",", parts), "}"])
    if isinstance(forced, list):
        return joined("", ["[", joined(",", [json_in_order(library, message, item) for item in forced]), "]"])
    return string_of(call(library.builtin("toJSON"), forced))


class OrderedLayout:
    """How lines and sections of the INI family are written when their order counts."""

    __slots__ = ("duplicates", "indent", "join", "library", "message", "pair", "section")

    def __init__(self, library: Library, given: dict[str, Value], message: str) -> None:
        pair, section, join = given.get("mkKeyValue"), given.get("mkSectionName"), given.get("listToValue")
        self.library = library
        self.message = message
        self.join = None if force(join) is None else join
        self.duplicates = flag_of(given.get("listsAsDuplicateKeys", False))
        if self.duplicates and self.join is not None:
            raise assertion_failed("assertion failed")
        self.indent = string_of(given.get("indent", ""))
        self.pair = default_pair
        if pair is not None:
            self.pair = lambda name, value: text_of(library, call(pair, name, value))
        self.section: Callable[[str], str] = bracketed
        if section is not None:
            self.section = lambda name: text_of(library, call(section, name))

    def lines(self, attrs: Value) -> str:
        parts: list[str] = []
        for name, value in ordered(self.message, attrs):
            forced = force(value)
            values = [forced]
            if isinstance(forced, list):
                if self.join is not None:
                    values = [call(self.join, forced)]
                elif self.duplicates:
                    values = forced
            for item in values:
                parts += [self.indent, self.pair(name, item), "\n"]
        return joined("", parts)

    def sections(self, attrs: Value) -> str:
        parts = [
            joined("", [f"[{self.section(name)}]\n", self.lines(value)]) for name, value in ordered(self.message, attrs)
        ]
        return joined("\n", parts)


LINES = frozenset(("mkKeyValue", "listsAsDuplicateKeys", "listToValue", "indent", "cycleErrorMessage"))
SECTIONS = LINES - {"indent"} | {"mkSectionName"}


@topic.bound("toDAGOrderedKeyValue", 2)
def to_ordered_key_value(library: Library, arguments: Value, attrs: Value) -> Value:
    given = attrs_of(arguments)
    check_arguments("toDAGOrderedKeyValue", given, LINES)
    return OrderedLayout(library, given, cycle_message(given)).lines(attrs)


@topic.bound("toDAGOrderedINI", 2)
def to_ordered_ini(library: Library, arguments: Value, attrs: Value) -> Value:
    given = attrs_of(arguments)
    check_arguments("toDAGOrderedINI", given, SECTIONS)
    return OrderedLayout(library, given, cycle_message(given, "Dependency cycle in INI sections")).sections(attrs)


COPY = 'cp "$valuePath" "$out"\n'


def ordered_format(
    packages: Value,
    base: Value,
    given: dict[str, Value],
    render: Callable[[str, Value], Value],
    inputs: Value,
    build: Value,
) -> Attrs:
    """A format of `pkgs.formats` that writes its values in order."""

    def generate(name: Value, value: Value) -> Value:
        text = render(cycle_message(given, f"Dependency cycle in {string_of(name)}"), value)
        attributes = Attrs({"nativeBuildInputs": inputs, "value": text, "passAsFile": ["value"]})
        return call(select(packages, "runCommandLocal"), name, attributes, build)

    return joined_attrs(base, Attrs({"generate": Builtin("generate", 2, generate)}))


@topic.function("mkDAGOrderedFormat", 1)
def mk_ordered_format(arguments: Value) -> Value:
    given = attrs_of(arguments)
    generator = select(given, "generator")

    def render(message: str, value: Value) -> Value:
        return call(generator, Attrs({"cycleErrorMessage": message}), value)

    return ordered_format(
        select(given, "pkgs"),
        select(given, "format"),
        given,
        render,
        given.get("nativeBuildInputs", []),
        given.get("buildCommand", COPY),
    )


CONVERTERS = {
    "Json": ("json", "", 'cp "$valuePath" "$out"\n'),
    "Yaml": ("yaml", "remarshal", 'json2yaml "$valuePath" "$out"\n'),
    "Toml": ("toml", "remarshal", 'json2toml "$valuePath" "$out"\n'),
}


def indented(text: str) -> str:
    """JSON with a line for each value, in the order that it has."""
    shown = json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"
    return ContextString(shown, text.context) if isinstance(text, ContextString) else shown


def add_converter(title: str, name: str, tool: str, build: str) -> None:
    """Adds `mkDAGOrdered<title>Format`."""

    def run(library: Library, arguments: Value) -> Value:
        given = attrs_of(arguments)
        packages = select(given, "pkgs")
        base = given.get(f"{name}Format")
        if base is None:
            base = call(select(select(packages, "formats"), name), Attrs())
        tools: list[Value] = [select(select(packages, "buildPackages"), tool)] if tool else []

        def render(message: str, value: Value) -> Value:
            text = json_in_order(library, message, value)
            return text if tool else indented(text)

        return ordered_format(packages, base, given, render, tools, build)

    topic.bound(f"mkDAGOrdered{title}Format", 1)(run)


for _title, (_name, _tool, _build) in CONVERTERS.items():
    add_converter(_title, _name, _tool, _build)


@topic.bound("mkDAGOrderedIniFormat", 1)
def mk_ordered_ini_format(library: Library, arguments: Value) -> Value:
    given = attrs_of(arguments)
    packages = select(given, "pkgs")
    base = given.get("iniFormat")
    if base is None:
        names = ("atomsCoercedToLists", "listsAsDuplicateKeys", "listToValue")
        options = Attrs({name: given.get(name, False if name == "listsAsDuplicateKeys" else None) for name in names})
        base = call(select(select(packages, "formats"), "ini"), options)
    return ordered_format(
        packages, base, given, lambda message, value: OrderedLayout(library, given, message).sections(value), [], COPY
    )


@topic.bound("mkDAGOrderedKeyValueFormat", 1)
def mk_ordered_key_value_format(library: Library, arguments: Value) -> Value:
    given = attrs_of(arguments)
    packages = select(given, "pkgs")
    base = given.get("keyValueFormat")
    if base is None:
        options = Attrs(
            {
                "listsAsDuplicateKeys": given.get("listsAsDuplicateKeys", False),
                "listToValue": given.get("listToValue"),
            }
        )
        base = call(select(select(packages, "formats"), "keyValue"), options)
    return ordered_format(
        packages, base, given, lambda message, value: OrderedLayout(library, given, message).lines(value), [], COPY
    )
