"""What library functions do with their arguments: force them, check their kind, apply functions now or later."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from home_manager.nix.builtins.json import json_text
from home_manager.nix.errors import missing_attribute
from home_manager.nix.evaluation import (
    LazyCall,
    call,
    coerce_to_string,
    equal,
    less,
    merge_sort,
    type_name,
)
from home_manager.nix.evaluation import expect_attrs as attrs_of
from home_manager.nix.evaluation import expect_bool as flag_of
from home_manager.nix.evaluation import expect_int as integer_of
from home_manager.nix.evaluation import expect_list as list_of
from home_manager.nix.evaluation import expect_string as string_of
from home_manager.values import MISSING, Attrs, ContextString, PathValue, Value
from home_manager.values.lazy import Lazy, force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

__all__ = [
    "Later",
    "LazyCall",
    "Selected",
    "attribute",
    "attrs_of",
    "call",
    "context_of",
    "equal",
    "flag_of",
    "force",
    "has",
    "holds",
    "integer_of",
    "interpolated",
    "is_string_like",
    "joined",
    "joined_attrs",
    "less",
    "list_of",
    "merge_sort",
    "select",
    "string_of",
    "text_of",
    "to_json",
    "to_string",
    "type_name",
    "with_context",
]


class Later(Lazy):
    """What a Python function gives for some arguments, when somebody looks."""

    __slots__ = ("arguments", "function")

    def __init__(self, function: Callable[..., Value], *arguments: object) -> None:
        super().__init__()
        self.function: Callable[..., Value] | None = function
        self.arguments = arguments

    def compute(self) -> Value:
        assert self.function is not None
        value = force(self.function(*self.arguments))
        self.function = None
        self.arguments = ()
        return value


class Selected(Lazy):
    """An attribute of a set, looked up when somebody looks."""

    __slots__ = ("attribute", "attrs")

    def __init__(self, attrs: Value, name: str) -> None:
        super().__init__()
        self.attrs = attrs
        self.attribute = name

    def compute(self) -> Value:
        return force(select(self.attrs, self.attribute))


def select(attrs: Value, name: str) -> Value:
    """An attribute of a set that must be there."""
    source = attrs_of(attrs)
    found = source.get(name, MISSING)
    if found is MISSING:
        raise missing_attribute(name, source)
    return found


def attribute(value: Value, name: str, default: Value = None) -> Value:
    """`value.name or default`, forced; `default` also where the value is no set."""
    value = force(value)
    return force(value.get(name, default)) if isinstance(value, dict) else default


def has(value: Value, name: str) -> bool:
    """`value ? name`"""
    value = force(value)
    return isinstance(value, dict) and name in value


def holds(predicate: Value, *arguments: Value) -> bool:
    """What a predicate says of its arguments."""
    return flag_of(call(predicate, *arguments))


def joined_attrs(left: Value, right: Value) -> Attrs:
    """`left // right`"""
    first, second = attrs_of(left), attrs_of(right)
    result = Attrs(first, origin=(first, second))
    result.update(second.items())
    return result


def to_string(value: Value) -> str:
    """`toString value`"""
    return coerce_to_string(value, more=True)


def interpolated(library: Library, value: Value) -> str:
    """`"${value}"`: paths are copied to the store."""
    return coerce_to_string(value, copy=library.evaluator.copy_path)


def text_of(library: Library, value: Value) -> str:
    """A string as it is, anything else as interpolation has it."""
    value = force(value)
    return value if isinstance(value, str) else coerce_to_string(value, copy=library.evaluator.copy_path)


def context_of(*values: object) -> frozenset[str]:
    """What the contexts of strings say together."""
    context: frozenset[str] = frozenset()
    for value in values:
        if isinstance(value, ContextString):
            context |= value.context
    return context


def with_context(text: str, *sources: object) -> str:
    """A text that has the contexts of the strings that it was made from."""
    context = context_of(*sources)
    return ContextString(text, context) if context else text


def to_json(value: Value) -> str:
    """`toJSON value`, without copying paths to the store."""
    context: set[str] = set()
    text = json_text(value, context)
    return ContextString(text, frozenset(context)) if context else text


def joined(separator: str, parts: list[str]) -> str:
    """Strings with a separator between them, contexts kept."""
    return with_context(separator.join(parts), separator, *parts)


def is_string_like(value: Value) -> bool:
    """Whether `"${value}"` works: a string, a path, a set with `outPath` or `__toString`."""
    value = force(value)
    return isinstance(value, (str, PathValue)) or (
        isinstance(value, dict) and ("outPath" in value or "__toString" in value)
    )
