"""Arithmetic of the language: 64-bit integers that refuse to overflow, and floats."""

from __future__ import annotations

from typing import Final

from home_manager.nix.errors import eval_error
from home_manager.nix.type_errors import wrong_type
from home_manager.values import Value
from home_manager.values.lazy import force

SMALLEST: Final = -(1 << 63)
LARGEST: Final = (1 << 63) - 1

LOW: Final = -0x1000000000000000
HIGH: Final = 0x1000000000000000
"""Between these an integer certainly fits; a compiled program compares with them in one instruction."""

Number = int | float


def number(value: Value, doing: str, *, as_float: bool) -> Number:
    """An operand; `as_float` says what is expected if it is no number at all."""
    value = force(value)
    kind = type(value)
    if kind is int or kind is float:
        return value  # type: ignore[return-value]
    failure = wrong_type("a float" if as_float else "an integer", value)
    failure.add_frame(doing, nix=True)
    raise failure


def _operands(a: Value, b: Value, word: str, role: str = "argument") -> tuple[Number, Number]:
    a, b = force(a), force(b)
    floats = type(a) is float or type(b) is float
    first = number(a, f"while evaluating the first {role} of the {word}", as_float=floats)
    second = number(b, f"while evaluating the second {role} of the {word}", as_float=floats)
    return first, second


def _checked(result: Number, doing: str, a: Number, b: Number, sign: str) -> Number:
    if type(result) is int and not SMALLEST <= result <= LARGEST:
        raise eval_error(f"integer overflow in {doing} {a} {sign} {b}", code="nix-overflow")
    return result


def add(a: Value, b: Value) -> Number:
    """`builtins.add`."""
    x, y = _operands(a, b, "addition")
    return _checked(x + y, "adding", x, y, "+")


def subtract(a: Value, b: Value) -> Number:
    """`a - b`."""
    x, y = _operands(a, b, "subtraction")
    return _checked(x - y, "subtracting", x, y, "-")


def multiply(a: Value, b: Value) -> Number:
    """`a * b`."""
    x, y = _operands(a, b, "multiplication")
    return _checked(x * y, "multiplying", x, y, "*")


def divide(a: Value, b: Value) -> Number:
    """`a / b`; integers are divided towards zero."""
    a, b = force(a), force(b)
    y = number(b, "while evaluating the second operand of the division", as_float=True)
    if y == 0:
        raise eval_error("division by zero", code="nix-division-by-zero")
    x = number(a, "while evaluating the first operand of the division", as_float=type(b) is float)
    if type(x) is int and type(y) is int:
        quotient = abs(x) // abs(y)
        return _checked(quotient if (x < 0) == (y < 0) else -quotient, "dividing", x, y, "/")
    return x / y
