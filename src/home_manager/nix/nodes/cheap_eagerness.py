"""Formulas: small calculations with values that are there already, made at once instead of later.

An expression that waits for its value costs a thunk, keeps its whole environment alive, and is a detour for whoever asks
for it. Arithmetic, comparisons and choices cost less than that, if their variables hold values: then nothing is evaluated,
so nothing can fail, trace, or take long. Where a variable is still lazy, or a result would be an error, a formula has no
value, and the expression waits as ever.
"""

from __future__ import annotations

from typing import Final

from home_manager.diagnostics import Span
from home_manager.nix.nodes.attribute_sets import AttrSet, RecursiveAttrSet, SelectVariable
from home_manager.nix.nodes.control_flow import If, Let, ListLiteral
from home_manager.nix.nodes.formula import FACTOR, LARGEST, NONE, Formula
from home_manager.nix.nodes.functions import Call1, Code
from home_manager.nix.nodes.interpolation import Interpolation
from home_manager.nix.nodes.logic import Not
from home_manager.nix.nodes.node import Constant, Env, Expr, ListData, SetData, Thunk
from home_manager.nix.nodes.operand import Operator
from home_manager.nix.nodes.operators import AddConstant, Equal, EqualConstant, Less, LessConstant
from home_manager.nix.nodes.variables import Variable
from home_manager.values.classes import MISSING, Builtin, Value
from home_manager.values.lazy import Lazy
from home_manager.values.mypyc_shim import i64

MOST: Final = 8
"""So many operations are worth being made at once."""


class Known(Formula):
    """A constant."""

    __slots__ = ("constant",)

    def __init__(self, constant: Value) -> None:
        super().__init__(0, 0)
        self.constant: Final = constant

    def value(self, env: Env) -> Value:
        return self.constant


class Held(Formula):
    """A variable whose value is known, be it that its thunk is done."""

    __slots__ = ("index", "level")

    def __init__(self, variable: Variable) -> None:
        super().__init__(0 if variable.level else variable.index, 0)
        self.level: Final[i64] = variable.level
        self.index: Final[i64] = variable.index

    def value(self, env: Env) -> Value:
        level = self.level
        while level:
            env = env[0]
            level -= 1
        value: Value = env[self.index]
        if type(value) is not int and isinstance(value, Lazy):
            return value.value if value.state == 2 else MISSING
        return value


class Given(Held):
    """A variable that is the whole result of a function.

    A list has to wait: two places that hold the same one are told apart, when it is printed, by what holds it there.
    """

    __slots__ = ()

    def value(self, env: Env) -> Value:
        value = super().value(env)
        return MISSING if isinstance(value, list) else value


class Made(Formula):
    """A set, a list or a function as it is written: it can be made without evaluating anything in it."""

    __slots__ = ("expr",)

    def __init__(self, expr: Expr, reach: int, size: int) -> None:
        super().__init__(reach, size)
        self.expr: Final = expr

    def value(self, env: Env) -> Value:
        return self.expr.eval(env)


class Calculation(Formula):
    """An operation with two numbers that gives a number."""

    __slots__ = ("left", "right")

    def __init__(self, left: Formula, right: Formula) -> None:
        super().__init__(max(left.reach, right.reach), left.size + right.size + 1)
        self.left: Final = left
        self.right: Final = right

    def value(self, env: Env) -> Value:
        number = self.number(env)
        return MISSING if number == NONE else number


class Sum(Calculation):
    """`a + b`."""

    __slots__ = ()

    def number(self, env: Env) -> i64:
        a = self.left.number(env)
        if a == NONE:
            return NONE
        b = self.right.number(env)
        if b == NONE:
            return NONE
        result = a + b
        return result if -LARGEST <= result <= LARGEST else NONE


class Difference(Calculation):
    """`a - b`."""

    __slots__ = ()

    def number(self, env: Env) -> i64:
        a = self.left.number(env)
        if a == NONE:
            return NONE
        b = self.right.number(env)
        if b == NONE:
            return NONE
        result = a - b
        return result if -LARGEST <= result <= LARGEST else NONE


class Product(Calculation):
    """`a * b`."""

    __slots__ = ()

    def number(self, env: Env) -> i64:
        a = self.left.number(env)
        if not -FACTOR <= a <= FACTOR:
            return NONE
        b = self.right.number(env)
        return a * b if -FACTOR <= b <= FACTOR else NONE


class Quotient(Calculation):
    """`a / b`."""

    __slots__ = ()

    def number(self, env: Env) -> i64:
        a = self.left.number(env)
        if a < 0:
            return NONE
        b = self.right.number(env)
        return a // b if b > 0 else NONE


class Order(Calculation):
    """`a < b`; with `negated` `a >= b`."""

    __slots__ = ("negated",)

    def __init__(self, left: Formula, right: Formula, negated: bool) -> None:
        super().__init__(left, right)
        self.negated: Final = negated

    def number(self, env: Env) -> i64:
        return NONE

    def value(self, env: Env) -> Value:
        a = self.left.number(env)
        if a == NONE:
            return MISSING
        b = self.right.number(env)
        return MISSING if b == NONE else (a < b) is not self.negated


class Equality(Order):
    """`a == b`, of two numbers, strings or booleans; with `negated` `a != b`."""

    __slots__ = ()

    def value(self, env: Env) -> Value:
        a = self.left.value(env)
        kind = type(a)
        if kind is not int and kind is not str and kind is not bool:
            return MISSING
        b = self.right.value(env)
        return (a == b) is not self.negated if type(b) is kind else MISSING


class Choice(Formula):
    """`if condition then yes else no`."""

    __slots__ = ("condition", "no", "yes")

    def __init__(self, condition: Formula, yes: Formula, no: Formula) -> None:
        super().__init__(max(condition.reach, yes.reach, no.reach), condition.size + yes.size + no.size + 1)
        self.condition: Final = condition
        self.yes: Final = yes
        self.no: Final = no

    def value(self, env: Env) -> Value:
        condition = self.condition.value(env)
        if condition is not True and condition is not False:
            return MISSING
        value = self.yes.value(env) if condition else self.no.value(env)
        return MISSING if isinstance(value, list) else value  # see `Given`


class Logic(Choice):
    """A choice whose result must be a boolean, which is what `!`, `&&`, `||` and `->` are."""

    __slots__ = ()

    def value(self, env: Env) -> Value:
        value = super().value(env)
        return value if value is True or value is False else MISSING


class Text(Formula):
    """`"name-${toString n}"`: known texts in ASCII, and numbers."""

    __slots__ = ("pieces",)

    def __init__(self, pieces: list[str | Formula]) -> None:
        numbers = [piece for piece in pieces if isinstance(piece, Formula)]
        reach = max([piece.reach for piece in numbers], default=0)
        super().__init__(reach, sum([piece.size for piece in numbers]) + 1)
        self.pieces: Final = pieces

    def value(self, env: Env) -> Value:
        texts: list[str] = []
        for piece in self.pieces:
            if isinstance(piece, Formula):
                number = piece.number(env)
                if number == NONE:
                    return MISSING
                texts.append(str(number))
            else:
                texts.append(piece)
        return "".join(texts)


_TRUE: Final = Known(True)
_FALSE: Final = Known(False)


def formula(expr: Expr) -> Formula | None:
    """The formula for an expression, if it is a calculation, a set or a list, and a small one."""
    found = _literal(expr) if isinstance(expr, (AttrSet, ListLiteral)) else _formula(expr)
    return found if found is not None and 0 < found.size <= MOST else None


def result(code: Code) -> Formula | None:
    """How a function's result is had at once, if it can be: it is a calculation, an argument, or something that is made."""
    if not code.examined:
        code.examined = True
        body = code.body.read()
        found: Formula | None
        if isinstance(body, Variable):
            found = Given(body)
        else:
            found = Made(code.body, 0, 1) if _is_made(body) else _formula(body)
        code.formula = found if found is not None and found.size <= MOST else None
    return code.formula


def _literal(expr: AttrSet | ListLiteral) -> Formula | None:
    """A set or list none of whose members has to wait."""
    if isinstance(expr, ListLiteral):
        members = expr.items
    elif expr.dynamic:
        return None
    else:
        members = expr.values
    reach, size = 0, 1 + len(members)
    for member in members:
        if type(member).thunk is Expr.thunk:
            return None
        if (isinstance(member, (Variable, SelectVariable)) and member.level == 0) or isinstance(member, AddConstant):
            reach = max(reach, member.index)
        elif isinstance(member, Prepared):
            reach = max(reach, member.formula.reach)
            size += member.formula.size
    return Made(expr, reach, size)


def _is_made(expr: Expr) -> bool:
    expr = expr.read()
    if isinstance(expr, AttrSet):
        return not expr.dynamic
    if isinstance(expr, RecursiveAttrSet):
        return not expr.dynamic and not expr.overrides
    if isinstance(expr, Let):
        return _is_made(expr.body)
    return isinstance(expr, (Code, ListData, ListLiteral, SetData))


def _formula(expr: Expr) -> Formula | None:
    """A formula of any size, a variable or a constant alone included; what is not built yet is not built for this."""
    if type(expr) is Constant:
        return None if isinstance(expr.value, Lazy) else Known(expr.value)
    if isinstance(expr, Variable):
        return Held(expr)
    if isinstance(expr, (AddConstant, LessConstant, EqualConstant)):
        return _formula(expr.full)
    if isinstance(expr, If):
        condition, yes, no = _formula(expr.condition), _formula(expr.yes), _formula(expr.no)
        return Choice(condition, yes, no) if condition and yes and no else None
    if isinstance(expr, Not):
        operand = _formula(expr.operand)
        return Logic(operand, _FALSE, _TRUE) if operand else None
    if isinstance(expr, Operator):
        left = _formula(expr.left)
        right = _formula(expr.right) if left else None
        return _operation(expr, left, right) if left and right else None
    if isinstance(expr, Interpolation):
        return _text(expr)
    return None


def _text(expr: Interpolation) -> Formula | None:
    """Texts and `toString` of numbers."""
    pieces: list[str | Formula] = []
    for part in expr.parts:
        if isinstance(part, str):
            if not part.isascii():
                return None
            pieces.append(part)
            continue
        function = part.function if isinstance(part, Call1) else None
        builtin = function.value if type(function) is Constant else None
        if type(part) is not Call1 or not isinstance(builtin, Builtin) or builtin.name != "toString":
            return None
        argument = part.argument
        number = argument.formula if isinstance(argument, Prepared) else _formula(argument)
        if number is None:
            return None
        pieces.append(number)
    return Text(pieces)


def _operation(expr: Operator, left: Formula, right: Formula) -> Formula | None:
    if isinstance(left, Known) and isinstance(right, Known):
        return None  # as it is the same each time, it is hardly in anybody's way
    if isinstance(expr, Less):
        return Order(left, right, expr.negated)
    if isinstance(expr, Equal):
        return Equality(left, right, expr.negated)
    match expr.sign():
        case "+":
            return Sum(left, right)
        case "-":
            return Difference(left, right)
        case "*":
            return Product(left, right)
        case "/":
            return Quotient(left, right)
        case "&&":
            return Logic(left, right, _FALSE)
        case "||":
            return Logic(left, _TRUE, right)
        case "->":
            return Logic(left, right, _TRUE)
    return None


class Prepared(Expr):
    """A calculation where its value is for later: made at once if it can be."""

    __slots__ = ("expr", "formula")

    def __init__(self, expr: Expr, formula: Formula) -> None:
        super().__init__(expr.source, expr.start, expr.end)
        self.expr = expr
        self.formula = formula

    def eval(self, env: Env) -> Value:
        return self.expr.eval(env)

    def thunk(self, env: Env) -> Value:
        value = self.formula.value(env)
        return Thunk(self.expr, env) if value is MISSING else value

    def read(self) -> Expr:
        return self.expr.read()

    def place(self) -> Span:
        return self.expr.place()


def prepared(expr: Expr) -> Expr:
    """An expression whose value is for later, with its formula if it has one."""
    if type(expr).thunk is not Expr.thunk:
        return expr
    found = formula(expr)
    return expr if found is None else Prepared(expr, found)
