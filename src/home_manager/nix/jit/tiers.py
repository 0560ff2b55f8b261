"""When an expression becomes Python: after it was evaluated so often that writing it pays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from home_manager.diagnostics import Span
from home_manager.nix.nodes.functions import Code
from home_manager.nix.nodes.node import Constant, Env, Expr
from home_manager.nix.nodes.variables import Variable
from home_manager.values.classes import Value

OFTEN: Final = 50
"""Writing and compiling a function takes about as long as evaluating it so many times.

So an expression costs at most twice what it would without the JIT, whenever evaluation stops.
"""


class Tiered(Expr):
    """An expression that counts how often it is evaluated, and then becomes Python.

    `eval` is no method here but what is to be called now: first the counting, then the compiled function itself, so
    that nothing lies between the caller and that.
    """

    __slots__ = ("count", "eval", "expr")

    def __init__(self, expr: Expr) -> None:
        super().__init__(expr.source, expr.start, expr.end)
        self.expr = expr
        self.count = 0
        self.eval: Callable[[Env], Value] = self._counted  # type: ignore[assignment]

    def _counted(self, env: Env) -> Value:
        self.count += 1
        if self.count > OFTEN:
            # Start-up: most runs evaluate nothing so often.
            from home_manager.nix.jit.writers import written

            self.eval = self.expr.eval  # while it is being written, and for good if it cannot be
            self.eval = written(self.read(), env, tiered)
            return self.eval(env)
        return self.expr.eval(env)

    def read(self) -> Expr:
        return self.expr.read()

    def place(self) -> Span:
        return self.expr.place()

    def bound_to(self) -> str:
        return self.expr.bound_to()


_ONE_STEP: Final[tuple[type[Any], ...]] = (Constant, Variable, Code)


def is_one_step(expr: Expr) -> bool:
    """Whether an expression is evaluated in one step, which cannot become faster."""
    return isinstance(expr, _ONE_STEP)


def tiered(expr: Expr) -> Expr:
    """The expression, which becomes Python once that pays."""
    return expr if is_one_step(expr) else Tiered(expr)
