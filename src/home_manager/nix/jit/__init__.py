"""The JIT: what is evaluated often, the body of a function or a thunk, is compiled to one Python function.

`tiers` counts and decides, `draft` is a function being written, `writers` knows which module writes which kind of node:
`write_X` writes those of `nodes.X`. Whatever they do not know is left to the node.
Only the pure build has this: machine code is faster without.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from home_manager.nix.nodes import node
from home_manager.nix.nodes.node import Env, Expr
from home_manager.values.classes import Value

if TYPE_CHECKING:
    from home_manager.nix.nodes.formula import Formula

COMPILED: Final = not node.__file__.endswith(".py")
"""Whether the evaluator is machine code."""

MANY: Final = 500
"""Calculating a formula so many times takes longer than writing and compiling it."""


def tiered(expr: Expr) -> Expr:
    """The expression, which becomes Python once that pays."""
    if COMPILED:
        return expr
    # Start-up of the compiled build, which has none of it.
    from home_manager.nix.jit import tiers

    return tiers.tiered(expr)


def calculation(formula: Formula, times: int) -> Callable[[Env], Value]:
    """What calculates a formula (see `Formula.value`) so many times."""
    if COMPILED or times < MANY:
        return formula.value
    # Start-up: few loops are long enough to be written as Python.
    from home_manager.nix.jit.write_calculations import function

    return function(formula) or formula.value
