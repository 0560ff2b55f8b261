"""Types that leave a choice, convert, or narrow another type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from home_manager.nix.evaluation import call
from home_manager.options.definition import Definition
from home_manager.options.errors import option_errors
from home_manager.options.location import Location
from home_manager.options.types.base import OptionType, is_text, phrase
from home_manager.options.types.compound import AttrsOf, Wrapper
from home_manager.options.types.scalars import merge_equal, merge_one
from home_manager.values import Attrs, Builtin, Function, Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.options.module import ModuleSource


class NullOr(Wrapper):
    """Null, or a value of a type."""

    __slots__ = ()
    name = "nullOr"
    phrase = "conjunction"

    @property
    def plain(self) -> bool:  # type: ignore[override]
        return self.element.plain

    def describe(self) -> str:
        return f"null or {phrase(self.element, 'noun', 'conjunction')}"

    def accepts(self, value: Value) -> bool:
        return value is None or self.element.accepts(value)

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        nulls = sum(each.value is None for each in definitions)
        if not nulls:
            return self.element.merge(place, definitions)
        if nulls < len(definitions):
            raise option_errors.conflict(place, definitions)
        return None

    def empty(self) -> Value:
        return None


class Unique(Wrapper):
    """A type that takes one definition only."""

    __slots__ = ("message",)
    name = "unique"

    def __init__(self, element: OptionType, message: str = "") -> None:
        super().__init__(element)
        self.message = message

    def around(self, element: OptionType) -> OptionType:
        return Unique(element, self.message)

    def describe(self) -> str:
        return self.element.describe()

    def description_class(self) -> str | None:
        return self.element.description_class()

    def accepts(self, value: Value) -> bool:
        return self.element.accepts(value)

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        if len(definitions) > 1:
            raise option_errors.not_unique(place, definitions, self.message)
        return self.element.merge(place, definitions)

    def empty(self) -> Value:
        return self.element.empty()

    def empty_at(self, place: Location) -> Value:
        return self.element.empty_at(place)


class Narrowed(Wrapper):
    """A type with a further condition on its values."""

    __slots__ = ("condition",)

    def __init__(self, element: OptionType, condition: Callable[[Value], bool]) -> None:
        super().__init__(element)
        self.condition = condition

    @property
    def name(self) -> str:  # type: ignore[override]
        return self.element.name

    @property
    def plain(self) -> bool:  # type: ignore[override]
        return self.element.plain

    @property
    def coherent(self) -> bool:
        return self.element.coherent

    def around(self, element: OptionType) -> OptionType:
        return Narrowed(element, self.condition)

    def describe(self) -> str:
        return self.element.describe()

    def description_class(self) -> str | None:
        return self.element.description_class()

    def accepts(self, value: Value) -> bool:
        return self.element.accepts(value) and self.condition(value)

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        return self.element.merge(place, definitions)

    def meta(self, place: Location, definitions: Sequence[Definition], value: Value) -> Attrs:
        return self.element.meta(place, definitions, value)

    def empty(self) -> Value:
        return self.element.empty()

    def empty_at(self, place: Location) -> Value:
        return self.element.empty_at(place)

    def nested(self) -> Mapping[str, OptionType]:
        return self.element.nested()


class Either(OptionType):
    """A value of the one type or of the other; the first that takes all definitions merges them."""

    __slots__ = ("left", "right")
    name = "either"
    phrase = "conjunction"

    def __init__(self, left: OptionType, right: OptionType) -> None:
        self.left = left
        self.right = right

    @property
    def plain(self) -> bool:  # type: ignore[override]
        return self.left.plain and self.right.plain

    @property
    def coherent(self) -> bool:
        return True

    def describe(self) -> str:
        if self.left.description_class() == "nonRestrictiveClause":
            return f"{self.left.describe()}, or {phrase(self.right, 'noun', 'conjunction')}"
        left = phrase(self.left, "noun", "conjunction")
        return f"{left} or {phrase(self.right, 'noun', 'conjunction', 'composite')}"

    def accepts(self, value: Value) -> bool:
        return self.left.accepts(value) or self.right.accepts(value)

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        type_ = self._chosen(definitions)
        if type_ is not None:
            return type_.merge(place, definitions)
        if all(self.accepts(each.value) for each in definitions):
            raise option_errors.conflict(place, definitions)
        # Only where nobody checked, as in a freeform type: what nixpkgs still lets pass.
        place.shared.frontend.warn(option_errors.unchecked_alternative(place, self.left, self.right, definitions))
        return merge_one(place, definitions)

    def _chosen(self, definitions: Sequence[Definition]) -> OptionType | None:
        """The type that takes all definitions; the left one where both do."""
        for type_ in (self.left, self.right):
            if all(type_.accepts(each.value) for each in definitions):
                return type_
        return None

    def meta(self, place: Location, definitions: Sequence[Definition], value: Value) -> Attrs:
        type_ = self._chosen(definitions)
        return Attrs() if type_ is None else type_.meta(place, definitions, value)

    def combined(self, other: OptionType) -> OptionType | None:
        if not isinstance(other, Either):
            return None
        left, right = self.left.combined(other.left), self.right.combined(other.right)
        return None if left is None or right is None else Either(left, right)

    def elements(self, value: Value) -> Iterable[tuple[Value, OptionType]]:
        for type_ in (self.left, self.right):
            if type_.accepts(value):
                return type_.elements(value)
        return ()

    def inside(self) -> Sequence[tuple[tuple[str, ...], OptionType]]:
        return [*self.left.inside(), *self.right.inside()]

    def nested(self) -> Mapping[str, OptionType]:
        return {"left": self.left, "right": self.right}


def one_of(types: Sequence[OptionType]) -> OptionType:
    """Any of several types, tried from the first."""
    result = types[0]
    for each in types[1:]:
        result = Either(result, each)
    return result


class CoercedTo(OptionType):
    """A type that also takes values of another one and converts them."""

    __slots__ = ("convert", "final", "source")
    name = "coercedTo"

    def __init__(self, source: OptionType, convert: Callable[[Value], Value], final: OptionType) -> None:
        self.source = source
        self.convert = convert
        self.final = final

    @property
    def coherent(self) -> bool:
        return True

    def describe(self) -> str:
        return f"{phrase(self.final, 'noun')} or {phrase(self.source, 'noun')} convertible to it"

    def accepts(self, value: Value) -> bool:
        if self.source.accepts(value) and self.final.accepts(force(self.convert(value))):
            return True
        return self.final.accepts(value)

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        self.source.ensure_usable(place)
        return self.final.merge(place, self._converted(definitions))

    def _converted(self, definitions: Sequence[Definition]) -> list[Definition]:
        return [
            each.of(force(self.convert(each.value))) if self.source.accepts(each.value) else each
            for each in definitions
        ]

    def meta(self, place: Location, definitions: Sequence[Definition], value: Value) -> Attrs:
        return self.final.meta(place, self._converted(definitions), value)

    def empty(self) -> Value:
        return self.final.empty()

    def empty_at(self, place: Location) -> Value:
        return self.final.empty_at(place)

    def combined(self, other: OptionType) -> OptionType | None:
        return None

    def sub_options(self, prefix: tuple[str, ...]) -> Mapping[str, object]:
        return self.final.sub_options(prefix)

    def inside(self) -> Sequence[tuple[tuple[str, ...], OptionType]]:
        return self.final.inside()

    def sub_modules(self) -> Sequence[ModuleSource] | None:
        return self.final.sub_modules()

    def with_modules(self, modules: Sequence[ModuleSource]) -> OptionType:
        return CoercedTo(self.source, self.convert, self.final.with_modules(modules))

    def elements(self, value: Value) -> Iterable[tuple[Value, OptionType]]:
        return self.final.elements(value)

    def nested(self) -> Mapping[str, OptionType]:
        return {"coercedType": self.source, "finalType": self.final}


class Anything(OptionType):
    """Any value; sets are merged deeply, equal values are one, functions by what they return."""

    __slots__ = ()
    name = "anything"
    phrase = "noun"

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        kinds = {_kind(each.value) for each in definitions}
        if len(kinds) > 1:
            raise option_errors.conflict(place, definitions)
        match kinds.pop():
            case "set":
                return AttrsOf(self).merge(place, definitions)
            case "text":
                return merge_one(place, definitions)
            case "lambda" if len(definitions) > 1:

                def run(argument: Value) -> Value:
                    results = [each.of(force(call(each.value, argument))) for each in definitions]
                    return self.merge(place / "<function body>", results)

                return Builtin("merged function", 1, run)
        return merge_equal(place, definitions)


def _kind(value: Value) -> str:
    if isinstance(value, dict):
        return "text" if is_text(value) else "set"
    if isinstance(value, Function):
        return "lambda"
    return type(value).__name__ if not isinstance(value, str) else "str"


class Recursive(OptionType):
    """A type in terms of itself: the value of a format. `build` makes its alternatives when first used."""

    __slots__ = ("_build", "_class", "_description", "_inner", "name")

    def __init__(
        self,
        description: str,
        build: Callable[[OptionType], OptionType],
        class_: str | None = "conjunction",
        name: str = "nullOr",
    ) -> None:
        self.name = name
        self._description = description
        self._build = build
        self._class = class_
        self._inner: OptionType | None = None

    @property
    def inner(self) -> OptionType:
        if self._inner is None:
            self._inner = self._build(self)
        return self._inner

    @property
    def plain(self) -> bool:  # type: ignore[override]
        return False

    def describe(self) -> str:
        return self._description

    def description_class(self) -> str | None:
        return self._class

    def accepts(self, value: Value) -> bool:
        return self.inner.accepts(value)

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        if len(definitions) == 1:
            value = definitions[0].value
            if value is None or isinstance(value, (str, bool, int, float)):
                return value
        return self.inner.merge(place, definitions)

    def empty(self) -> Value:
        return self.inner.empty()

    def combined(self, other: OptionType) -> OptionType | None:
        return self if isinstance(other, Recursive) and other._description == self._description else None
