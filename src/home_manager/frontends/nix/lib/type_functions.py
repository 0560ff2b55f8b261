"""The functions in a type's attribute set: `check` and `merge`, and what becomes of a type whose check was exchanged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from home_manager.diagnostics import Label, Span
from home_manager.frontends.nix.lib.arguments import attrs_of, select
from home_manager.options.definition import Definition
from home_manager.options.errors.catchable import refused
from home_manager.options.location import Location
from home_manager.options.types.base import OptionType, describe_value
from home_manager.values import MISSING, Attrs, Builtin, OpenAttrs, Value
from home_manager.values.lazy import Delayed, force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.type_values import TypeValue


class TypeFunction(OpenAttrs):
    """The `check` or `merge` of a known type: it tells what `//` left as it was."""

    __slots__ = ("shown",)

    def __init__(self, shown: TypeValue) -> None:
        super().__init__()
        self.shown = shown

    def names(self) -> Iterable[str]:
        return [name for name in ("__functor", "isV2MergeCoherent", "v2") if name in self]


class Check(TypeFunction):
    """`type.check value`; a type that is checked while it is merged says so."""

    __slots__ = ()

    def find(self, name: str) -> Value:
        if name == "__functor":
            return Builtin("check", 2, lambda _, value: self.shown.type.accepts(force(value)))
        return True if name == "isV2MergeCoherent" and self.shown.type.coherent else MISSING


class Merge(TypeFunction):
    """`type.merge place definitions`; and `type.merge.v2 { loc; defs; }`, which checks, merges and tells more at once."""

    __slots__ = ()

    def find(self, name: str) -> Value:
        if name == "__functor":
            return Builtin("merge", 3, lambda _, place, definitions: self.merged(place, definitions))
        return Builtin("v2", 1, self._all) if name == "v2" and self.shown.type.coherent else MISSING

    def merged(self, place: Value, definitions: Value) -> Value:
        """The value alone."""
        here, given = self._given(place, definitions)
        return self.shown.type.merge(here, given)

    def _given(self, place: Value, definitions: Value) -> tuple[Location, list[Definition]]:
        # Circle: a type shown as a value has these functions, which take such values apart.
        from home_manager.frontends.nix.lib.type_values import definitions_of, place_of

        return place_of(self.shown.library, place), definitions_of(definitions)

    def _all(self, arguments: Value) -> Value:
        given = attrs_of(arguments)
        place, definitions = self._given(select(given, "loc"), select(given, "defs"))
        type_ = self.shown.type
        value = Delayed(lambda: type_.merge(place, definitions))
        return Attrs(
            {
                "headError": Delayed(lambda: _head_error(type_, definitions)),
                "value": value,
                "valueMeta": Delayed(lambda: type_.meta(place, definitions, value)),
            }
        )


def _head_error(type_: OptionType, definitions: Sequence[Definition]) -> Value:
    wrong = [each for each in definitions if not type_.accepts(each.value)]
    if not wrong:
        return None
    found = "; ".join(f"in `{each.file}`: {describe_value(each.value)}" for each in wrong)
    return Attrs({"message": f"Definition values that are not of type {type_.describe()}: {found}"})


class Exchanged(OptionType):
    """A type whose check was exchanged with `//` though it is checked while it is merged: it takes no value."""

    __slots__ = ("inner",)

    def __init__(self, inner: OptionType) -> None:
        self.inner = inner

    @property
    def name(self) -> str:  # type: ignore[override]
        return self.inner.name

    @property
    def coherent(self) -> bool:
        return True

    def describe(self) -> str:
        return self.inner.describe()

    def description_class(self) -> str | None:
        return self.inner.description_class()

    def ensure_usable(self, place: Location, span: Span | None = None) -> None:
        labels = () if span is None else (Label(span, "this value would not be checked"),)
        raise refused(
            "type-check-replaced",
            f"the type `{self.describe()}` of `{place}` has a check put in with `//`, but it checks while it merges",
            *labels,
            hints=("add a condition with `lib.types.addCheck type (value: …)`",),
        )

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        self.ensure_usable(place, definitions[0].span if definitions else None)
        return None
