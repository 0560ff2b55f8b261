"""From definitions to one value: properties decided, types checked, values merged. All of it when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from home_manager.diagnostics import Span
from home_manager.options.definition import Definition, settle
from home_manager.options.errors import option_errors
from home_manager.options.location import Location
from home_manager.options.types.base import OptionType
from home_manager.values import MISSING, Attrs, Value
from home_manager.values.lazy import Lazy


class Merged(Lazy):
    """The value of a type at a place, made of definitions."""

    __slots__ = ("_settled", "definitions", "place", "type")

    def __init__(self, place: Location, type_: OptionType, definitions: Sequence[Definition]) -> None:
        self.state = 0
        self.place = place
        self.type = type_
        self.definitions = definitions
        self._settled: tuple[list[Definition], int] | None = None

    def settled(self) -> list[Definition]:
        """The definitions that count, without properties; empty where every one of them is conditional and off."""
        if self._settled is None:
            self._settled = settle(self.definitions)
        return self._settled[0]

    def settle_as(self, definition: Definition, priority: int) -> None:
        """Takes one definition as the only one, where it is known to have no properties."""
        self._settled = [definition], priority

    def priority(self) -> int:
        """The priority of the definitions that count."""
        self.settled()
        assert self._settled is not None
        return self._settled[1]

    def compute(self) -> Value:
        try:
            settled = self.settled()
            if not settled:
                return self.without_definition()
            return checked_merge(self.place, self.type, settled)
        except BaseException:
            self.place.shared.failed.add(self)
            raise

    def meta(self) -> Attrs:
        """What is known of the value beside itself: `valueMeta`."""
        return meta_of(self.place, self.type, self.settled(), self)

    def without_definition(self) -> Value:
        value = self.type.empty_at(self.place)
        if value is MISSING:
            raise option_errors.undefined(self.place, [each.file for each in self.definitions])
        return value

    def name(self) -> str:
        return str(self.place)

    def span(self) -> Span | None:
        return self.definitions[0].span if self.definitions else None


def checked_merge(place: Location, type_: OptionType, definitions: Sequence[Definition]) -> Value:
    """The merged value of definitions without properties, each checked first."""
    for definition in definitions:
        if not type_.accepts(definition.value):
            raise option_errors.mismatch(place, type_, definition, type_.check(definition.value))
    return type_.merge(place, definitions)


def meta_of(place: Location, type_: OptionType, definitions: Sequence[Definition], value: Value) -> Attrs:
    """The `valueMeta` of a value that was merged from definitions without properties."""
    meta = type_.meta(place, definitions, value)
    if type_.coherent:
        shown = place.shared.frontend.type_value(type_)
        if shown is not type_:
            meta["_internal"] = Attrs({"type": shown})
    return meta


def merged(place: Location, type_: OptionType, definitions: Sequence[Definition]) -> Value:
    """The value now, or `MISSING` where no definition counts."""
    value = Merged(place, type_, definitions)
    return value.force() if value.settled() else MISSING
