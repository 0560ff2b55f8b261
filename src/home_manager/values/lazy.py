"""Values that are computed when first asked for; shared by the Nix evaluator and the option engine.

A lazy value may stand for any value inside a list or an attribute set, as an argument and as a result. Whoever looks
*at* a value forces it; whoever only passes it on does not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from home_manager.diagnostics import Diagnostic, Failure, Label, Span
from home_manager.values.mypyc_shim import mypyc_attr


@mypyc_attr(allow_interpreted_subclasses=True)
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

    def name(self) -> str:
        """What the value is called, for the circle that an infinite recursion shows; empty if it has no name."""
        return ""

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
        except BaseException as error:
            self.state = 0
            if isinstance(error, InfiniteRecursion):
                error.passes(self)
            raise
        self.value = value
        self.state = 2
        return value


class Delayed(Lazy):
    """A lazy value given by a Python function without arguments, which is dropped once it has run."""

    __slots__ = ("function",)

    def __init__(self, function: Callable[[], object]) -> None:
        self.state = 0
        self.function: Callable[[], object] | None = function

    def compute(self) -> object:
        assert self.function is not None
        value = self.function()
        while isinstance(value, Lazy):
            value = value.force()
        self.function = None
        return value


class InfiniteRecursion(Failure):
    """A value that needs itself. `at` is the lazy value at which the circle closed.

    `circle` grows while the error unwinds, from the innermost value out to `at`; it then says who needs whom.
    """

    def __init__(self, at: Lazy) -> None:
        super().__init__(Diagnostic("infinite-recursion", "infinite recursion encountered"))
        self.at = at
        self.circle: list[str] = []
        self.closed = False

    def passes(self, lazy: Lazy) -> None:
        """The error leaves the computation of a lazy value."""
        if self.closed:
            return
        name = lazy.name()
        if name and (not self.circle or self.circle[-1] != name):
            self.circle.append(name)
        if lazy is self.at:
            self.closed = True
            if len(self.frames) < 100:
                self.add_frame("entering the infinite recursion", nix=True)
            span = lazy.span()
            if span is not None and not self.diagnostic.labels:
                self.diagnostic = replace(self.diagnostic, labels=(Label(span, "this needs itself"),))
            if self.circle:
                self.diagnostic = replace(self.diagnostic, notes=(*self.diagnostic.notes, self._explanation()))

    def _explanation(self) -> str:
        names = list(reversed(self.circle))
        if len(names) == 1:
            return f"`{names[0]}` is needed to compute `{names[0]}`"
        steps = [f"`{names[0]}` needs `{names[1]}`"]
        steps += [f"which needs `{name}`" for name in [*names[2:], names[0]]]
        return ", ".join(steps)


def force(value: object) -> object:
    """The value itself, computed now if it was lazy."""
    while isinstance(value, Lazy):
        value = value.force()
    return value
