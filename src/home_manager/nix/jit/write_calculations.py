"""Formulas as Python: a calculation in one expression, and what must hold of its variables for that.

`ast.formulas` says what a formula is. Here its variables are looked at first; if all are of the kinds that it needs, and
integers small enough that nothing in it can leave the language's range, Python computes it without looking again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from home_manager.nix.nodes.cheap_eagerness import (
    Calculation,
    Choice,
    Difference,
    Equality,
    Held,
    Known,
    Logic,
    Order,
    Product,
    Quotient,
    Sum,
    Text,
)
from home_manager.nix.nodes.formula import Formula
from home_manager.nix.nodes.node import Env
from home_manager.values.classes import MISSING, Value
from home_manager.values.lazy import Lazy

_BITS: Final = 60
"""Integers of so many bits are certainly in range."""

_FEWEST: Final = 16
"""What holds for smaller integers only is not worth a test."""

_SIGNS: Final = {Sum: "+", Difference: "-", Product: "*"}

Number = tuple[str, int, int]
"""What is written for an integer, how many variables are multiplied in it, and the bits that constants and sums add."""


class Unwritten(Exception):
    """A formula is not written as one Python expression."""


class Calculated:
    """A formula in Python: `text`, if all `conditions` hold. Raises `Unwritten`.

    `names` gives the name of what lies in the slot with an index, so many environments out.
    """

    __slots__ = ("_degree", "_extra", "_kinds", "_names", "_whole", "conditions", "text")

    def __init__(self, formula: Formula, names: Callable[[int, int], str]) -> None:
        self._names: Final = names
        self._kinds: Final[dict[str, str]] = {}
        self._whole: Final[set[str]] = set()
        self._degree = 1
        self._extra = 0
        self.text: Final = self._any(formula)
        self.conditions: Final = self._conditions() or "True"

    def _any(self, formula: Formula) -> str:
        match formula:
            case Known():
                return self._constant(formula.constant)
            case Held():
                return self._variable(formula, "")
            case Equality():
                return self._equality(formula)
            case Order():
                sign = ">=" if formula.negated else "<"
                return f"({self._number(formula.left)} {sign} {self._number(formula.right)})"
            case Logic():
                return self._boolean(formula)
            case Choice():
                condition = self._boolean(formula.condition)
                return f"({self._any(formula.yes)} if {condition} else {self._any(formula.no)})"
            case Text():
                return self._text(formula)
            case Calculation():
                return self._number(formula)
        raise Unwritten

    def _constant(self, value: object) -> str:
        if value is None or type(value) is bool or type(value) is str:
            return repr(value)
        if type(value) is int:
            return f"({value})"
        raise Unwritten

    def _variable(self, formula: Held, kind: str) -> str:
        """The name of a variable that must be of this kind, or of any."""
        name = self._names(formula.level, formula.index)
        known = self._kinds.get(name, "")
        if known and kind and known != kind:
            raise Unwritten
        self._kinds[name] = known or kind
        return name

    # Numbers

    def _number(self, formula: Formula) -> str:
        text, degree, extra = self._integer(formula)
        self._degree = max(self._degree, degree)
        self._extra = max(self._extra, extra)
        return text

    def _integer(self, formula: Formula) -> Number:
        match formula:
            case Known() if type(formula.constant) is int:
                return f"({formula.constant})", 0, formula.constant.bit_length()
            case Held():
                return self._variable(formula, "int"), 1, 0
            case Quotient():
                text, degree, extra = self._integer(formula.left)
                divisor = formula.right.constant if isinstance(formula.right, Known) else None
                # Python rounds down, the language towards zero: the same for what is not negative.
                if type(divisor) is int and divisor > 0 and self._is_whole(formula.left):
                    return f"({text} // {divisor})", degree, extra
            case Sum() | Difference() | Product():
                left, degree, extra = self._integer(formula.left)
                right, further, more = self._integer(formula.right)
                text = f"({left} {_SIGNS[type(formula)]} {right})"
                if isinstance(formula, Product):
                    return text, degree + further, extra + more
                return text, max(degree, further), max(extra, more) + 1
        raise Unwritten

    def _is_whole(self, formula: Formula) -> bool:
        """Whether an integer is not negative as long as its variables are not."""
        match formula:
            case Held():
                self._whole.add(self._variable(formula, "int"))
                return True
            case Known():
                return type(formula.constant) is int and formula.constant >= 0
            case Sum() | Product() | Quotient():
                return self._is_whole(formula.left) and self._is_whole(formula.right)
        return False

    # Booleans and texts

    def _boolean(self, formula: Formula) -> str:
        match formula:
            case Held():
                return self._variable(formula, "bool")
            case Known() if type(formula.constant) is bool:
                return repr(formula.constant)
            case Order():
                return self._any(formula)
            case Logic():
                condition = self._boolean(formula.condition)
                return f"({self._boolean(formula.yes)} if {condition} else {self._boolean(formula.no)})"
        raise Unwritten

    def _equality(self, formula: Equality) -> str:
        sign = "!=" if formula.negated else "=="
        for side, other in ((formula.left, formula.right), (formula.right, formula.left)):
            if isinstance(side, Known) and type(side.constant) in (str, bool):
                if not isinstance(other, Held):
                    raise Unwritten
                return f"({self._variable(other, type(side.constant).__name__)} {sign} {side.constant!r})"
        return f"({self._number(formula.left)} {sign} {self._number(formula.right)})"

    def _text(self, formula: Text) -> str:
        """The pieces are numbers and texts in ASCII."""
        pieces = [repr(piece) if isinstance(piece, str) else f"str({self._number(piece)})" for piece in formula.pieces]
        return f"({' + '.join(pieces)})"

    # Conditions

    def _conditions(self) -> str:
        bits = (_BITS - self._extra) // self._degree
        if bits < _FEWEST:
            raise Unwritten
        found: list[str] = []
        for name, kind in self._kinds.items():
            if kind == "int":
                least = 0 if name in self._whole else -(1 << bits)
                found.append(f"type({name}) is int and {least} <= {name} < {1 << bits}")
            elif kind:
                found.append(f"type({name}) is {kind}")
            else:
                found.append(f"not isinstance({name}, (Lazy, list))")
        return " and ".join(found)


def calculated(formula: Formula | None, names: Callable[[int, int], str]) -> Calculated | None:
    """The formula in Python, if it can be written so."""
    if formula is None:
        return None
    try:
        return Calculated(formula, names)
    except Unwritten:
        return None


def function(formula: Formula) -> Callable[[Env], Value] | None:
    """A function that calculates the formula in an environment, or gives `MISSING`."""
    variables: dict[str, str] = {}

    def name(level: int, index: int) -> str:
        return variables.setdefault(f"env{'[0]' * level}[{index}]", f"x{len(variables)}")

    computed = calculated(formula, name)
    if computed is None:
        return None
    lines = ["def calculate(env):", *(f" {variable} = {place}" for place, variable in variables.items())]
    lines.append(f" return {computed.text} if {computed.conditions} else MISSING")
    names: dict[str, object] = {"Lazy": Lazy, "MISSING": MISSING}
    exec(compile("\n".join(lines), "<written>", "exec"), names)
    return names["calculate"]  # type: ignore[return-value]
