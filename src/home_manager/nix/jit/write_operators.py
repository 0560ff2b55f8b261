"""Arithmetic, order, equality, `//` and `++` as Python.

The types that programs are made of are tried first, as the nodes do; all other values go to the node's `of`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from home_manager.diagnostics import Failure
from home_manager.nix.arithmetic import HIGH, LOW
from home_manager.nix.byte_strings import FIRST_BYTE, rejoined
from home_manager.nix.jit.draft import Comparison, Draft, Writer
from home_manager.nix.jit.source_lines import Step
from home_manager.nix.nodes.attribute_positions import joined
from home_manager.nix.nodes.joins import Concat, Update
from home_manager.nix.nodes.node import Constant, Expr, framed
from home_manager.nix.nodes.operand import Operator
from home_manager.nix.nodes.operators import (
    Add,
    AddConstant,
    Divide,
    Equal,
    EqualConstant,
    Less,
    LessConstant,
    Multiply,
    Subtract,
)
from home_manager.nix.type_errors import wrong_type
from home_manager.values.classes import Value

Case = tuple[str, Callable[[], None]]
"""A condition, and what writes what is done where it holds."""


def _choose(draft: Draft, to: str, cases: Sequence[Case], otherwise: str) -> None:
    """The first case that holds; where none does, or one leaves without a value, what is `otherwise`."""
    word = "if"
    for condition, write in cases:
        with draft.block(f"{word} {condition}:"):
            write()
        word = "elif" if to else "if"
    if cases:
        draft.otherwise(to, otherwise)
    else:
        draft.finish(to, otherwise)


def _kind(expr: Expr) -> type | None:
    """The Python type of a value that is known."""
    return type(expr.value) if type(expr) is Constant else None


def _are(kind: str, expr: Operator, left: str, right: str) -> str:
    """The condition that both values are of a type, as far as that is not known."""
    tests: list[str] = []
    for name, side in ((left, expr.left), (right, expr.right)):
        known = _kind(side)
        if known is None:
            tests.append(f"type({name}) is {kind}")
        elif known.__name__ != kind:
            return "False"
    return " and ".join(tests) or "True"


def _integer(draft: Draft, to: str, result: str, otherwise: str) -> None:
    """A sum, difference … of two integers, if that is certainly an integer of the language."""
    name = to or draft.variable()
    draft.line(f"{name} = {result}")
    if to:
        draft.line(f"if not {LOW} <= {name} <= {HIGH}: {name} = {otherwise}")
    else:
        draft.line(f"if {LOW} <= {name} <= {HIGH}: return {name}")


def _operands(draft: Draft, expr: Operator, kind: str, left_step: Step, right_step: Step) -> tuple[str, str]:
    """The names of both values, which are expected to be of a type."""
    with draft.step(left_step):
        left = draft.value_as(expr.left, kind)
    with draft.step(right_step):
        return left, draft.value_as(expr.right, kind)


def _add(draft: Draft, expr: Add, to: str) -> None:
    known = _kind(expr.left) or _kind(expr.right)

    def operand(side: Expr) -> str:
        step: Step = lambda failure, _: framed(failure, "in an operand of '+'", side.place())  # noqa: E731
        with draft.step(step):
            return draft.value_as(side, known.__name__) if known in (int, str) and known else draft.value(side)

    left = operand(expr.left)
    coerced = draft.refer(expr.coerced)
    if isinstance(expr.left, Constant) and _kind(expr.left) not in (int, str):
        constant, left = left, draft.variable()  # it may be refused before the right one is looked at
        draft.line(f"{left} = {coerced}({constant})")
    elif not _kind(expr.left) and not _kind(expr.right):
        draft.line(f"if type({left}) is not int and type({left}) is not str: {left} = {coerced}({left})")
    right = operand(expr.right)
    otherwise = f"{draft.refer(expr.of)}({left}, {right})"

    def numbers() -> None:
        _integer(draft, to, f"{left} + {right}", otherwise)

    def texts() -> None:
        whole = f"{left} + {right}"
        added = expr.right.value if type(expr.right) is Constant else None
        if isinstance(added, str) and added < FIRST_BYTE:
            draft.finish(to, whole)
        else:
            draft.finish(to, f"{whole} if {right} < {FIRST_BYTE!r} else {draft.refer(rejoined)}({whole})")

    cases: list[Case] = []
    if known in (int, None):
        cases.append((_are("int", expr, left, right), numbers))
    if known in (str, None):
        cases.append((_are("str", expr, left, right), texts))
    _choose(draft, to, cases, otherwise)


def _arithmetic(draft: Draft, expr: Subtract | Multiply, to: str, name: str) -> None:
    def step(failure: Failure, _: object) -> None:
        expr.calling(failure, name)

    left, right = _operands(draft, expr, "int", step, step)
    otherwise = f"{draft.refer(expr.of)}({left}, {right})"
    result = f"{left} {expr.SIGN} {right}"
    case = _are("int", expr, left, right), lambda: _integer(draft, to, result, otherwise)
    _choose(draft, to, [case], otherwise)


def _subtract(draft: Draft, expr: Subtract, to: str) -> None:
    _arithmetic(draft, expr, to, "sub")


def _multiply(draft: Draft, expr: Multiply, to: str) -> None:
    _arithmetic(draft, expr, to, "mul")


def _divide(draft: Draft, expr: Divide, to: str) -> None:
    def step(failure: Failure, _: object) -> None:
        expr.calling(failure, "div")

    left, right = _operands(draft, expr, "int", step, step)
    condition = f"{_are('int', expr, left, right)} and {left} >= 0 and {right} > 0"
    case = condition, lambda: draft.finish(to, f"{left} // {right}")
    _choose(draft, to, [case], f"{draft.refer(expr.of)}({left}, {right})")


def _add_constant(draft: Draft, expr: AddConstant, to: str) -> None:
    draft.emit(expr.full, to)


def _less(draft: Draft, expr: Less) -> str:
    def step(failure: Failure, _: object) -> None:
        expr.unordered(failure)

    left, right = _operands(draft, expr, "int", step, step)
    sign = ">=" if expr.negated else "<"
    otherwise = f"{draft.refer(expr.of)}({left}, {right})"
    return f"({left} {sign} {right} if {_are('int', expr, left, right)} else {otherwise})"


def _less_constant(draft: Draft, expr: LessConstant) -> str:
    return _less(draft, expr.full)


def _equal(draft: Draft, expr: Equal) -> str:
    with draft.step(lambda failure, _: expr.left_failed(failure)):
        left = draft.value(expr.left)
    with draft.step(lambda failure, _: expr.right_failed(failure)):
        right = draft.value(expr.right)
    plain = f"type({left}) is type({right}) and type({left}) in {draft.refer(_PLAIN)}"
    sign = "!=" if expr.negated else "=="
    return f"({left} {sign} {right} if {plain} else {draft.refer(expr.of)}({left}, {right}))"


def _equal_constant(draft: Draft, expr: EqualConstant) -> str:
    with draft.step(lambda failure, _: expr.full.left_failed(failure)):
        value = draft.value(expr.operand)
    constant = draft.constant(expr.constant)
    if expr.kind in (bool, type(None)):
        return f"({value} is {'not ' if expr.negated else ''}{constant})"
    sign = "!=" if expr.negated else "=="
    otherwise = f"{draft.refer(expr.of)}({value})"
    return f"({value} {sign} {constant} if type({value}) is {expr.kind.__name__} else {otherwise})"


_PLAIN: Final = frozenset((str, int, bool))

COMPARISONS: Final[Mapping[type[Expr], Comparison]] = {
    Equal: _equal,
    EqualConstant: _equal_constant,
    Less: _less,
    LessConstant: _less_constant,
}


def _comparison(draft: Draft, expr: Expr, to: str) -> None:
    draft.finish(to, COMPARISONS[type(expr)](draft, expr))


def _update(draft: Draft, expr: Update, to: str) -> None:
    def operand(side: Expr) -> str:
        name = draft.value_as(side, "Attrs")
        if name not in draft.sets:
            wrong = draft.refer(lambda value: wrong_type("a set", value, side.span()))
            draft.line(f"if not isinstance({name}, dict): raise {wrong}({name})")
        return name

    with draft.step(lambda failure, _: expr.right_failed(failure)):
        right = operand(expr.right)
    with draft.step(lambda failure, _: expr.left_failed(failure)):
        left = operand(expr.left)
    result = to or draft.variable()
    plain = [f"type({name}) is Attrs and {name}" for name in (left, right) if name not in draft.sets]
    with draft.block(f"if {' and '.join(plain) or 'True'}:"):
        draft.line(f"{result} = new_attrs(Attrs); {result} |= {left}; {result} |= {right}")
        origin = f"({left}.origin, {right}, 1) if type({left}.origin) is not tuple"
        draft.line(f"{result}.origin = {origin} else {draft.refer(joined)}({left}, {right})")
        if not to:
            draft.line(f"return {result}")
    draft.otherwise(to, f"{draft.refer(expr.of)}({left}, {right})")


def _concat(draft: Draft, expr: Concat, to: str) -> None:
    with draft.step(lambda failure, _: expr.left_failed(failure)):
        left = draft.value(expr.left)
    with draft.step(lambda failure, _: expr.right_failed(failure)):
        right = draft.value(expr.right)

    def no_list(a: Value, b: Value) -> Failure:
        return expr.no_list(a, b)

    wrong = draft.refer(no_list)
    draft.line(f"if not isinstance({left}, list) or not isinstance({right}, list): raise {wrong}({left}, {right})")
    draft.finish(to, f"{left} + {right} if {left} and {right} else {left} or {right}")


WRITERS: Final[Mapping[type[Expr], Writer]] = {
    Add: _add,
    AddConstant: _add_constant,
    Subtract: _subtract,
    Multiply: _multiply,
    Divide: _divide,
    **dict.fromkeys(COMPARISONS, _comparison),
    Update: _update,
    Concat: _concat,
}
