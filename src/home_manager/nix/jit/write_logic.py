"""`!`, `&&`, `||` and `->` as Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from home_manager.nix.jit.draft import Draft, Writer
from home_manager.nix.nodes.attribute_sets import HasAttr
from home_manager.nix.nodes.logic import And, Implies, Not, Or, truth
from home_manager.nix.nodes.node import Expr, framed
from home_manager.nix.nodes.operand import Operator
from home_manager.nix.nodes.operators import Equal, EqualConstant, Less, LessConstant

_BOOLEAN: Final = (And, Equal, EqualConstant, HasAttr, Implies, Less, LessConstant, Not, Or)
"""What gives a boolean if it gives anything."""


def _not(draft: Draft, expr: Not, to: str) -> None:
    operand = expr.operand
    with draft.step(lambda failure, _: framed(failure, "in the argument of '!'", operand.place())):
        draft.finish(to, f"not {boolean(draft, operand)}")


def boolean(draft: Draft, expr: Expr) -> str:
    """A condition (see `Draft.test`) that is a boolean; what refuses another value has been written."""
    value = draft.test(expr)
    if not isinstance(expr, _BOOLEAN):
        wrong = draft.refer(lambda value: truth(value, expr))
        draft.line(f"if {value} is not True and {value} is not False: raise {wrong}({value})")
    return value


def _both(draft: Draft, expr: Operator, to: str, head: str, otherwise: str) -> None:
    """Evaluates the right operand where `head` holds for the left one, else the value is `otherwise`."""
    with draft.step(lambda failure, _: expr.left_failed(failure)):
        draft.line(head.format(boolean(draft, expr.left)))
    with draft.indented(), draft.step(lambda failure, _: expr.right_failed(failure)):
        draft.finish(to, boolean(draft, expr.right))
    draft.otherwise(to, otherwise)


def _and(draft: Draft, expr: And, to: str) -> None:
    _both(draft, expr, to, "if {}:", "False")


def _or(draft: Draft, expr: Or, to: str) -> None:
    _both(draft, expr, to, "if not {}:", "True")


def _implies(draft: Draft, expr: Implies, to: str) -> None:
    _both(draft, expr, to, "if {}:", "True")


WRITERS: Final[Mapping[type[Expr], Writer]] = {Not: _not, And: _and, Or: _or, Implies: _implies}
