"""Strings and paths with interpolations, and what `+` does apart from numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import final

from home_manager.diagnostics import Failure, Label, Source, Span
from home_manager.nix import arithmetic
from home_manager.nix.byte_strings import is_ascii, rejoined
from home_manager.nix.coercion import Copier, coerce_to_string, context_of, with_context
from home_manager.nix.errors import eval_error, type_error
from home_manager.nix.nodes.node import Env, Expr, framed, located
from home_manager.nix.path_text import canonical
from home_manager.nix.printer import show_type
from home_manager.nix.runtime import Runtime
from home_manager.values import ContextString
from home_manager.values.classes import PathValue, Value

SEGMENT = "while evaluating a path segment"


@final
class Hole:
    """A piece of a string that is computed, and which of the pieces it is."""

    __slots__ = ("at", "expr")

    def __init__(self, at: int, expr: Expr) -> None:
        self.at = at
        self.expr = expr


class Interpolation(Expr):
    """A string with interpolations: known pieces are `str`, the others expressions."""

    __slots__ = ("holes", "parts", "run", "texts")

    def __init__(self, source: Source, start: int, end: int, parts: list[str | Expr], run: Runtime) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.parts = parts
        self.run = run
        # The known pieces with a hole for each of the others, which is all there is to copy.
        self.texts = [part if isinstance(part, str) else "" for part in parts]
        self.holes = [Hole(at, part) for at, part in enumerate(parts) if not isinstance(part, str)]

    def eval(self, env: Env) -> Value:
        pieces = self.texts.copy()
        context: frozenset[str] | None = None
        for hole in self.holes:
            try:
                value = hole.expr.eval(env)
            except Failure as failure:
                framed(failure, "in an operand of '+'", hole.expr.place())
                raise
            if type(value) is not str:
                value = self.coerced(value, hole.expr)
                if isinstance(value, ContextString):
                    context = value.context if context is None else context | value.context
            pieces[hole.at] = value
        text = "".join(pieces)
        if not is_ascii(text):
            text = rejoined(text)
        return ContextString(text, context) if context else text

    def joined(self, pieces: tuple[str, ...]) -> str:
        """The string of all pieces, with the context of those that have one."""
        return with_context(rejoined("".join(pieces)), frozenset().union(*map(context_of, pieces)))

    def coerced(self, value: Value, part: Expr) -> str:
        if isinstance(value, str):
            return value
        try:
            return coerce_to_string(value, copy=self.run.copy_path, doing=SEGMENT, span=interpolated(part))
        except Failure as failure:
            located(failure, part)
            raise


def interpolated(part: Expr) -> Span:
    """An expression inside of a string, with the `${` and `}` around it."""
    text = part.source.text
    start, end = text.rfind("${", 0, part.start), text.find("}", part.end)
    return part.span() if start < 0 or end < 0 else Span(part.source, start, end + 1)


class PathInterpolation(Expr):
    """`./a/${b}`: a path made of its first piece (which may end in a slash) and what follows."""

    __slots__ = ("first", "parts", "run")

    def __init__(self, source: Source, start: int, end: int, first: str, parts: list[str | Expr], run: Runtime) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.first = first
        self.parts = parts
        self.run = run

    def eval(self, env: Env) -> Value:
        text = home_path(self.first, self.run) if self.first.startswith("~") else self.first
        for part in self.parts:
            if isinstance(part, str):
                text += part
                continue
            try:
                value = part.eval(env)
            except Failure as failure:
                framed(failure, "in an operand of '+'", part.place())
                raise
            piece = coerce_to_string(value, doing=SEGMENT, span=interpolated(part))
            refuse_context(piece, part.span())
            text += piece
        return PathValue(canonical(text))


class HomePath(Expr):
    """`~/a`."""

    __slots__ = ("run", "text")

    def __init__(self, source: Source, start: int, end: int, text: str, run: Runtime) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.text = text
        self.run = run

    def eval(self, env: Env) -> Value:
        return PathValue(canonical(home_path(self.text, self.run)))


def home_path(text: str, run: Runtime) -> str:
    return run.io.home() + text[1:]


def refuse_context(text: str, span: Span | None) -> None:
    if context_of(text):
        raise eval_error("a string that refers to a store path cannot be appended to a path", span)


def add_slowly(a: Value, b: Value, left: Span, right: Span, span: Span, copy: Copier) -> Value:
    """`a + b` for values (not lazy) of any type; with where the operands stand, and where the operator."""
    if type(a) is int or type(a) is float:
        if type(b) is int or type(b) is float:
            try:
                return arithmetic.add(a, b)
            except Failure as failure:
                if not failure.diagnostic.labels:
                    failure.diagnostic = replace(failure.diagnostic, labels=(Label(right),))
                raise
        kind = "an integer" if type(a) is int else "a float"
        raise type_error(f"cannot add {show_type(b)} to {kind}", right, label=f"this is {show_type(b)}")
    if isinstance(a, PathValue):
        piece = coerce_to_string(b, doing=SEGMENT, span=right)
        refuse_context(piece, span)
        return PathValue(canonical(a.text + piece))
    first = coerce_to_string(a, copy=copy, doing=SEGMENT, span=left)
    second = coerce_to_string(b, copy=copy, doing=SEGMENT, span=right)
    return with_context(rejoined(f"{first}{second}"), context_of(first) | context_of(second))
