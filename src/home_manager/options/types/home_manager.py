"""Types that Home Manager adds: graphs of entries, fonts, GVariant values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from home_manager.diagnostics import Failure
from home_manager.options.declaration import Option
from home_manager.options.definition import Definition
from home_manager.options.errors.catchable import refused
from home_manager.options.location import Location
from home_manager.options.merging import Merged, checked_merge
from home_manager.options.module import ModuleSpec
from home_manager.options.types.alternatives import Either, NullOr
from home_manager.options.types.base import OptionType
from home_manager.options.types.compound import AttrsOf, ListOf, Wrapper
from home_manager.options.types.scalars import FLOAT, INT, PACKAGE, STR, merge_default, merge_one
from home_manager.options.types.submodules import Submodule
from home_manager.values import MISSING, Attrs, Value
from home_manager.values.lazy import Delayed, force


def is_entry(value: Value) -> bool:
    """Whether a forced value is an entry of a graph: data with what comes before and after it."""
    return isinstance(value, dict) and "data" in value and "after" in value and "before" in value


_NAMES = ListOf(STR)


class DagEntry(Wrapper):
    """One entry of a graph; a bare value is an entry without neighbours."""

    __slots__ = ()
    name = "dagEntryOf"

    def describe(self) -> str:
        return f"DAG entry of {self.element.describe()}"

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        data: list[Definition] = []
        before: list[Definition] = []
        after: list[Definition] = []
        for definition in definitions:
            value = definition.value
            if is_entry(value):
                assert isinstance(value, dict)
                data.append(Definition(value["data"], definition.file, definition.span))
                before.append(Definition(value["before"], definition.file, (value, "before")))
                after.append(Definition(value["after"], definition.file, (value, "after")))
            else:
                data.append(definition)
        if isinstance(self.element, Submodule):
            own = Attrs({"_module": Attrs({"args": Attrs({"dagName": Delayed(lambda: place.names[-1])})})})
            data.append(Definition(own, "lib/types-dag.nix"))
        inner = Merged(place / "data", self.element, data)
        return Attrs(
            {
                "after": Merged(place / "after", _NAMES, after),
                "before": Merged(place / "before", _NAMES, before),
                "data": inner,
            }
        )

    def elements(self, value: Value) -> Iterable[tuple[Value, OptionType]]:
        assert isinstance(value, dict)
        return [(value["data"], self.element), (value["after"], _NAMES), (value["before"], _NAMES)]


class DagOf(Wrapper):
    """Entries that come before and after each other, by name."""

    __slots__ = ("_entries",)
    name = "dagOf"

    def __init__(self, element: OptionType) -> None:
        super().__init__(element)
        self._entries = AttrsOf(DagEntry(element))

    def describe(self) -> str:
        return f"DAG of {self.element.describe()}"

    def accepts(self, value: Value) -> bool:
        return isinstance(value, dict)

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        return self._entries.merge(place, definitions)

    def empty(self) -> Value:
        return Attrs()

    def elements(self, value: Value) -> Iterable[tuple[Value, OptionType]]:
        return self._entries.elements(value)

    def own_prefix(self) -> tuple[str, ...]:
        return ("<name>",)


def font() -> Submodule:
    """A font: the package that has it, its family and its size."""
    options: Mapping[str, object] = {
        "package": Option(
            NullOr(PACKAGE),
            None,
            example=Attrs({"_type": "literalExpression", "text": "pkgs.dejavu_fonts"}),
            description="The package that has the font, which is then installed; `null` where it is there already.",
        ),
        "name": Option(STR, example="DejaVu Sans", description="The family name of the font."),
        "size": Option(NullOr(Either(INT, FLOAT)), None, example="8", description="The size of the font."),
    }
    return Submodule([ModuleSpec("font", "", options=options)], shorthand=True)


def gvariant_value(value: Value) -> Value:
    """A value as a GVariant of the type that is nearest, or `MISSING` where there is none."""
    # Start-up: only dconf has GVariant values.
    from home_manager.formats import gvariant

    try:
        made = gvariant.value(value)
    except Failure:
        return MISSING
    return MISSING if made is None else made


class GVariant(OptionType):
    """A value with a GVariant type."""

    __slots__ = ()
    name = "gvariant"

    def describe(self) -> str:
        return "GVariant value"

    def accepts(self, value: Value) -> bool:
        return gvariant_value(value) is not MISSING

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        values = [gvariant_value(each.value) for each in definitions]
        attrs = [value for value in values if isinstance(value, dict)]
        kinds = [str(force(value["type"])) for value in attrs]
        if any(kind != kinds[0] for kind in kinds):
            raise refused(
                "option-conflict",
                f"the definitions of `{place}` have different GVariant types: {', '.join(kinds)}",
                notes=tuple(f"in `{each.file}`" for each in definitions),
            )
        kind = kinds[0]
        if kind.startswith("a"):
            inner = [each.of(force(value["value"])) for each, value in zip(definitions, attrs, strict=True)]
            merged = checked_merge(place, ListOf(self), inner)
            assert isinstance(merged, list)
            return Attrs({**dict(attrs[0]), "value": [gvariant_value(force(element)) for element in merged]})
        # A value that is no array stays as it was given: `config.dconf.settings.x.y == "text"`.
        if kind[:1] in ("(", "m", "{", "v"):
            return merge_one(place, definitions)
        if len(definitions) == 1 or all(force(value["value"]) == force(attrs[0]["value"]) for value in attrs):
            return definitions[0].value
        return merge_default(place, definitions)


GVARIANT = GVariant()
