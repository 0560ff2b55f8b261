"""What an `assert a == b` says when it does not hold: where the two values differ."""

from __future__ import annotations

from home_manager.diagnostics import Failure, Span
from home_manager.lazy import force
from home_manager.nix.comparison import equal, is_derivation
from home_manager.nix.errors import assertion_failed
from home_manager.nix.printer import preview, show_type, type_name
from home_manager.nix.quoting import quote_name
from home_manager.nix.values import Value


def not_equal(a: Value, b: Value, span: Span | None) -> Failure | None:
    """The first difference between two values, or `None` if they turn out to be equal."""
    a, b = force(a), force(b)
    kind, other = type_name(a), type_name(b)
    if {kind, other} <= {"int", "float"}:
        if equal(a, b):
            return None
        return assertion_failed(
            f"{show_type(a)} with value '{preview(a)}' is not equal to {show_type(b)} with value '{preview(b)}'", span
        )
    if kind != other:
        return assertion_failed(
            f"{show_type(a)} of value '{preview(a)}' is not equal to {show_type(b)} of value '{preview(b)}'", span
        )
    if kind == "lambda":
        return assertion_failed(
            "distinct functions and immediate comparisons of identical functions compare as unequal", span
        )
    if isinstance(a, list) and isinstance(b, list):
        return _lists(a, b, span)
    if isinstance(a, dict) and isinstance(b, dict):
        return _attrs(a, b, span)
    if equal(a, b):
        return None
    word = {"bool": "boolean"}.get(kind, kind)
    return assertion_failed(f"{word} '{preview(a)}' is not equal to {word} '{preview(b)}'", span)


def _lists(a: list[Value], b: list[Value], span: Span | None) -> Failure | None:
    if len(a) != len(b):
        return assertion_failed(
            f"list of size '{len(a)}' is not equal to list of size '{len(b)}', "
            f"left hand side is '{preview(a)}', right hand side is '{preview(b)}'",
            span,
        )
    for index, (x, y) in enumerate(zip(a, b, strict=True)):
        difference = None if x is y else not_equal(x, y, span)
        if difference is not None:
            difference.add_frame(f"while comparing list element {index}", span, nix=True)
            return difference
    return None


def _attrs(a: dict[str, Value], b: dict[str, Value], span: Span | None) -> Failure | None:
    if is_derivation(a) and is_derivation(b) and "outPath" in a and "outPath" in b:
        difference = not_equal(a["outPath"], b["outPath"], span)
        if difference is not None:
            difference.add_frame("while comparing a derivation by its 'outPath' attribute", span, nix=True)
        return difference
    if len(a) != len(b):
        return assertion_failed(
            f"attribute names of attribute set '{preview(a)}' differs from attribute set '{preview(b)}'", span
        )
    for name in a:
        if name not in b:
            return assertion_failed(
                f"attribute name '{quote_name(name)}' is contained in '{preview(a)}', but not in '{preview(b)}'", span
            )
        difference = None if a[name] is b[name] else not_equal(a[name], b[name], span)
        if difference is not None:
            difference.add_frame(f"while comparing attribute '{name}'", span, nix=True)
            return difference
    return None
