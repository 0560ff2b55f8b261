"""Which arguments a function asks for before it does anything else.

Such an argument can be evaluated before the call instead of becoming a thunk: it is evaluated in any case, nothing that
can be observed comes before, and if it fails, it fails once more where it is asked for (`draft.failed`).
"""

from __future__ import annotations

from typing import Final

from home_manager.nix.nodes.attribute_sets import HasAttr, Select, SelectPath
from home_manager.nix.nodes.control_flow import If
from home_manager.nix.nodes.functions import Call1, Code
from home_manager.nix.nodes.interpolation import Interpolation
from home_manager.nix.nodes.joins import Update
from home_manager.nix.nodes.logic import And, Implies, Not, Or
from home_manager.nix.nodes.node import Constant, Expr
from home_manager.nix.nodes.operand import Operator
from home_manager.nix.nodes.operators import Add, AddConstant, EqualConstant, LessConstant
from home_manager.nix.nodes.variables import Local

ANY: Final = "not isinstance({0}, Lazy)"
"""The condition under which a value is there, whatever it is."""

_SET: Final = "type({0}) is Attrs"
_SUMMAND: Final = "(type({0}) is int or type({0}) is str)"

Asked = tuple[tuple[int, str], ...]
"""Slots (or positions) in the order in which they are asked for, each with the condition that its value must fulfil for
the next one to be asked for as well: a failure, or a value that is refused, ends it."""


def demanded(code: Code) -> Asked:
    """The positions of the arguments of a function of plain arguments, the one that is asked for first at the front."""
    asked: dict[int, str] = {}
    for slot, condition in _asked(code.body.read()):
        known = asked.get(slot - 1, condition)
        asked[slot - 1] = known if known == condition else f"{known} and {condition}"
    return tuple((position, condition) for position, condition in asked.items() if position < code.arity)


def _asked(expr: Expr) -> Asked:
    """What an expression asks for first. Of an operand that is more than a variable nothing is said beyond that."""
    if isinstance(expr, (Local, AddConstant, LessConstant)):
        return ((expr.index, ANY),)
    if isinstance(expr, (EqualConstant, Not)):
        return _asked(expr.operand)
    if isinstance(expr, (And, Or, Implies)):
        return _asked(expr.left)
    if isinstance(expr, Update):
        return _both(expr.right, _SET, expr.left)
    if isinstance(expr, Add):
        return _both(expr.left, _SUMMAND, expr.right)
    if isinstance(expr, Operator):
        return _both(expr.left, ANY, expr.right)
    if isinstance(expr, If):
        return _asked(expr.condition)
    if isinstance(expr, (Select, SelectPath, HasAttr)):
        return _asked(expr.base)
    if isinstance(expr, Interpolation):
        first = expr.parts[0] if isinstance(expr.parts[0], Expr) else expr.parts[1]
        return _asked(first) if isinstance(first, Expr) else ()
    if isinstance(expr, Call1):
        return _asked(expr.function)
    return ()


def _both(first: Expr, condition: str, second: Expr) -> Asked:
    """Two operands, of which the second is looked at if the first fulfils a condition."""
    if isinstance(first, Local):
        return (first.index, condition), *_asked(second)
    known = (dict,) if condition is _SET else (int, str)
    if isinstance(first, Constant) and isinstance(first.value, known):
        return _asked(second)
    return _asked(first)
