"""Where Python itself runs out of calls, it is said what was being computed."""

from __future__ import annotations

import pytest

from home_manager.diagnostics import Failure
from home_manager.nix.deep_stack import with_deep_stack
from home_manager.values.lazy import Lazy


class Named(Lazy):
    """A value that needs another one of its kind, which needs another one."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def compute(self) -> object:
        return Named(self.number + 1).force()

    def name(self) -> str:
        return f"number {self.number % 3}"


def test_a_recursion_of_values_names_them() -> None:
    with pytest.raises(Failure) as caught:
        with_deep_stack(Named(0).force, 100)
    (problem,) = caught.value.finished()
    assert problem.code == "nix-stack-overflow"
    assert {frame.text for frame in problem.frames} == {f"while evaluating number {n}" for n in range(3)}
