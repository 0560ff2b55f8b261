"""The type of a variant of the whole configuration: a specialisation."""

from __future__ import annotations

from collections.abc import Sequence

from home_manager.options.definition import Definition
from home_manager.options.location import Location
from home_manager.options.module import ModuleSpec
from home_manager.options.types.base import OptionType
from home_manager.options.types.submodules import is_module
from home_manager.values import Value


class Variant(OptionType):
    """All modules of the outermost evaluation, with the definitions as further modules, and some of its own."""

    __slots__ = ("modules",)
    name = "submodule"

    def __init__(self, modules: Sequence[object] = ()) -> None:
        self.modules = tuple(modules)

    def accepts(self, value: Value) -> bool:
        return is_module(value)

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        root = place.shared.root
        assert root is not None
        given = [ModuleSpec(f"{place}:{n}", each.file, [each.value]) for n, each in enumerate(definitions)]
        return root.extended([*self.modules, *given], prefix=place.names).config

    def empty_at(self, place: Location) -> Value:
        return self.merge(place, [])
