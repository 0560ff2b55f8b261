"""What an option type is: which values it accepts, how definitions become one value, and how it is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from home_manager.nix.evaluation import call
from home_manager.options.definition import Definition
from home_manager.options.location import Location, show_name
from home_manager.values import MISSING, Attrs, ContextString, Function, PathValue, Value
from home_manager.values.lazy import Lazy, force

if TYPE_CHECKING:
    from home_manager.options.module import ModuleSource


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A value that a type does not accept: what was expected, what it is, and where inside the value."""

    expected: str
    found: str
    path: tuple[str, ...] = ()


class OptionType:
    """A type of options. Immutable; types are compared by `combined`.

    `accepts` looks at a forced value, and no deeper than its outermost layer: what is inside is checked when it is
    merged. `merge` is given accepted definitions, at least one, with forced values.
    """

    __slots__ = ()
    name: str = "type"
    phrase: ClassVar[str | None] = None
    """The grammar of the description: noun, conjunction, composite, nonRestrictiveClause or nothing."""
    plain: ClassVar[bool] = False
    """Whether the merge of one accepted definition is its value as it is."""

    @property
    def coherent(self) -> bool:
        """Whether nixpkgs checks and merges this type in one go (`merge.v2`), so that its check cannot be exchanged."""
        return False

    def describe(self) -> str:
        return self.name

    def description_class(self) -> str | None:
        return self.phrase

    def accepts(self, value: Value) -> bool:
        return True

    def check(self, value: Value) -> Mismatch | None:
        """`None`, or why the value is not of this type."""
        return None if self.accepts(force(value)) else Mismatch(self.describe(), describe_value(value))

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        raise NotImplementedError

    def ensure_usable(self, place: Location) -> None:
        """Refuses a type that was put together wrongly, where it is used without merging anything."""

    def meta(self, place: Location, definitions: Sequence[Definition], value: Value) -> Attrs:
        """What there is to know of a value made of these definitions beside the value itself: a set of its own."""
        return Attrs()

    def empty(self) -> Value:
        """The value without any definition, or `MISSING`."""
        return MISSING

    def empty_at(self, place: Location) -> Value:
        """The value without any definition, where making it needs an evaluation."""
        return self.empty()

    def combined(self, other: OptionType) -> OptionType | None:
        """The type of an option that is declared with both, or `None` where they do not go together."""
        return self if type(self) is type(other) and self.name == other.name else None

    def sub_options(self, prefix: tuple[str, ...]) -> Mapping[str, object]:
        """The tree of options inside a value, for documentation."""
        return {}

    def inside(self) -> Sequence[tuple[tuple[str, ...], OptionType]]:
        """The submodules in this type, each with what stands between the option's name and its options (`<name>`)."""
        return ()

    def sub_prefix(self) -> tuple[str, ...]:
        """What stands between the option's name and the names of its inner options."""
        return next((prefix for prefix, _ in self.inside()), ())

    def sub_modules(self) -> Sequence[ModuleSource] | None:
        """The modules of the submodule inside, or `None`."""
        return None

    def with_modules(self, modules: Sequence[ModuleSource]) -> OptionType:
        """The same type with other modules in its submodule."""
        return self

    def elements(self, value: Value) -> Iterable[tuple[Value, OptionType]]:
        """The values inside a merged value that are checked only when they are read, with their types."""
        inner = getattr(self, "inner", None)
        return inner.elements(value) if isinstance(inner, OptionType) else ()

    def nested(self) -> Mapping[str, OptionType]:
        """The types that this one is made of, by role."""
        return {}

    def payload(self) -> Value:
        """What else two types of one name may differ in, for a front end's `functor.payload`."""
        return None

    def __repr__(self) -> str:
        return f"<type {self.describe()}>"


def phrase(inner: OptionType, *plain: str) -> str:
    """The description of an inner type, in parentheses where it would be ambiguous."""
    text = inner.describe()
    return text if inner.description_class() in plain else f"({text})"


class Described(OptionType):
    """A type under another name or description, with the behaviour of `inner`."""

    __slots__ = ("_class", "_description", "inner", "name")

    def __init__(self, inner: OptionType, description: str, name: str | None = None, class_: str | None = None) -> None:
        self.inner = inner
        self.name = inner.name if name is None else name
        self._description = description
        self._class = inner.description_class() if class_ is None else class_

    @property
    def plain(self) -> bool:  # type: ignore[override]
        return self.inner.plain

    def describe(self) -> str:
        return self._description

    def description_class(self) -> str | None:
        return self._class

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
        other = other.inner if isinstance(other, Described) else other
        merged = self.inner.combined(other)
        return None if merged is None else Described(merged, self._description, self.name, self._class)

    def sub_options(self, prefix: tuple[str, ...]) -> Mapping[str, object]:
        return self.inner.sub_options(prefix)

    def inside(self) -> Sequence[tuple[tuple[str, ...], OptionType]]:
        return self.inner.inside()

    def sub_modules(self) -> Sequence[ModuleSource] | None:
        return self.inner.sub_modules()

    def with_modules(self, modules: Sequence[ModuleSource]) -> OptionType:
        return Described(self.inner.with_modules(modules), self._description, self.name, self._class)

    def nested(self) -> Mapping[str, OptionType]:
        return self.inner.nested()


def is_package(value: Value) -> bool:
    """Whether a forced value is a derivation."""
    return isinstance(value, dict) and "type" in value and force(value["type"]) == "derivation"


def is_text(value: Value) -> bool:
    """Whether a forced value can stand for a string: a string, a path, or a set that says how."""
    return isinstance(value, (str, PathValue)) or (
        isinstance(value, dict) and ("outPath" in value or "__toString" in value)
    )


def text_of(value: Value) -> str:
    """The text of such a value, without copying paths to the store."""
    value = force(value)
    if isinstance(value, str):
        return value
    if isinstance(value, PathValue):
        return value.text
    if isinstance(value, dict):
        if "__toString" in value:
            return text_of(call(force(value["__toString"]), value))
        if "outPath" in value:
            return text_of(value["outPath"])
    raise ValueError("not a text")


def describe_value(value: Value) -> str:
    """What kind of value it is, in words: `an integer`."""
    value = force(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, int):
        return "an integer"
    if isinstance(value, float):
        return "a floating point number"
    if isinstance(value, str):
        return "a string"
    if isinstance(value, PathValue):
        return "a path"
    if isinstance(value, list):
        return "an empty list" if not value else "a list"
    if isinstance(value, Function):
        return "a function"
    if isinstance(value, dict):
        if is_package(value):
            return "a package"
        kind = force(value["_type"]) if "_type" in value else None
        return f"a value of type `{kind}`" if isinstance(kind, str) else "an attribute set"
    return f"a Python {type(value).__name__}"


def show_value(value: Value, depth: int = 2) -> str:
    """A short form of a value in Nix syntax, for a message; nothing that is not yet computed is forced."""
    if isinstance(value, Lazy):
        if value.state != 2:
            return "…"
        value = force(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, str):
        text = value if len(value) <= 60 else value[:57] + "…"
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("${", "\\${") + '"'
    if isinstance(value, PathValue):
        return value.text
    if isinstance(value, list):
        if not value:
            return "[ ]"
        if depth == 0:
            return "[ … ]"
        inner = [show_value(each, depth - 1) for each in value[:4]] + (["…"] if len(value) > 4 else [])
        return f"[ {' '.join(inner)} ]"
    if isinstance(value, Function):
        return "<function>"
    if isinstance(value, dict):
        if dict.get(value, "type") == "derivation":
            return f"<package {show_value(dict.get(value, 'name', ''))}>"
        names = list(dict.__iter__(value))
        if not names:
            return "{ }"
        if depth == 0:
            return "{ … }"
        pairs = [f"{show_name(name)} = {show_value(dict.__getitem__(value, name), depth - 1)};" for name in names[:4]]
        return f"{{ {' '.join(pairs)}{' …' if len(names) > 4 else ''} }}"
    return repr(value)


def same(a: Value, b: Value) -> bool:
    """Equality of two values as the language defines it: deep, functions never equal, packages by their path."""
    a, b = force(a), force(b)
    if a is b:
        return not isinstance(a, Function)
    if isinstance(a, bool) or isinstance(b, bool):
        return isinstance(a, bool) and isinstance(b, bool) and a == b
    if isinstance(a, (int, float)):
        return isinstance(b, (int, float)) and a == b
    if isinstance(a, (str, ContextString)):
        return isinstance(b, str) and str.__eq__(a, b)
    if isinstance(a, list):
        return isinstance(b, list) and len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict):
        if not isinstance(b, dict):
            return False
        if is_package(a) and is_package(b):
            return same(a["outPath"], b["outPath"])
        if len(a) != len(b):
            return False
        return all(name in b and same(a[name], b[name]) for name in a)
    if isinstance(a, (PathValue, type(None))):
        return type(a) is type(b) and a == b
    return False
