"""An expression as a Python function: which module writes which kind of node."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from home_manager.nix.ast.base import Env, Expr
from home_manager.nix.jit import calls, control, logic, operators, sets, strings, variables
from home_manager.nix.jit.draft import Draft, Writer
from home_manager.nix.objects import Value

WRITERS: Final[Mapping[type[Expr], Writer]] = {
    **variables.WRITERS,
    **control.WRITERS,
    **logic.WRITERS,
    **operators.WRITERS,
    **calls.WRITERS,
    **sets.WRITERS,
    **strings.WRITERS,
}


def written(expr: Expr, environment: Env) -> Callable[[Env], Value]:
    """The function that takes an environment and gives the value; `environment` shows what variables stand for."""
    draft = Draft(WRITERS, operators.COMPARISONS, environment)
    draft.emit(expr, "")
    return draft.compiled()
