"""Option types as values of the language, and values of the language as option types.

A type of the engine is shown as an attribute set with `_type = "option-type"` whose attributes are made on demand.
A set that a configuration made itself, with `mkOptionType` or by changing a known type with `//`, becomes a type of the
engine again: the known one where only its description or its check were changed, else one that calls its functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from home_manager.diagnostics import Span
from home_manager.frontends.nix.lib.arguments import (
    attribute,
    attrs_of,
    flag_of,
    holds,
    list_of,
    select,
    string_of,
    to_string,
)
from home_manager.frontends.nix.lib.attrset_paths import path_of
from home_manager.frontends.nix.lib.type_functions import Check, Exchanged, Merge
from home_manager.nix.errors import throw, type_error
from home_manager.nix.evaluation import call
from home_manager.options.declaration import InContext, Option
from home_manager.options.definition import Definition, span_of
from home_manager.options.location import Location
from home_manager.options.merging import checked_merge
from home_manager.options.module import ModuleSource
from home_manager.options.proxies import position_value
from home_manager.options.types.alternatives import Narrowed
from home_manager.options.types.base import Described, OptionType
from home_manager.values import MISSING, Attrs, Builtin, OpenAttrs, Value
from home_manager.values.lazy import Delayed, force

if TYPE_CHECKING:
    from collections.abc import Callable

    from home_manager.frontends.nix.lib.library import Library

ATTRIBUTES = (
    "_type", "check", "deprecationMessage", "description", "descriptionClass", "emptyValue", "functor", "getSubModules",
    "getSubOptions", "merge", "name", "nestedTypes", "substSubModules", "typeMerge",
)  # fmt: skip


class Functor(Attrs):
    """The `functor` of a known type."""

    __slots__ = ("type",)

    def __init__(self, attrs: dict[str, Value], type_: OptionType) -> None:
        super().__init__(attrs)
        self.type = type_


class TypeValue(OpenAttrs):
    """A type of the engine as an attribute set; the type is made when something of it is needed."""

    __slots__ = ("_building", "_make", "_type", "library")

    def __init__(self, library: Library, make: Callable[[], OptionType]) -> None:
        super().__init__()
        self.library = library
        self._make = make
        self._type: OptionType | None = None
        self._building = False

    @property
    def type(self) -> OptionType:
        """The type; while it is being made, one that stands for it."""
        if self._type is None:
            if self._building:
                return LaterType(lambda: self.type)
            self._building = True
            try:
                self._type = self._make()
            finally:
                self._building = False
        return self._type

    shown_type = type
    """The same under a name that no other value has."""

    def names(self) -> Iterable[str]:
        return ATTRIBUTES

    def find(self, name: str) -> Value:
        library = self.library
        match name:
            case "_type":
                return "option-type"
            case "name":
                return Delayed(lambda: self.type.name)
            case "description":
                return Delayed(lambda: self.type.describe())
            case "descriptionClass":
                return Delayed(lambda: self.type.description_class())
            case "check":
                return Check(self)
            case "merge":
                return Merge(self)
            case "emptyValue":
                return Delayed(self._empty)
            case "getSubOptions":
                return Builtin("getSubOptions", 1, self._sub_options)
            case "getSubModules":
                return Delayed(self._sub_modules)
            case "substSubModules":
                return Builtin("substSubModules", 1, self._with_modules)
            case "typeMerge":
                return Builtin("typeMerge", 1, lambda functor: combined_value(library, self.type, functor))
            case "functor":
                return Delayed(self._functor)
            case "nestedTypes":
                return Delayed(self._nested)
            case "deprecationMessage":
                return None
        return MISSING

    def _empty(self) -> Value:
        value = self.type.empty()
        if value is MISSING:
            return Attrs()
        return Attrs({"value": Delayed(lambda: self.type.empty_at(Location((), self.library.shared)))})

    def _sub_options(self, prefix: Value) -> Value:
        names = tuple(path_of(prefix))
        inside = (*names, *self.type.sub_prefix())
        result = option_tree(self.library, self.type.sub_options(names), inside)
        freeform = self.type.nested().get("freeformType")
        if freeform is not None:
            place = (*inside, *freeform.sub_prefix())
            result["_freeformOptions"] = option_tree(self.library, freeform.sub_options(inside), place)
        return result

    def _sub_modules(self) -> Value:
        modules = self.type.sub_modules()
        return None if modules is None else [module_value(module) for module in modules]

    def _with_modules(self, modules: Value) -> Value:
        library = self.library
        return library.type_value(self.type.with_modules([library.module(value) for value in list_of(modules)]))

    def _nested(self) -> Value:
        return Attrs({name: self.library.type_value(inner) for name, inner in self.type.nested().items()})

    def _functor(self) -> Value:
        payload = self.type.payload()
        nested = self.type.nested()
        if payload is None and "elemType" in nested:
            payload = Attrs({"elemType": self.library.type_value(nested["elemType"])})
        shown = {
            "name": self.type.name,
            "payload": payload,
            "type": self,
            "binOp": Builtin("binOp", 2, lambda first, second: None),
        }
        if "elemType" in nested:
            shown["wrapped"] = self.library.type_value(nested["elemType"])
        return Functor(shown, self.type)


class LaterType(OptionType):
    """A type that is known when it is used: a type that contains itself has one of these inside."""

    __slots__ = ("_find", "_found")

    def __init__(self, find: Callable[[], OptionType]) -> None:
        self._find = find
        self._found: OptionType | None = None

    @property
    def inner(self) -> OptionType:
        if self._found is None:
            self._found = self._find()
        return self._found

    @property
    def name(self) -> str:  # type: ignore[override]
        return self.inner.name

    @property
    def plain(self) -> bool:  # type: ignore[override]
        return self.inner.plain

    def describe(self) -> str:
        return self.inner.describe()

    def description_class(self) -> str | None:
        return self.inner.description_class()

    @property
    def coherent(self) -> bool:
        return self.inner.coherent

    def accepts(self, value: Value) -> bool:
        return self.inner.accepts(value)

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        return self.inner.merge(place, definitions)

    def meta(self, place: Location, definitions: Sequence[Definition], value: Value) -> Attrs:
        return self.inner.meta(place, definitions, value)

    def empty(self) -> Value:
        return self.inner.empty()

    def empty_at(self, place: Location) -> Value:
        return self.inner.empty_at(place)

    def combined(self, other: OptionType) -> OptionType | None:
        if self is other:
            return self
        return self.inner.combined(other.inner if isinstance(other, LaterType) else other)

    def nested(self) -> Mapping[str, OptionType]:
        return self.inner.nested()


class NixType(OptionType):
    """A type that a configuration made: its functions are called."""

    __slots__ = ("attrs", "library")

    def __init__(self, library: Library, attrs: dict[str, Value]) -> None:
        self.library = library
        self.attrs = attrs

    @property
    def name(self) -> str:  # type: ignore[override]
        return string_of(self.attrs["name"])

    def describe(self) -> str:
        description = force(self.attrs.get("description"))
        return self.name if description is None else string_of(description)

    def description_class(self) -> str | None:
        found = force(self.attrs.get("descriptionClass"))
        return found if isinstance(found, str) else None

    def accepts(self, value: Value) -> bool:
        check = self.attrs.get("check", MISSING)
        return check is MISSING or holds(check, value)

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        merge, names = force(select(self.attrs, "merge")), Delayed(lambda: list(place.names))
        given: list[Value] = [shown_definition(definition) for definition in definitions]
        if not (isinstance(merge, dict) and "v2" in merge):
            return call(merge, names, given)
        result = self._all(place, definitions)
        problem = force(result.get("headError"))
        if problem is not None:
            raise throw(
                f"A definition for option `{place}' is not of type `{self.describe()}'. "
                f"TypeError: {to_string(select(problem, 'message'))}"
            )
        return select(result, "value")

    @property
    def coherent(self) -> bool:
        merge = force(self.attrs.get("merge"))
        return isinstance(merge, dict) and "v2" in merge

    def _all(self, place: Location, definitions: Sequence[Definition]) -> dict[str, Value]:
        given: list[Value] = [shown_definition(definition) for definition in definitions]
        merge = attrs_of(select(self.attrs, "merge"))
        return attrs_of(call(merge["v2"], Attrs({"loc": Delayed(lambda: list(place.names)), "defs": given})))

    def meta(self, place: Location, definitions: Sequence[Definition], value: Value) -> Attrs:
        return Attrs(attrs_of(select(self._all(place, definitions), "valueMeta"))) if self.coherent else Attrs()

    def empty(self) -> Value:
        found = force(self.attrs.get("emptyValue", MISSING))
        return found.get("value", MISSING) if isinstance(found, dict) else MISSING

    def combined(self, other: OptionType) -> OptionType | None:
        if self is other:
            return self
        merge = self.attrs.get("typeMerge", MISSING)
        if merge is MISSING:
            return None
        result = call(merge, select(self.library.type_value(other), "functor"))
        return None if result is None else self.library.type(result)

    def sub_options(self, prefix: tuple[str, ...]) -> Mapping[str, object]:
        function = self.attrs.get("getSubOptions", MISSING)
        return {} if function is MISSING else attrs_of(call(function, list(prefix)))

    def sub_modules(self) -> Sequence[ModuleSource] | None:
        modules = force(self.attrs.get("getSubModules"))
        if modules is None:
            return None
        return [self.library.module(value) for value in list_of(modules)]

    def with_modules(self, modules: Sequence[ModuleSource]) -> OptionType:
        result = call(select(self.attrs, "substSubModules"), [module_value(module) for module in modules])
        return self if result is None else self.library.type(result)

    def nested(self) -> Mapping[str, OptionType]:
        found = force(self.attrs.get("nestedTypes", MISSING))
        if not isinstance(found, dict):
            return {}
        return {name: self.library.type(value) for name, value in found.items()}


CHANGEABLE = frozenset(("check", "description", "descriptionClass", "deprecationMessage", "name"))
"""What can be changed of a known type without touching how it merges."""


def known_type(library: Library, attrs: dict[str, Value]) -> OptionType:
    """The type that an attribute set with `_type = "option-type"` describes."""
    merge = force(attrs.get("merge"))
    if not isinstance(merge, Merge):
        return NixType(library, attrs)
    shown = merge.shown
    changed = {name for name in ATTRIBUTES if attrs.get(name, MISSING) is not shown.get(name)}
    if not changed <= CHANGEABLE:
        return NixType(library, attrs)
    base = shown.type
    if "check" in changed:
        check = attrs["check"]
        if base.coherent and attribute(check, "isV2MergeCoherent") is not True:
            return Exchanged(base)
        base = Narrowed(base, lambda value: holds(check, value))
    if not changed & {"description", "descriptionClass", "name"}:
        return base
    class_ = force(attrs.get("descriptionClass"))
    description, name = string_of(select(attrs, "description")), string_of(select(attrs, "name"))
    return Described(base, description, name, class_ if isinstance(class_, str) else None)


class ModuleValue(Attrs):
    """A module of the engine among values; it can only be given back to the engine."""

    __slots__ = ("source",)

    def __init__(self, source: ModuleSource) -> None:
        super().__init__()
        self.source = source


def module_value(source: ModuleSource) -> Value:
    """The value that a module was made from, or one that stands for it."""
    value = getattr(source, "value", MISSING)
    return ModuleValue(source) if value is MISSING else value


def combined_value(library: Library, type_: OptionType, functor: Value) -> Value:
    """The type of an option that is declared twice, or null; the second declaration is known by its functor."""
    other = attrs_of(functor)
    if isinstance(other, Functor):
        result = type_.combined(other.type)
        return None if result is None else library.type_value(result)
    same = string_of(select(other, "name")) == type_.name and attribute(other, "payload") is None
    return library.type_value(type_) if same and not type_.nested() and type_.payload() is None else None


def place_of(library: Library, place: Value) -> Location:
    return Location(lambda: tuple(path_of(place)), library.shared)


def definitions_of(definitions: Value) -> list[Definition]:
    """Definitions as types take them, from sets with `file` and `value`."""
    result: list[Definition] = []
    for item in list_of(definitions):
        entry = attrs_of(item)
        file = to_string(entry["file"]) if "file" in entry else "<unknown-file>"
        result.append(Definition(force(select(entry, "value")), file, (entry, "value")))
    return result


def shown_definition(definition: Definition) -> Attrs:
    return Attrs({"file": definition.file, "value": definition.value})


def merged_value(library: Library, place: Value, kind: Value, definitions: list[Value]) -> Value:
    """The value of an option from definitions without properties."""
    type_, here = library.type(kind), place_of(library, place)
    if definitions:
        return checked_merge(here, type_, definitions_of(definitions))
    value = type_.empty_at(here)
    if value is MISSING:
        raise throw(f"The option `{here}' was accessed but has no value defined. Try setting the option.")
    return value


class NixOption(Option):
    """A declaration that `mkOption` made; its type is looked at when the option is, its place when it is asked for."""

    __slots__ = ("_given", "_known", "_library", "_origin")

    def __init__(
        self, library: Library, given: dict[str, Value], file: str, origin: Span | tuple[Value, str] | None
    ) -> None:
        get = given.get
        self._library = library
        self._given = given
        self._known: OptionType | None = None
        self._origin = origin
        self.default = get("default", MISSING)
        self.default_text = get("defaultText", MISSING)
        self.example = get("example", MISSING)
        self.description = get("description")  # type: ignore[assignment]
        self.related_packages = get("relatedPackages")
        apply = get("apply")
        # Which function it is may depend on the options themselves, so it is looked at with the value.
        self.apply = None if apply is None else lambda item: item if force(apply) is None else call(apply, item)
        self.read_only = "readOnly" in given and flag_of(given["readOnly"])
        self.internal = "internal" in given and flag_of(given["internal"])
        visible = force(given["visible"]) if "visible" in given else None
        self.visible = True if visible is None else visible  # type: ignore[assignment]
        self.declared_in = file
        self.declared = ()

    @property
    def span(self) -> Span | None:  # type: ignore[override]
        return span_of(self._origin)

    @property
    def origin(self) -> Span | tuple[Value, str] | None:
        return self._origin

    def placed(self, span: Span) -> Option:
        return NixOption(self._library, self._given, self.declared_in, span)

    @property
    def type(self) -> OptionType | None:  # type: ignore[override]
        if self._known is None:
            kind = force(self._given.get("type"))
            if kind is None:
                return None
            self._known = self._library.type(kind)
            for module in self._known.sub_modules() or ():
                adopt = getattr(module, "adopt", None)
                if adopt is not None:
                    adopt(self.declared_in)
        return self._known


def option_of(library: Library, value: Value, file: str, origin: Span | tuple[Value, str] | None = None) -> Option:
    """The declaration that `mkOption` made; `origin` is its place, or the set and the name where it stands."""
    return NixOption(library, attrs_of(value), file, origin)


def option_value(library: Library, option: Option, place: tuple[str, ...]) -> Attrs:
    """A declaration as an attribute set with `_type = "option"`, for documentation."""
    declared = option.declared or ((option.declared_in, option.span),)
    result = Attrs(
        {
            "_type": "option",
            "loc": list(place),
            "declarations": [file for file, _ in declared if file],
            "declarationPositions": [position_value(file, span) for file, span in declared],
            "internal": option.internal,
            "visible": option.visible,
            "readOnly": option.read_only,
            "description": option.description,
        }
    )
    if option.type is not None:
        result["type"] = library.type_value(option.type)
    for name, value in (
        ("default", option.default),
        ("defaultText", option.default_text),
        ("example", option.example),
    ):
        if value is not MISSING and not isinstance(value, InContext):
            result[name] = value
    return result


def option_tree(library: Library, options: Mapping[str, object], prefix: tuple[str, ...]) -> Attrs:
    """Declarations as nested attribute sets."""

    def shown(name: str, entry: object) -> Value:
        entry = force(entry)
        place = (*prefix, name)
        if isinstance(entry, Option):
            return option_value(library, entry, place)
        if isinstance(entry, dict) and attribute(entry, "_type") == "option":
            return Attrs({"loc": list(place), "declarations": [], **dict(entry.items())})
        if isinstance(entry, Mapping):
            return option_tree(library, entry, place)
        raise type_error(f"`{'.'.join(place)}` is not a declaration of an option")

    return Attrs({name: shown(name, entry) for name, entry in options.items()})
