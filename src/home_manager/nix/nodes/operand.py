"""What all operators with two operands have in common: where they and their operands stand, for messages."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import ClassVar, Final

from home_manager.diagnostics import Failure, Label, Source, Span
from home_manager.nix.nodes.node import Constant, Expr, framed
from home_manager.nix.nodes.variables import Local
from home_manager.nix.printer import show_type
from home_manager.values.classes import Value

_BLANK: Final = re.compile(r"\s+|#[^\n]*|/\*.*?\*/", re.DOTALL)
"""What may stand between an operator and its operand."""


class Operator(Expr):
    """An operator with two operands; `at` is where it stands."""

    __slots__ = ("at", "left", "left_slot", "right", "right_slot")
    SIGN: ClassVar[str] = ""

    def __init__(self, source: Source, start: int, end: int, at: int, left: Expr, right: Expr) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.at = at
        self.left = left
        self.right = right
        # The left operand is read first only where that does not let an error on the right come before its own.
        simple = isinstance(right, (Local, Constant))
        self.left_slot = left.index if simple and isinstance(left, Local) else 0
        self.right_slot = right.index if isinstance(right, Local) else 0

    def wrong(self, failure: Failure, left: Value, right: Value) -> None:
        """Points at the operand that is to blame, or at both."""
        if failure.diagnostic.labels:
            return
        labels = tuple(
            Label(expr.span(), f"this is {show_type(value)}")
            for expr, value in ((self.left, left), (self.right, right))
            if type(value) is not int and type(value) is not float
        )
        failure.diagnostic = replace(failure.diagnostic, labels=labels or (Label(self.place()),))

    def sign(self) -> str:
        """The operator as it is written."""
        return type(self).SIGN

    def place(self) -> Span:
        """The operator itself."""
        return Span(self.source, self.at, self.at + max(1, len(self.sign())))

    def left_span(self) -> Span:
        """The left operand with the parentheses around it."""
        return Span(self.source, self.start, max(self.left.end, self.start + 1))

    def right_span(self) -> Span:
        """The right operand with the parentheses around it."""
        start = self.at + len(self.sign())
        while (found := _BLANK.match(self.source.text, start)) is not None:
            start = found.end()
        return Span(self.source, start, self.end)

    def calling(self, failure: Failure, name: str) -> None:
        """The operator failed, which Nix says as if it were the function that it stands for."""
        framed(failure, f"while calling the '{name}' builtin", self.place())

    def left_failed(self, failure: Failure) -> None:
        framed(failure, f"in the left operand of '{self.sign()}'", self.left.place())

    def right_failed(self, failure: Failure) -> None:
        framed(failure, f"in the right operand of '{self.sign()}'", self.right.place())
