"""Equality and order of values, and sorting; nothing here hands the evaluator to a C function."""

from __future__ import annotations

from collections.abc import Callable

from home_manager.diagnostics import Failure, Span
from home_manager.nix.attribute_order import pairs
from home_manager.nix.errors import eval_error, stack_overflow
from home_manager.nix.printer import preview, show_type, type_name
from home_manager.values import OpenAttrs
from home_manager.values.classes import MISSING, Attrs, Function, PathValue, Value, attribute, has_attribute
from home_manager.values.lazy import Lazy

DEEPEST = 10_000
"""Nested values beyond this are taken for endless."""


def is_derivation(value: Value) -> bool:
    """Whether a value (not lazy) is an attribute set with `type = "derivation"`."""
    if not isinstance(value, dict):
        return False
    kind = attribute(value, "type")
    while isinstance(kind, Lazy):
        kind = kind.force()
    return isinstance(kind, str) and kind == "derivation"


def equal(a: Value, b: Value, depth: int = 0) -> bool:
    """`a == b`."""
    while isinstance(a, Lazy):
        a = a.force()
    while isinstance(b, Lazy):
        b = b.force()
    kind = type(a)
    if kind is type(b) and (kind is str or kind is int or kind is bool):
        return a == b
    if a is b:
        return not isinstance(a, Function) and (not isinstance(a, float) or a == a)
    if isinstance(a, str):
        return isinstance(b, str) and str.__eq__(a, b)
    if depth > DEEPEST:
        raise stack_overflow()
    if isinstance(a, dict):
        return isinstance(b, dict) and _equal_attrs(a, b, depth)
    if isinstance(a, list):
        if not isinstance(b, list) or len(a) != len(b):
            return False
        return all_equal(a, b, depth)
    if isinstance(a, PathValue):
        return isinstance(b, PathValue) and a.text == b.text
    if isinstance(a, bool) or isinstance(b, bool):
        return False
    if isinstance(a, (int, float)):
        # Of an integer and a float the integer becomes a float, and may lose digits; Python would compare exactly.
        return isinstance(b, (int, float)) and (a == b if kind is type(b) else float(a) == float(b))
    return False


def all_equal(a: list[Value], b: list[Value], depth: int = 0) -> bool:
    """Whether two lists of the same length are equal, element by element."""
    for x, y in zip(a, b, strict=True):  # noqa: SIM110 - `all` would put a C function between evaluations
        if not same(x, y, depth + 1):
            return False
    return True


def same(a: Value, b: Value, depth: int = 0) -> bool:
    """Whether two elements are equal: the same element is (even a function), provided that it has a value."""
    while isinstance(a, Lazy):
        a = a.force()
    while isinstance(b, Lazy):
        b = b.force()
    return a is b or equal(a, b, depth)


def equal_operands(a: Value, b: Value) -> bool:
    """`a == b` as it is written: of one and the same set or list, everything in it must have a value."""
    if a is b and isinstance(a, (dict, list)) and not isinstance(a, OpenAttrs):
        if isinstance(a, list):
            return all_equal(a, a)
        return _equal_attrs(a, a, 0)
    return equal(a, b)


def _equal_attrs(a: dict[str, Value], b: dict[str, Value], depth: int) -> bool:
    if is_derivation(a) and is_derivation(b):
        first, second = attribute(a, "outPath"), attribute(b, "outPath")
        if first is not MISSING and second is not MISSING:
            return equal(first, second, depth + 1)
    if len(a) != len(b):
        return False
    # Nix walks along both sets at once, so values before a name that differs are compared.
    if len(a) > 1 and type(a) is Attrs and type(b) is Attrs and (named := pairs(a, b)) is not None:
        for name, other in named:  # noqa: SIM110 - as above
            if name != other or not same(a[name], b[other], depth + 1):
                return False
        return True
    for name, value in a.items():  # noqa: SIM110 - as above
        if not has_attribute(b, name) or not same(value, b[name], depth + 1):
            return False
    return True


def less(a: Value, b: Value) -> bool:
    """`a < b`, for numbers, strings, paths and lists."""
    while isinstance(a, Lazy):
        a = a.force()
    while isinstance(b, Lazy):
        b = b.force()
    if isinstance(a, str):
        if isinstance(b, str):
            return _text_less(a, b)
    elif isinstance(a, bool) or isinstance(b, bool):
        pass
    elif isinstance(a, (int, float)):
        if isinstance(b, (int, float)):
            return a < b if type(a) is type(b) else float(a) < float(b)
    elif isinstance(a, PathValue):
        if isinstance(b, PathValue):
            return _text_less(a.text, b.text)
    elif isinstance(a, list) and isinstance(b, list):
        for x, y in zip(a, b, strict=False):
            if not same(x, y, 1):
                try:
                    return less(x, y)
                except Failure as failure:
                    failure.add_frame("while comparing two list elements", nix=True)
                    raise
        return len(a) < len(b)
    raise incomparable(a, b)


def _text_less(a: str, b: str) -> bool:
    """Strings in the order of their bytes, which is that of their characters but for bytes that are not UTF-8."""
    if a.isascii() or b.isascii():
        return str.__lt__(a, b)
    return a.encode("utf-8", "surrogateescape") < b.encode("utf-8", "surrogateescape")


def incomparable(a: Value, b: Value, span: Span | None = None) -> Failure:
    """The error for comparing two values (not lazy) that have no order."""
    message = f"cannot compare {show_type(a)} with {show_type(b)}; values "
    if type_name(a) == type_name(b):
        message += f"of that type are incomparable (values are {preview(a)} and {preview(b)})"
    else:
        message += f"are {preview(a)} and {preview(b)}"
    return eval_error(message, span, code="nix-type")


def merge_sort(items: list[Value], before: Callable[[Value, Value], bool]) -> list[Value]:
    """The items in order, stable; `before(a, b)` says whether `a` must come before `b`."""
    if len(items) < 2:
        return list(items)
    runs = _runs(items, before)
    while len(runs) > 1:
        merged = [_merge(runs[i], runs[i + 1], before) for i in range(0, len(runs) - 1, 2)]
        if len(runs) % 2:
            merged.append(runs[-1])
        runs = merged
    return runs[0]


def _runs(items: list[Value], before: Callable[[Value, Value], bool]) -> list[list[Value]]:
    """The items cut where they are out of order, so that sorted input costs one pass."""
    runs = [[items[0]]]
    for item in items[1:]:
        if before(item, runs[-1][-1]):
            runs.append([item])
        else:
            runs[-1].append(item)
    return runs


def _merge(a: list[Value], b: list[Value], before: Callable[[Value, Value], bool]) -> list[Value]:
    merged: list[Value] = []
    i = j = 0
    while i < len(a) and j < len(b):
        if before(b[j], a[i]):
            merged.append(b[j])
            j += 1
        else:
            merged.append(a[i])
            i += 1
    merged.extend(a[i:])
    merged.extend(b[j:])
    return merged
