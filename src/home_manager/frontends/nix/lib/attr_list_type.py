"""`lib.types.attrListOf`: lists of single attributes, in which a name may come more than once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import attribute, flag_of, select, type_name
from home_manager.frontends.nix.lib.options import check_arguments, show_definitions
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.frontends.nix.lib.type_values import TypeValue, shown_definition
from home_manager.nix.errors import throw
from home_manager.nix.evaluation import LazyCall, expect_attrs, expect_int
from home_manager.options.definition import DEFINED, UNORDERED, Definition, mk_order
from home_manager.options.location import Location
from home_manager.options.merging import Merged
from home_manager.options.types.base import OptionType, phrase
from home_manager.options.types.compound import Wrapper
from home_manager.values import Attrs, Value
from home_manager.values.lazy import Delayed, force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library
    from home_manager.options.module import ModuleSource

topic = Topic()


class Item:
    """One attribute: its name, its definition, and its priority; its content is not looked at before it counts."""

    __slots__ = ("_order", "_value", "definition", "name", "priority")

    def __init__(self, name: str, definition: Definition, order: int | None = None) -> None:
        self.name = name
        self.definition = definition
        self._order = order
        self.priority = DEFINED
        self._value = definition.value
        while attribute(self._value, "_type") == "order":
            self._take_order()
        if attribute(self._value, "_type") == "override":
            self.priority = expect_int(select(self._value, "priority"))

    def _take_order(self) -> None:
        order = expect_int(select(self._value, "priority"))
        self._order = order if self._order is None else self._order
        self._value = select(self._value, "content")

    def settle(self) -> tuple[int, Definition]:
        """The place in the order, and the definition without it."""
        if attribute(self._value, "_type") == "override":
            self._value = select(self._value, "content")
            while attribute(self._value, "_type") == "order":
                self._take_order()
        return UNORDERED if self._order is None else self._order, self.definition.of(self._value)


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One attribute of the list as it counts: its place in the order, its file, its value."""

    name: str
    order: int
    file: str
    value: Merged

    def shown(self) -> Attrs:
        return Attrs({self.name: self.value})


class AttrList(Wrapper):
    """A list of sets with one attribute each; definitions may be sets or such lists."""

    __slots__ = ("joined",)
    name = "attrListOf"
    phrase = "composite"

    def __init__(self, element: OptionType, joined: Callable[[str, list[Value]], Value] | None = None) -> None:
        super().__init__(element)
        self.joined = joined

    def around(self, element: OptionType) -> OptionType:
        return AttrList(element, self.joined)

    def describe(self) -> str:
        return f"attribute list of {phrase(self.element, 'noun', 'composite')}"

    def accepts(self, value: Value) -> bool:
        return isinstance(value, list | dict)

    def combined(self, other: OptionType) -> OptionType | None:
        return None

    def empty(self) -> Value:
        return [] if self.joined is None else Attrs()

    def own_prefix(self) -> tuple[str, ...]:
        return ("*",)

    def nested(self) -> Mapping[str, OptionType]:
        return {"elemType": self.element}

    def with_modules(self, modules: Sequence[ModuleSource]) -> OptionType:
        return self.around(self.element.with_modules(modules))

    @property
    def coherent(self) -> bool:
        return True

    def _entries(self, place: Location, definitions: Sequence[Definition]) -> list[Entry]:
        """The attributes that count, in order."""
        items = [item for definition in definitions for item in self._items(place, definition)]
        best: dict[str, int] = {}
        for item in items:
            best[item.name] = min(item.priority, best.get(item.name, DEFINED))
        kept = [(item.name, *item.settle()) for item in items if item.priority == best[item.name]]
        kept.sort(key=lambda item: item[1])
        entries = [
            Entry(name, order, definition.file, Merged(place / name, self.element, [definition]))
            for name, order, definition in kept
        ]
        return [entry for entry in entries if entry.value.settled()]

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        entries = self._entries(place, definitions)
        if self.joined is None:
            return [entry.shown() for entry in entries]
        by_name: dict[str, list[Value]] = {}
        for entry in entries:
            by_name.setdefault(entry.name, []).append(entry.value)
        return Attrs({name: self.joined(name, values) for name, values in by_name.items()})

    def meta(self, place: Location, definitions: Sequence[Definition], value: Value) -> Attrs:
        """The attributes in order, whatever shape the value has, and as definitions that can be given further."""
        entries = Delayed(lambda: self._entries(place, definitions))

        def each(show: Callable[[Entry], Value]) -> Delayed:
            return Delayed(lambda: [show(entry) for entry in force(entries)])  # type: ignore[attr-defined]

        return Attrs(
            {
                "attrList": each(lambda entry: entry.value.meta()),
                "attrListValue": each(lambda entry: entry.shown()),
                "definitions": each(
                    lambda entry: Attrs(
                        {"_type": "definition", "file": entry.file, "value": mk_order(entry.order, entry.shown())}
                    )
                ),
            }
        )

    def _items(self, place: Location, definition: Definition) -> list[Item]:
        value = force(definition.value)
        if isinstance(value, dict):
            return [Item(name, definition.of(value[name])) for name in sorted(value)]
        assert isinstance(value, list)
        return [self._item(place, definition.of(force(each))) for each in value]

    def _item(self, place: Location, definition: Definition) -> Item:
        raw = definition.value
        order: int | None = None
        value = raw
        if attribute(raw, "_type") == "order":
            order, value = expect_int(select(raw, "priority")), force(select(raw, "content"))
        if not isinstance(value, dict) or len(value) != 1:
            what = f"an attribute set, but got {type_name(value)}"
            if isinstance(value, dict):
                what = f"a single-key attribute set, but got {len(value)} keys"
            raise throw(
                f"A definition for option `{place}' is not of type `{self.describe()}'. Each list element must be "
                f"{what}.{show_definitions([shown_definition(definition)])}"
            )
        ((name, inner),) = value.items()
        return Item(name, definition.of(inner), order)


@topic.bound("attrListOf", 1)
def attr_list_of(library: Library, element: Value) -> Value:
    return TypeValue(library, lambda: AttrList(library.type(element)))


@topic.bound("attrListWith", 1)
def attr_list_with(library: Library, arguments: Value) -> Value:
    def make() -> OptionType:
        given = expect_attrs(arguments)
        check_arguments("attrListWith", given, frozenset(("elemType", "asAttrs", "mergeAttrValues")))
        function = given.get("mergeAttrValues")

        def joined(name: str, values: list[Value]) -> Value:
            return values if function is None else LazyCall(function, name, values)

        as_attrs = flag_of(given.get("asAttrs", False))
        return AttrList(library.type(select(given, "elemType")), joined if as_attrs else None)

    return TypeValue(library, make)
