"""Types of values made of values: lists, attribute sets, functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from home_manager.nix.evaluation import call
from home_manager.options.declaration import Option
from home_manager.options.definition import Definition, settle
from home_manager.options.errors import option_errors
from home_manager.options.errors.catchable import refused
from home_manager.options.joining import merged_declaration
from home_manager.options.location import Location, Shared, show_name
from home_manager.options.merging import Merged, meta_of
from home_manager.options.types.base import OptionType, phrase
from home_manager.options.types.scalars import UNSPECIFIED
from home_manager.values import MISSING, Attrs, Builtin, Function, Value
from home_manager.values.lazy import Delayed, force

if TYPE_CHECKING:
    from home_manager.options.module import ModuleSource


class Wrapper(OptionType):
    """A type around one element type: what is inside is the element's."""

    __slots__ = ("element",)

    def __init__(self, element: OptionType) -> None:
        self.element = element

    def around(self, element: OptionType) -> OptionType:
        """The same type around another element type."""
        return type(self)(element)

    def combined(self, other: OptionType) -> OptionType | None:
        if type(other) is not type(self):
            return None
        element = self.element.combined(other.element)
        return None if element is None else self.around(element)

    def sub_options(self, prefix: tuple[str, ...]) -> Mapping[str, object]:
        return self.element.sub_options((*prefix, *self.own_prefix()))

    def own_prefix(self) -> tuple[str, ...]:
        return ()

    def inside(self) -> Sequence[tuple[tuple[str, ...], OptionType]]:
        return [((*self.own_prefix(), *path), type_) for path, type_ in self.element.inside()]

    def sub_prefix(self) -> tuple[str, ...]:
        return (*self.own_prefix(), *self.element.sub_prefix())

    def sub_modules(self) -> Sequence[ModuleSource] | None:
        return self.element.sub_modules()

    def with_modules(self, modules: Sequence[ModuleSource]) -> OptionType:
        return self.around(self.element.with_modules(modules))

    def elements(self, value: Value) -> Iterable[tuple[Value, OptionType]]:
        return () if value is None else self.element.elements(value)

    def nested(self) -> Mapping[str, OptionType]:
        return {"elemType": self.element}


class ListOf(Wrapper):
    """A list; the lists of all definitions one after the other."""

    __slots__ = ()
    name = "listOf"
    phrase = "composite"

    @property
    def coherent(self) -> bool:
        return True

    def describe(self) -> str:
        return f"list of {phrase(self.element, 'noun', 'composite')}"

    def accepts(self, value: Value) -> bool:
        return isinstance(value, list)

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        result: list[Value] = []
        element = self.element
        plain = element.plain
        for n, definition in enumerate(definitions, 1):
            assert isinstance(definition.value, list)
            for m, item in enumerate(definition.value, 1):
                value = force(item)
                if plain and (not isinstance(value, dict) or "_type" not in value) and element.accepts(value):
                    result.append(value)
                    continue
                entry = Merged(place / f"[definition {n}-entry {m}]", element, [definition.of(value)])
                if entry.settled():
                    result.append(entry)
        return result

    def meta(self, place: Location, definitions: Sequence[Definition], value: Value) -> Attrs:
        def entries() -> Value:
            found: list[Value] = []
            items = force(value)
            assert isinstance(items, list)
            for n, definition in enumerate(definitions, 1):
                assert isinstance(definition.value, list)
                for m, item in enumerate(definition.value, 1):
                    settled, _ = settle([definition.of(item)])
                    if settled:
                        where = place / f"[definition {n}-entry {m}]"
                        found.append(meta_of(where, self.element, settled, items[len(found)]))
            return found

        return Attrs({"list": Delayed(entries)})

    def empty(self) -> Value:
        return []

    def elements(self, value: Value) -> Iterable[tuple[Value, OptionType]]:
        return [(each, self.element) for each in value] if isinstance(value, list) else ()

    def own_prefix(self) -> tuple[str, ...]:
        return ("*",)


class NonEmptyListOf(ListOf):
    """A list with at least one element."""

    __slots__ = ()

    def describe(self) -> str:
        return f"non-empty ({super().describe()})"

    def accepts(self, value: Value) -> bool:
        return isinstance(value, list) and bool(value)

    def empty(self) -> Value:
        return MISSING


class AttrsOf(OptionType):
    """An attribute set whose values have one type.

    Lazy ones keep names whose every definition is conditional, and so never look at a value to know the names.
    """

    __slots__ = ("element", "lazy", "placeholder")
    phrase = "composite"

    def __init__(self, element: OptionType, *, lazy: bool = False, placeholder: str = "name") -> None:
        self.element = element
        self.lazy = lazy
        self.placeholder = placeholder

    @property
    def name(self) -> str:  # type: ignore[override]
        return "lazyAttrsOf" if self.lazy else "attrsOf"

    @property
    def coherent(self) -> bool:
        return True

    def describe(self) -> str:
        return (
            f"{'lazy attribute set' if self.lazy else 'attribute set'} of {phrase(self.element, 'noun', 'composite')}"
        )

    def accepts(self, value: Value) -> bool:
        return isinstance(value, dict)

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        element = self.element
        plain = element.plain
        by_name: dict[str, list[Definition]] = {}
        origin: Value = None
        for definition in definitions:
            attrs = definition.value
            assert isinstance(attrs, dict)
            for name, value in attrs.items():
                one = Definition(value, definition.file, (attrs, name))
                known = by_name.get(name)
                if known is None:
                    by_name[name] = [one]
                else:
                    known.append(one)
            origin = attrs if origin is None else (origin, attrs)
        result = Attrs()
        if len(definitions) == 1 and isinstance(origin, Attrs):
            result.origin = origin.origin
        for name, several in by_name.items():
            if self.lazy:
                result[name] = _LazyEntry(place / name, element, several)
                continue
            if plain and len(several) == 1:
                value = force(several[0].value)
                if (not isinstance(value, dict) or "_type" not in value) and element.accepts(value):
                    result[name] = value
                    continue
            entry = Merged(place / name, element, several)
            if entry.settled():
                result[name] = entry
        return result

    def meta(self, place: Location, definitions: Sequence[Definition], value: Value) -> Attrs:
        def entry(name: str, element: Value) -> Attrs:
            given = [
                Definition(each.value[name], each.file, (each.value, name))
                for each in definitions
                if isinstance(each.value, dict) and name in each.value
            ]
            return meta_of(place / name, self.element, settle(given)[0], element)

        def entries() -> Value:
            attrs = force(value)
            assert isinstance(attrs, dict)
            return Attrs({name: Delayed(lambda n=name, e=element: entry(n, e)) for name, element in attrs.items()})  # type: ignore[misc]

        return Attrs({"attrs": Delayed(entries)})

    def empty(self) -> Value:
        return Attrs()

    def combined(self, other: OptionType) -> OptionType | None:
        if not isinstance(other, AttrsOf) or other.lazy != self.lazy:
            return None
        element = self.element.combined(other.element)
        names = {self.placeholder, other.placeholder} - {"name"}
        if element is None or len(names) > 1:
            return None
        return AttrsOf(element, lazy=self.lazy, placeholder=next(iter(names), "name"))

    def sub_options(self, prefix: tuple[str, ...]) -> Mapping[str, object]:
        return self.element.sub_options((*prefix, f"<{self.placeholder}>"))

    def inside(self) -> Sequence[tuple[tuple[str, ...], OptionType]]:
        return [((f"<{self.placeholder}>", *path), type_) for path, type_ in self.element.inside()]

    def sub_prefix(self) -> tuple[str, ...]:
        return (f"<{self.placeholder}>", *self.element.sub_prefix())

    def sub_modules(self) -> Sequence[ModuleSource] | None:
        return self.element.sub_modules()

    def with_modules(self, modules: Sequence[ModuleSource]) -> OptionType:
        return AttrsOf(self.element.with_modules(modules), lazy=self.lazy, placeholder=self.placeholder)

    def elements(self, value: Value) -> Iterable[tuple[Value, OptionType]]:
        return [(each, self.element) for each in value.values()] if isinstance(value, dict) else ()

    def nested(self) -> Mapping[str, OptionType]:
        return {"elemType": self.element}


class _LazyEntry(Merged):
    """A value of a lazy attribute set: without definitions that count it is the empty value of its type."""

    __slots__ = ()


class AttrTag(OptionType):
    """An attribute set with exactly one of some names, each with its own type."""

    __slots__ = ("tags",)
    name = "attrTag"
    phrase = "noun"

    def __init__(self, tags: Mapping[str, Option]) -> None:
        self.tags = dict(sorted(tags.items()))

    def describe(self) -> str:
        return f"attribute-tagged union with choices: {', '.join(map(show_name, self.tags))}"

    def accepts(self, value: Value) -> bool:
        return isinstance(value, dict) and len(value) == 1 and next(iter(value)) in self.tags

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        chosen: dict[str, list[Definition]] = {}
        for definition in definitions:
            assert isinstance(definition.value, dict)
            name = next(iter(definition.value))
            chosen.setdefault(name, []).append(
                Definition(definition.value[name], definition.file, (definition.value, name))
            )
        if len(chosen) > 1:
            raise option_errors.conflict(place, definitions)
        ((name, inner),) = chosen.items()
        option = self.tags[name]
        value: Value = Merged(place / name, option.type or _unspecified(), inner)
        apply = option.apply
        if apply is not None and callable(apply):
            value = apply(force(value))
        return Attrs({name: value})

    def sub_options(self, prefix: tuple[str, ...]) -> Mapping[str, object]:
        return self.tags

    def inside(self) -> Sequence[tuple[tuple[str, ...], OptionType]]:
        return [((), self)]

    def combined(self, other: OptionType) -> OptionType | None:
        if not isinstance(other, AttrTag):
            return None
        tags = {**self.tags, **other.tags}
        for name in self.tags.keys() & other.tags.keys():
            both = [(option.declared_in, option) for option in (self.tags[name], other.tags[name])]
            tags[name] = merged_declaration(Location((name,), Shared()), both)
        return AttrTag(tags)


def _unspecified() -> OptionType:
    return UNSPECIFIED


def is_function(value: Value) -> bool:
    return isinstance(value, Function) or (isinstance(value, dict) and "__functor" in value)


class FunctionTo(Wrapper):
    """A function; what several of them return for one argument is merged."""

    __slots__ = ()
    name = "functionTo"
    phrase = "composite"

    def describe(self) -> str:
        return f"function that evaluates to a(n) {phrase(self.element, 'noun', 'composite')}"

    def accepts(self, value: Value) -> bool:
        return is_function(value)

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        element = self.element

        def run(argument: Value) -> Value:
            body = [each.of(call(each.value, argument)) for each in definitions]
            return Merged(place / "<function body>", element, body)

        return Builtin("merged function", 1, run)

    def elements(self, value: Value) -> Iterable[tuple[Value, OptionType]]:
        return ()

    def own_prefix(self) -> tuple[str, ...]:
        return ("<function body>",)


class Selector(OptionType):
    """A function merged by a Python function over all definitions: selections of packages, overlays."""

    __slots__ = ("_arity", "_description", "_run", "name")

    def __init__(
        self, name: str, description: str, arity: int, run: Callable[[Sequence[Value], tuple[Value, ...]], Value]
    ) -> None:
        self.name = name
        self._description = description
        self._arity = arity
        self._run = run

    def describe(self) -> str:
        return self._description

    def accepts(self, value: Value) -> bool:
        return is_function(value)

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        functions = [each.value for each in definitions]

        def run(*arguments: Value) -> Value:
            return self._run(functions, arguments)

        return Builtin(self.name, self._arity, run)


def _concat_selections(functions: Sequence[Value], arguments: tuple[Value, ...]) -> Value:
    chosen: list[Value] = []
    for function in functions:
        part = force(call(function, *arguments))
        if not isinstance(part, list):
            raise refused("selection-not-a-list", "a selection of packages must return a list")
        chosen.extend(part)
    return chosen


def _join_overlays(functions: Sequence[Value], arguments: tuple[Value, ...]) -> Value:
    result = Attrs()
    for function in functions:
        part = force(call(function, *arguments))
        assert isinstance(part, dict)
        result = Attrs({**dict(result), **dict(part.items())}, origin=(result, part))
    return result


SELECTOR = Selector(
    "selectorFunction",
    "Function that takes an attribute set and returns a list containing a selection of the values of the input set",
    1,
    _concat_selections,
)
OVERLAY = Selector(
    "overlayFunction",
    "An overlay function, takes self and super and returns an attribute set overriding the desired attributes.",
    2,
    _join_overlays,
)
