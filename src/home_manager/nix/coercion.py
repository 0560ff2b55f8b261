"""Values as what a place needs: a string, a path, an integer … with Nix's messages where that is not possible."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from home_manager.diagnostics import Failure, Label, Span
from home_manager.nix.errors import eval_error, stack_overflow, type_error
from home_manager.nix.nodes.functions import call_values
from home_manager.nix.path_text import canonical
from home_manager.nix.printer import preview, show_type
from home_manager.nix.quoting import show_float
from home_manager.nix.type_errors import wrong_type
from home_manager.values import ContextString
from home_manager.values.classes import MISSING, Attrs, Function, PathValue, Value, attribute, has_attribute
from home_manager.values.lazy import Lazy

Copier = Callable[[PathValue], str]
"""Copies a path into the store and gives the store path, with its context (`Evaluator.copy_path`)."""

_DEEPEST = 10_000
_ELEMENT = "while evaluating one element of the list"


def context_of(text: str) -> frozenset[str]:
    """The context of a string."""
    return text.context if isinstance(text, ContextString) else frozenset()


def shown_element(element: str) -> str:
    """An element of a context, as messages write it."""
    if element.startswith("!"):
        output, _, path = element[1:].partition("!")
        return f"{path}^{output}"
    return f"{element[1:]} (deep)" if element.startswith("=") else element


def with_context(text: str, context: Iterable[str]) -> str:
    """A string with this context: a plain one if it is empty."""
    elements = frozenset(context)
    return ContextString(text, elements) if elements else text


def coerce_to_string(
    value: Value,
    *,
    more: bool = False,
    copy: Copier | None = None,
    doing: str = "",
    span: Span | None = None,
    depth: int = 0,
) -> str:
    """A value as a string; with `more` also numbers, booleans, null and lists, as `toString` does.

    Paths become store paths if there is a `copy`. The result is a `ContextString` if it has a context.
    """
    while isinstance(value, Lazy):
        value = value.force()
    if isinstance(value, str):
        return value
    if depth > _DEEPEST:
        raise stack_overflow(span)
    if isinstance(value, PathValue):
        return value.text if copy is None else copy(value)
    if isinstance(value, dict):
        inner, name = inside(value)
        if name:
            try:
                return coerce_to_string(inner, more=more, copy=copy, doing=doing, span=span, depth=depth + 1)
            except Failure as failure:
                used(failure, value, name)
                raise
    elif more:
        if value is None or value is False:
            return ""
        if value is True:
            return "1"
        if isinstance(value, int):
            return str(value)
        if isinstance(value, float):
            return f"{value:f}" if value == value else show_float(value)
        if isinstance(value, list):
            return _join(value, copy, doing, span, depth)
    shown = show_type(value)
    refusal = type_error(f"cannot coerce {shown} to a string: {preview(value)}", span, label=f"this is {shown}")
    if doing:
        refusal.add_frame(doing, span, nix=True)
    raise refusal


def inside(attrs: dict[str, Value]) -> tuple[Value, str]:
    """What a set stands for where a string is wanted, and which of its attributes says so: "" if none does."""
    to_string = attribute(attrs, "__toString")
    if to_string is not MISSING:
        try:
            return call_values(to_string, (attrs,)), "__toString"
        except Failure as failure:
            at_attribute(failure, attrs, "__toString", "while calling the `__toString` attribute")
            raise
    inner = attribute(attrs, "outPath")
    if inner is MISSING:
        return None, ""
    try:
        while isinstance(inner, Lazy):
            inner = inner.force()
    except Failure as failure:
        at_attribute(failure, attrs, "outPath", "while evaluating the `outPath` attribute")
        raise
    return inner, "outPath"


def used(failure: Failure, attrs: dict[str, Value], name: str) -> None:
    """What `inside` gave is no string either."""
    what = "result of the `__toString`" if name == "__toString" else "`outPath`"
    at_attribute(failure, attrs, name, f"while using the {what} attribute")


def at_attribute(failure: Failure, attrs: dict[str, Value], name: str, text: str) -> None:
    """A step that concerns an attribute; the failure gets its place if it has none."""
    span = attrs.position(name) if isinstance(attrs, Attrs) else None
    if span is not None and not failure.diagnostic.labels:
        failure.diagnostic = replace(failure.diagnostic, labels=(Label(span),))
    failure.add_frame(text, span, nix=True)


def _join(items: list[Value], copy: Copier | None, doing: str, span: Span | None, depth: int) -> str:
    """The elements with blanks between them; an empty list among them leaves none behind, as in Nix."""
    parts: list[str] = []
    context: frozenset[str] = frozenset()
    last = len(items) - 1
    for index, item in enumerate(items):
        try:
            text = coerce_to_string(item, more=True, copy=copy, doing=_ELEMENT, span=span, depth=depth + 1)
        except Failure as failure:
            if doing:
                failure.add_frame(doing, span, nix=True)
            raise
        if isinstance(text, ContextString):
            context |= text.context
        parts.append(text)
        while isinstance(item, Lazy):
            item = item.force()
        if index < last and item != []:
            parts.append(" ")
    return with_context("".join(parts), context)


def coerce_to_path(value: Value, *, doing: str = "") -> str:
    """A value as the text of an absolute path."""
    while isinstance(value, Lazy):
        value = value.force()
    if isinstance(value, PathValue):
        return value.text
    if isinstance(value, dict):
        inner, name = inside(value)
        if name:
            try:
                return coerce_to_path(inner, doing=doing)
            except Failure as failure:
                used(failure, value, name)
                raise
    text = coerce_to_string(value, doing=doing)
    if not text.startswith("/"):
        refusal = eval_error(f"string '{text}' doesn't represent an absolute path", code="nix-type")
        if doing:
            refusal.add_frame(doing, nix=True)
        raise refusal
    return canonical(str.__str__(text))


def _expected(value: Value, kind: str, doing: str) -> Failure:
    failure = wrong_type(kind, value)
    if doing:
        failure.add_frame(doing, nix=True)
    return failure


def _forced(value: Value, doing: str) -> Value:
    try:
        if isinstance(value, Lazy):
            return value.force()
    except Failure as failure:
        if doing:
            failure.add_frame(doing, nix=True)
        raise
    return value


def expect_int(value: Value, doing: str = "") -> int:
    """The value, which must be an integer."""
    if isinstance(value, Lazy):
        value = value.value if value.state == 2 else _forced(value, doing)
    if type(value) is int:
        return value
    raise _expected(value, "an integer", doing)


def expect_float(value: Value, doing: str = "") -> float:
    """The value, which must be a number."""
    value = _forced(value, doing)
    if type(value) is float or type(value) is int:
        return float(value)
    raise _expected(value, "a float", doing)


def expect_bool(value: Value, doing: str = "") -> bool:
    """The value, which must be a boolean."""
    if isinstance(value, Lazy):
        value = value.value if value.state == 2 else _forced(value, doing)
    if value is True or value is False:
        return value
    raise _expected(value, "a Boolean", doing)


def expect_string(value: Value, doing: str = "") -> str:
    """The value, which must be a string; it keeps its context."""
    if isinstance(value, Lazy):
        value = value.value if value.state == 2 else _forced(value, doing)
    if isinstance(value, str):
        return value
    raise _expected(value, "a string", doing)


def expect_plain_string(value: Value, doing: str = "") -> str:
    """The value, which must be a string that refers to no store path."""
    if type(value) is str:
        return value
    text = expect_string(value, doing)
    if type(text) is str:
        return text
    if isinstance(text, ContextString) and text.context:
        element = shown_element(min(text.context))
        failure = eval_error(
            f"the string '{text}' is not allowed to refer to a store path (such as '{element}')", code="nix-type"
        )
        if doing:
            failure.add_frame(doing, nix=True)
        raise failure
    return str.__str__(text)


def expect_list(value: Value, doing: str = "") -> list[Value]:
    """The value, which must be a list."""
    if isinstance(value, Lazy):
        value = value.value if value.state == 2 else _forced(value, doing)
    if isinstance(value, list):
        return value
    raise _expected(value, "a list", doing)


def expect_attrs(value: Value, doing: str = "") -> dict[str, Value]:
    """The value, which must be an attribute set."""
    if isinstance(value, Lazy):
        value = value.value if value.state == 2 else _forced(value, doing)
    if isinstance(value, dict):
        return value
    raise _expected(value, "a set", doing)


def expect_function(value: Value, doing: str = "") -> Value:
    """The value, which must be something that can be called."""
    value = _forced(value, doing)
    if isinstance(value, Function) or (isinstance(value, dict) and has_attribute(value, "__functor")):
        return value
    raise _expected(value, "a function", doing)


def deep_force(value: Value) -> Value:
    """The value with everything in it computed; a value that contains itself is entered once."""
    while isinstance(value, Lazy):
        value = value.force()
    _deep_force(value, set(), 0)
    return value


def _deep_force(value: Value, seen: set[int], depth: int) -> None:
    if depth > _DEEPEST:
        raise stack_overflow()
    if isinstance(value, dict):
        if id(value) in seen:
            return
        seen.add(id(value))
        for name, item in value.items():
            try:
                while isinstance(item, Lazy):
                    item = item.force()
                if isinstance(item, (dict, list)):
                    _deep_force(item, seen, depth + 1)
            except Failure as failure:
                if len(failure.frames) < 100:
                    span = value.position(name) if isinstance(value, Attrs) else None
                    failure.add_frame(f"while evaluating the attribute '{name}'", span, nix=True)
                raise
    elif isinstance(value, list):
        if id(value) in seen:
            return
        seen.add(id(value))
        for index, item in enumerate(value):
            try:
                while isinstance(item, Lazy):
                    item = item.force()
                if isinstance(item, (dict, list)):
                    _deep_force(item, seen, depth + 1)
            except Failure as failure:
                if len(failure.frames) < 100:
                    failure.add_frame(f"while evaluating list element at index {index}", nix=True)
                raise
