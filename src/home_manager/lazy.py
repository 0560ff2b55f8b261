"""Values that are computed when first asked for; shared by the Nix evaluator and the option engine.

A lazy value may stand for any value inside a list or an attribute set, as an argument and as a result. Whoever looks
*at* a value forces it; whoever only passes it on does not.
"""

from __future__ import annotations

from collections.abc import Callable

from home_manager.diagnostics import Diagnostic, Failure, Span


class Lazy:
    """A value not yet computed, or its result. Subclasses say in `compute` how.

    `state`: 0 not begun, 1 being computed (a second `force` is an infinite recursion), 2 done, `value` holds it.
    A failed computation goes back to 0, so that asking again gives the same error.
    """

    __slots__ = ("state", "value")

    def __init__(self) -> None:
        self.state = 0
        self.value: object = None

    def compute(self) -> object:
        """The value; it may itself be lazy."""
        raise NotImplementedError

    def span(self) -> Span | None:
        """The place that an infinite recursion points to, where there is one."""
        return None

    def force(self) -> object:
        if self.state == 2:
            return self.value
        if self.state == 1:
            raise InfiniteRecursion(self)
        self.state = 1
        try:
            value = self.compute()
            while isinstance(value, Lazy):
                value = value.force()
        except BaseException:
            self.state = 0
            raise
        self.value = value
        self.state = 2
        return value


class Delayed(Lazy):
    """A lazy value given by a Python function without arguments, which is dropped once it has run."""

    __slots__ = ("function",)

    def __init__(self, function: Callable[[], object]) -> None:
        super().__init__()
        self.function: Callable[[], object] | None = function

    def compute(self) -> object:
        assert self.function is not None
        value = self.function()
        while isinstance(value, Lazy):
            value = value.force()
        self.function = None
        return value


class InfiniteRecursion(Failure):
    """A value that needs itself. `at` is the lazy value at which the circle closed."""

    def __init__(self, at: Lazy) -> None:
        super().__init__(Diagnostic("infinite-recursion", "infinite recursion encountered"))
        self.at = at


def force(value: object) -> object:
    """The value itself, computed now if it was lazy."""
    while isinstance(value, Lazy):
        value = value.force()
    return value
