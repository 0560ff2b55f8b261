"""Numbers: arithmetic, comparison, rounding and bits."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from home_manager.nix import arithmetic
from home_manager.nix.coercion import expect_float, expect_int
from home_manager.nix.comparison import less
from home_manager.nix.errors import eval_error
from home_manager.nix.quoting import show_float
from home_manager.values.classes import Builtin, Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.nix.builtins.evaluator_services import EvaluatorServices

_MIN, _MAX = -(2**63), 2**63 - 1


def _bits(name: str, operation: Callable[[int, int], int]) -> Builtin:
    first = f"while evaluating the first argument passed to builtins.{name}"
    second = f"while evaluating the second argument passed to builtins.{name}"

    def run(left: Value, right: Value) -> Value:
        return operation(expect_int(left, first), expect_int(right, second))

    return Builtin(name, 2, run)


def less_than(left: Value, right: Value) -> Value:
    """`builtins.lessThan`; `sort` recognises it."""
    return less(left, right)


def _rounding(name: str, towards: Callable[[float], int]) -> Builtin:
    doing = f"while evaluating the first argument passed to builtins.{name}"

    def run(number: Value) -> Value:
        value = force(number)
        # The original goes through a float, and refuses integers that this would change.
        broken = expect_float(value, doing)
        if not math.isfinite(broken) or not _MIN <= towards(broken) <= _MAX:
            if isinstance(value, int):
                raise eval_error(
                    "Due to a bug (see https://github.com/NixOS/nix/issues/12899) the NixInt argument "
                    f"{value} caused undefined behavior in previous Nix versions.\n\t"
                    "Future Nix versions might implement the correct behavior."
                )
            raise eval_error(f"NixFloat argument {show_float(broken)} is not in the range of NixInt")
        rounded = towards(broken)
        if isinstance(value, int) and rounded != value:
            raise eval_error(
                "Due to a bug (see https://github.com/NixOS/nix/issues/12899) a loss of precision occurred in "
                f"previous Nix versions because the NixInt argument {value} was rounded to {rounded}.\n\t"
                "Future Nix versions might implement the correct behavior."
            )
        return rounded

    return Builtin(name, 1, run)


def builtins(ev: EvaluatorServices) -> Iterable[Builtin | tuple[str, Value]]:
    """The built-ins of this topic."""
    return (
        Builtin("add", 2, arithmetic.add),
        Builtin("sub", 2, arithmetic.subtract),
        Builtin("mul", 2, arithmetic.multiply),
        Builtin("div", 2, arithmetic.divide),
        Builtin("lessThan", 2, less_than),
        _bits("bitAnd", lambda a, b: a & b),
        _bits("bitOr", lambda a, b: a | b),
        _bits("bitXor", lambda a, b: a ^ b),
        _rounding("ceil", math.ceil),
        _rounding("floor", math.floor),
    )
