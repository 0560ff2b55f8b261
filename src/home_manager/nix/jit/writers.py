"""An expression as a Python function: which module writes which kind of node."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from home_manager.nix.jit import (
    write_attribute_sets,
    write_calls,
    write_control_flow,
    write_interpolation,
    write_logic,
    write_operators,
    write_variables,
)
from home_manager.nix.jit.draft import Draft, Writer
from home_manager.nix.nodes.node import Env, Expr
from home_manager.values.classes import Value

WRITERS: Final[Mapping[type[Expr], Writer]] = {
    **write_variables.WRITERS,
    **write_control_flow.WRITERS,
    **write_logic.WRITERS,
    **write_operators.WRITERS,
    **write_calls.WRITERS,
    **write_attribute_sets.WRITERS,
    **write_interpolation.WRITERS,
}


def written(expr: Expr, environment: Env, tiered: Callable[[Expr], Expr]) -> Callable[[Env], Value]:
    """The function that takes an environment and gives the value; `environment` shows what variables stand for.

    `tiered` is given the expressions that the function leaves to thunks, which have counters of their own.
    """
    draft = Draft(WRITERS, write_operators.COMPARISONS, environment, tiered)
    draft.emit(expr, "")
    return draft.compiled()
