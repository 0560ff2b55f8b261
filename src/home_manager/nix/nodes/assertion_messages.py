"""What an `assert a == b` says when it does not hold: where the two values differ."""

from __future__ import annotations

from dataclasses import replace

from home_manager.diagnostics import Failure, Label, Span
from home_manager.nix.comparison import equal, is_derivation
from home_manager.nix.errors import assertion_failed
from home_manager.nix.printer import preview, show_type, type_name
from home_manager.nix.quoting import quote_name
from home_manager.values.classes import Attrs, Value, has_attribute
from home_manager.values.lazy import force


def not_equal(a: Value, b: Value, operator: Span | None) -> Failure | None:
    """The first difference between two values, or `None` if they turn out to be equal.

    `operator` is where they are compared. The failure has places where one of the differing values was written.
    """
    a, b = force(a), force(b)
    kind, other = type_name(a), type_name(b)
    if {kind, other} <= {"int", "float"}:
        if equal(a, b):
            return None
        return assertion_failed(
            f"{show_type(a)} with value '{preview(a)}' is not equal to {show_type(b)} with value '{preview(b)}'"
        )
    if kind != other:
        return assertion_failed(
            f"{show_type(a)} of value '{preview(a)}' is not equal to {show_type(b)} of value '{preview(b)}'"
        )
    if kind == "lambda":
        return assertion_failed(
            "distinct functions and immediate comparisons of identical functions compare as unequal"
        )
    if isinstance(a, list) and isinstance(b, list):
        return _lists(a, b, operator)
    if isinstance(a, dict) and isinstance(b, dict):
        return _attrs(a, b, operator)
    if equal(a, b):
        return None
    word = {"bool": "boolean"}.get(kind, kind)
    return assertion_failed(f"{word} '{preview(a)}' is not equal to {word} '{preview(b)}'")


def _lists(a: list[Value], b: list[Value], operator: Span | None) -> Failure | None:
    if len(a) != len(b):
        return assertion_failed(
            f"list of size '{len(a)}' is not equal to list of size '{len(b)}', "
            f"left hand side is '{preview(a)}', right hand side is '{preview(b)}'"
        )
    for index, (x, y) in enumerate(zip(a, b, strict=True)):
        difference = None if x is y else not_equal(x, y, operator)
        if difference is not None:
            difference.add_frame(f"while comparing list element {index}", operator, nix=True)
            return difference
    return None


def _attrs(a: dict[str, Value], b: dict[str, Value], operator: Span | None) -> Failure | None:
    if is_derivation(a) and is_derivation(b) and has_attribute(a, "outPath") and has_attribute(b, "outPath"):
        difference = not_equal(a["outPath"], b["outPath"], operator)
        if difference is not None:
            difference.add_frame("while comparing a derivation by its 'outPath' attribute", operator, nix=True)
            if operator is not None and not difference.diagnostic.labels:
                difference.diagnostic = replace(difference.diagnostic, labels=(Label(operator),))
        return difference
    if len(a) != len(b):
        return assertion_failed(
            f"attribute names of attribute set '{preview(a)}' differs from attribute set '{preview(b)}'"
        )
    for name in a:
        if not has_attribute(b, name):
            return assertion_failed(
                f"attribute name '{quote_name(name)}' is contained in '{preview(a)}', but not in '{preview(b)}'"
            )
        difference = None if a[name] is b[name] else not_equal(a[name], b[name], operator)
        if difference is not None:
            _place(difference, name, a, b)
            difference.add_frame(f"while comparing attribute '{name}'", operator, nix=True)
            return difference
    return None


def _place(difference: Failure, name: str, a: dict[str, Value], b: dict[str, Value]) -> None:
    """Says where both sides of a differing attribute were written; the innermost ones are shown with the message."""
    left, right = (side.position(name) if isinstance(side, Attrs) else None for side in (a, b))
    if not difference.diagnostic.labels:
        sides = ((right, "the right hand side"), (left, "the left hand side"))
        labels = tuple(Label(span, text) for span, text in sides if span is not None)
        difference.diagnostic = replace(difference.diagnostic, labels=labels)
    for span, text in ((right, "where right hand side is"), (left, "where left hand side is")):
        if span is not None:
            difference.add_frame(text, span, nix=True)
