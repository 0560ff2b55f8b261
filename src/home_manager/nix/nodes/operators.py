"""Operators: arithmetic, order and equality; `operator` knows all there are.

Each looks first for the case that programs are made of (two integers, two strings) and leaves the rest, and all
errors, to `arithmetic` and `comparison`. Operands that are local variables are read from the environment without a
call: a thunk found there fails the test of the types and is forced on the slow way.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from home_manager.diagnostics import Failure, Label, Source, Span
from home_manager.nix import arithmetic
from home_manager.nix.arithmetic import HIGH, LOW
from home_manager.nix.byte_strings import FIRST_BYTE, rejoined
from home_manager.nix.coercion import coerce_to_string
from home_manager.nix.comparison import equal, equal_operands, less
from home_manager.nix.nodes.interpolation import SEGMENT, add_slowly
from home_manager.nix.nodes.joins import Concat, Update
from home_manager.nix.nodes.logic import And, Implies, Or
from home_manager.nix.nodes.node import Constant, Env, Expr, Thunk, framed
from home_manager.nix.nodes.operand import Operator
from home_manager.nix.nodes.variables import Local
from home_manager.nix.runtime import Runtime
from home_manager.values.classes import PathValue, Value
from home_manager.values.lazy import Lazy


class Add(Operator):
    """`a + b`: numbers, strings and paths."""

    __slots__ = ("run",)
    SIGN = "+"

    def __init__(self, source: Source, start: int, end: int, at: int, left: Expr, right: Expr, run: Runtime) -> None:
        super().__init__(source, start, end, at, left, right)
        self.run = run

    def eval(self, env: Env) -> Value:
        try:
            slot = self.left_slot
            a: Any = env[slot] if slot else self.left.eval(env)
        except Failure as failure:
            framed(failure, "in an operand of '+'", self.left.place())
            raise
        kind = type(a)
        if kind is not int and kind is not str:
            a = self.ready(a, env)
            kind = type(a)
        try:
            slot = self.right_slot
            b: Any = env[slot] if slot else self.right.eval(env)
        except Failure as failure:
            framed(failure, "in an operand of '+'", self.right.place())
            raise
        if kind is int and type(b) is int:
            x: int = a
            y: int = b
            result = x + y
            if LOW <= result <= HIGH:
                return result
        elif kind is str and type(b) is str:
            return a + b if b < FIRST_BYTE else rejoined(a + b)
        if isinstance(b, Lazy):
            try:
                b = self.right.eval(env)
            except Failure as failure:
                framed(failure, "in an operand of '+'", self.right.place())
                raise
            if kind is int and type(b) is int:
                x = a
                y = b
                result = x + y
                if LOW <= result <= HIGH:
                    return result
            elif kind is str and type(b) is str:
                return a + b if b < FIRST_BYTE else rejoined(a + b)
        return self.of(a, b)

    def of(self, a: Value, b: Value) -> Value:
        """The sum of two values that are not lazy."""
        return add_slowly(a, b, self.left_span(), self.right_span(), self.place(), self.run.copy_path)

    def ready(self, a: Any, env: Env) -> Any:
        """The left operand: a number or a path, else a string, which it becomes before the right one is looked at."""
        if isinstance(a, Lazy):
            try:
                a = self.left.eval(env)
            except Failure as failure:
                framed(failure, "in an operand of '+'", self.left.place())
                raise
        return self.coerced(a)

    def coerced(self, a: Value) -> Value:
        """As `ready`, for a value that is not lazy."""
        if type(a) is int or type(a) is float or isinstance(a, (str, PathValue)):
            return a
        return coerce_to_string(a, copy=self.run.copy_path, doing=SEGMENT, span=self.left_span())


class Subtract(Operator):
    """`a - b`."""

    __slots__ = ()
    SIGN = "-"

    def eval(self, env: Env) -> Value:
        try:
            slot = self.left_slot
            a: Any = env[slot] if slot else self.left.eval(env)
            slot = self.right_slot
            b: Any = env[slot] if slot else self.right.eval(env)
            if isinstance(a, Lazy):
                a = self.left.eval(env)
            if isinstance(b, Lazy):
                b = self.right.eval(env)
            if type(a) is int and type(b) is int:
                x: int = a
                y: int = b
                result = x - y
                if LOW <= result <= HIGH:
                    return result
        except Failure as failure:
            self.calling(failure, "sub")
            raise
        return self.of(a, b)

    def of(self, a: Value, b: Value) -> Value:
        """The difference of two values that are not lazy."""
        try:
            return arithmetic.subtract(a, b)
        except Failure as failure:
            self.wrong(failure, a, b)
            self.calling(failure, "sub")
            raise


class Multiply(Operator):
    """`a * b`."""

    __slots__ = ()
    SIGN = "*"

    def eval(self, env: Env) -> Value:
        try:
            slot = self.left_slot
            a: Any = env[slot] if slot else self.left.eval(env)
            slot = self.right_slot
            b: Any = env[slot] if slot else self.right.eval(env)
            if isinstance(a, Lazy):
                a = self.left.eval(env)
            if isinstance(b, Lazy):
                b = self.right.eval(env)
            if type(a) is int and type(b) is int:
                x: int = a
                y: int = b
                result = x * y
                if LOW <= result <= HIGH:
                    return result
        except Failure as failure:
            self.calling(failure, "mul")
            raise
        return self.of(a, b)

    def of(self, a: Value, b: Value) -> Value:
        """The product of two values that are not lazy."""
        try:
            return arithmetic.multiply(a, b)
        except Failure as failure:
            self.wrong(failure, a, b)
            self.calling(failure, "mul")
            raise


class Divide(Operator):
    """`a / b`."""

    __slots__ = ()
    SIGN = "/"

    def eval(self, env: Env) -> Value:
        try:
            a = self.left.eval(env)
            b = self.right.eval(env)
            if type(a) is int and type(b) is int:
                x: int = a
                y: int = b
                if x >= 0 and y > 0:
                    return x // y
        except Failure as failure:
            self.calling(failure, "div")
            raise
        return self.of(a, b)

    def of(self, a: Value, b: Value) -> Value:
        """The quotient of two values that are not lazy."""
        try:
            return arithmetic.divide(a, b)
        except Failure as failure:
            if failure.diagnostic.code == "nix-division-by-zero":
                failure.diagnostic = replace(failure.diagnostic, labels=(Label(self.right.span(), "this is zero"),))
            self.wrong(failure, a, b)
            self.calling(failure, "div")
            raise


class AddConstant(Expr):
    """`n + 1` or `n - 1` for a local variable: computed at once where a thunk would cost more."""

    __slots__ = ("constant", "full", "index")

    def __init__(self, full: Operator, index: int, constant: int) -> None:
        super().__init__(full.source, full.start, full.end)
        self.full = full
        self.index = index
        self.constant = constant

    def place(self) -> Span:
        return self.full.place()

    def eval(self, env: Env) -> Value:
        value = env[self.index]
        if type(value) is int:
            number: int = value
            result = number + self.constant
            if LOW <= result <= HIGH:
                return result
        return self.full.eval(env)

    def thunk(self, env: Env) -> Value:
        value = env[self.index]
        if type(value) is int:
            number: int = value
            result = number + self.constant
            if LOW <= result <= HIGH:
                return result
        return Thunk(self.full, env)


class Less(Operator):
    """`a < b`, and `b > a`; with `negated` `a >= b` and `b <= a`. `left` is evaluated first, as Nix does."""

    __slots__ = ("negated",)
    SIGN = "<"

    def __init__(self, source: Source, start: int, end: int, at: int, left: Expr, right: Expr, negated: bool) -> None:
        super().__init__(source, start, end, at, left, right)
        self.negated = negated

    def eval(self, env: Env) -> Value:
        try:
            slot = self.left_slot
            a: Any = env[slot] if slot else self.left.eval(env)
            slot = self.right_slot
            b: Any = env[slot] if slot else self.right.eval(env)
            if isinstance(a, Lazy):
                a = self.left.eval(env)
            if isinstance(b, Lazy):
                b = self.right.eval(env)
            if type(a) is int and type(b) is int:
                x: int = a
                y: int = b
                return (x < y) is not self.negated
            return less(a, b) is not self.negated
        except Failure as failure:
            self.unordered(failure)
            raise

    def of(self, a: Value, b: Value) -> Value:
        """How two values that are not lazy compare."""
        try:
            return less(a, b) is not self.negated
        except Failure as failure:
            self.unordered(failure)
            raise

    def unordered(self, failure: Failure) -> None:
        """The operands, or one of them, cannot be compared. (Nix says `!(b < a)` for `a <= b`.)"""
        if not failure.diagnostic.labels:
            failure.diagnostic = replace(failure.diagnostic, labels=(Label(self.place()),))
        self.calling(failure, "lessThan")
        if self.negated:
            framed(failure, "in the argument of '!'", self.place())


class LessConstant(Expr):
    """`n < 1`, `n >= 1` for a local variable."""

    __slots__ = ("constant", "full", "index", "negated")

    def __init__(self, full: Less, index: int, constant: int) -> None:
        super().__init__(full.source, full.start, full.end)
        self.full = full
        self.index = index
        self.constant = constant
        self.negated = full.negated

    def place(self) -> Span:
        return self.full.place()

    def eval(self, env: Env) -> Value:
        value = env[self.index]
        if type(value) is int:
            number: int = value
            return (number < self.constant) is not self.negated
        return self.full.eval(env)


class Equal(Operator):
    """`a == b` and, with `negated`, `a != b`."""

    __slots__ = ("negated",)

    def __init__(self, source: Source, start: int, end: int, at: int, left: Expr, right: Expr, negated: bool) -> None:
        super().__init__(source, start, end, at, left, right)
        self.negated = negated

    def sign(self) -> str:
        return "!=" if self.negated else "=="

    def eval(self, env: Env) -> Value:
        try:
            slot = self.left_slot
            a: Any = env[slot] if slot else self.left.eval(env)
        except Failure as failure:
            self.left_failed(failure)
            raise
        try:
            slot = self.right_slot
            b: Any = env[slot] if slot else self.right.eval(env)
        except Failure as failure:
            self.right_failed(failure)
            raise
        kind = type(a)
        if kind is type(b) and (kind is str or kind is int or kind is bool):
            return (a == b) is not self.negated
        if isinstance(a, Lazy):
            try:
                a = self.left.eval(env)
            except Failure as failure:
                self.left_failed(failure)
                raise
        if isinstance(b, Lazy):
            try:
                b = self.right.eval(env)
            except Failure as failure:
                self.right_failed(failure)
                raise
        kind = type(a)
        if kind is type(b) and (kind is str or kind is int or kind is bool):
            return (a == b) is not self.negated
        return equal_operands(a, b) is not self.negated

    def of(self, a: Value, b: Value) -> Value:
        """Whether two values that are not lazy are equal."""
        return equal_operands(a, b) is not self.negated

    def operands(self, env: Env) -> tuple[Value, Value]:
        """Both values, once more, for a message."""
        return self.left.eval(env), self.right.eval(env)


class EqualConstant(Expr):
    """`a == null`, `a == "x"`, `a != 0` …: the right side is a known string, integer, boolean or null."""

    __slots__ = ("constant", "full", "kind", "negated", "operand")

    def __init__(self, full: Equal, operand: Expr, constant: Value) -> None:
        super().__init__(full.source, full.start, full.end)
        self.full = full
        self.operand = operand
        self.constant = constant
        self.kind = type(constant)
        self.negated = full.negated

    def place(self) -> Span:
        return self.full.place()

    def eval(self, env: Env) -> Value:
        try:
            value = self.operand.eval(env)
        except Failure as failure:
            self.full.left_failed(failure)
            raise
        return self.of(value)

    def of(self, value: Value) -> Value:
        """Whether a value that is not lazy equals the constant."""
        if type(value) is self.kind:
            return (value == self.constant) is not self.negated
        if value is None or self.constant is None:
            return self.negated
        return equal(value, self.constant) is not self.negated

    def operands(self, env: Env) -> tuple[Value, Value]:
        """Both values, once more, for a message."""
        return self.operand.eval(env), self.constant


def operator(kind: str, source: Source, start: int, end: int, at: int, left: Expr, right: Expr, run: Runtime) -> Expr:
    """The node for an operator, in the form that suits its operands best."""
    number = right.value if isinstance(right, Constant) and not isinstance(right.value, Lazy) else None
    small = type(number) is int and type(left) is Local
    match kind:
        case "+" | "-":
            full: Operator = (
                Add(source, start, end, at, left, right, run)
                if kind == "+"
                else Subtract(source, start, end, at, left, right)
            )
            if small and isinstance(left, Local) and type(number) is int:
                return AddConstant(full, left.index, number if kind == "+" else -number)
            return full
        case "<" | ">=":
            order = Less(source, start, end, at, left, right, kind == ">=")
            if small and isinstance(left, Local) and type(number) is int:
                return LessConstant(order, left.index, number)
            return order
        case ">" | "<=":
            return Less(source, start, end, at, right, left, kind == "<=")
        case "==" | "!=":
            same = Equal(source, start, end, at, left, right, kind == "!=")
            if isinstance(right, Constant) and type(right.value) in (str, int, bool, type(None)):
                return EqualConstant(same, left, right.value)
            return same
    plain = _PLAIN[kind]
    return plain(source, start, end, at, left, right)


_PLAIN: dict[str, type[Operator]] = {
    "*": Multiply,
    "/": Divide,
    "&&": And,
    "||": Or,
    "->": Implies,
    "//": Update,
    "++": Concat,
}
