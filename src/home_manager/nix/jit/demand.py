"""Which arguments a function asks for before it does anything else.

Such an argument can be evaluated before the call instead of becoming a thunk: it is evaluated in any case, nothing that
can be observed comes before, and if it fails, it fails once more where it is asked for (`draft.failed`).
"""

from __future__ import annotations

from home_manager.nix.ast.base import Constant, Expr
from home_manager.nix.ast.control import If
from home_manager.nix.ast.functions import Call1, Code
from home_manager.nix.ast.joins import Update
from home_manager.nix.ast.logic import And, Implies, Not, Or
from home_manager.nix.ast.operand import Operator
from home_manager.nix.ast.operators import AddConstant, EqualConstant, LessConstant
from home_manager.nix.ast.sets import HasAttr, Select, SelectPath
from home_manager.nix.ast.strings import Interpolation
from home_manager.nix.ast.variables import Local

Demand = tuple[tuple[int, ...], bool]
"""Slots in the order in which they are asked for, and whether that is all that the expression does apart from
computing with these values."""

_NOTHING: Demand = (), True
_UNKNOWN: Demand = (), False


def demanded(code: Code) -> tuple[int, ...]:
    """The positions of the arguments of a function of plain arguments, the one that is asked for first at the front."""
    body = code.body
    slots, _ = _demand(body.read())
    return tuple(slot - 1 for slot in dict.fromkeys(slots) if slot <= code.arity)


def _demand(expr: Expr) -> Demand:
    if isinstance(expr, Local):
        return (expr.index,), True
    if isinstance(expr, (AddConstant, LessConstant)):
        return (expr.index,), True
    if isinstance(expr, Constant):
        return _NOTHING
    if isinstance(expr, EqualConstant):
        return _demand(expr.operand)
    if isinstance(expr, (And, Or, Implies)):
        return _demand(expr.left)[0], False
    if isinstance(expr, Update):
        return _then(_demand(expr.right), expr.left)
    if isinstance(expr, Operator):
        return _then(_demand(expr.left), expr.right)
    if isinstance(expr, If):
        return _demand(expr.condition)[0], False
    if isinstance(expr, Not):
        return _demand(expr.operand)
    if isinstance(expr, (Select, SelectPath, HasAttr)):
        return _demand(expr.base)[0], False
    if isinstance(expr, Interpolation):
        first = expr.parts[0] if isinstance(expr.parts[0], Expr) else expr.parts[1]
        return _demand(first)[0] if isinstance(first, Expr) else (), False
    if isinstance(expr, Call1):
        return _demand(expr.function)[0], False
    return _UNKNOWN


def _then(before: Demand, expr: Expr) -> Demand:
    slots, alone = before
    if not alone:
        return before
    further, alone = _demand(expr)
    return slots + further, alone
