"""Errors about the type of a value, which show the value."""

from __future__ import annotations

from home_manager.diagnostics import Failure, Span
from home_manager.nix.errors import type_error
from home_manager.nix.printer import preview, show_type


def wrong_type(expected: str, value: object, span: Span | None = None) -> Failure:
    """`expected an integer but found a string: "x"`; `expected` comes with its article."""
    message = f"expected {expected} but found {show_type(value)}: {preview(value)}"
    return type_error(message, span, label=f"this is {show_type(value)}")
