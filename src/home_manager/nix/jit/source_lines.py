"""The text of a Python function being written: its lines, what they refer to, and what each of them is for.

The function takes an environment and gives a value. Nothing in it looks after errors: its lines are known, and when one
fails, the steps that it was part of are told of the failure from the inside out, as the nodes themselves would be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import CodeType
from typing import Any, Final

from home_manager.diagnostics import Failure
from home_manager.nix.nodes.functions import Lambda
from home_manager.nix.nodes.node import Env, Expr, Failed, Thunk
from home_manager.nix.runtime import Runtime
from home_manager.values.classes import MISSING, Attrs, Builtin, Value
from home_manager.values.lazy import Lazy

Step = Callable[[Failure, Mapping[str, Any]], None] | Runtime | str
"""What is to be done when a line fails: something with the failure and the local variables. A runtime, or the name of the
variable that holds it, stands for the end of a call."""

Steps = Mapping[int, tuple[Step, ...]]
"""For each line its steps, the innermost first."""

MOST_LINES: Final = 1500
DEEPEST: Final = 40
MOST_NESTED: Final = 12
MOST_STEPS: Final = 40
"""What lies further in is left to the nodes: Python takes only so much indentation, and so many loops and tries; and each
line keeps all steps that it is part of, of which a sum of thousands of operands would have as many."""


def unwind(error: BaseException, steps: Steps) -> None:
    """An error leaves a written function: every step that the line is part of does what it does when it fails."""
    here = error.__traceback__
    assert here is not None
    variables = here.tb_frame.f_locals
    for step in steps.get(here.tb_lineno, ()):
        if isinstance(step, (str, Runtime)):
            run = variables[step] if isinstance(step, str) else step
            run.depth -= 1
        elif isinstance(error, Failure):
            step(error, variables)
    if isinstance(variables, dict):
        # Until Python 3.12 this is kept by the frame; as it has the error, which keeps the frame, neither would ever go.
        variables.clear()


def failed(expr: Expr, env: Env, failure: Failure, steps: Steps) -> Thunk:
    """What was evaluated before it was asked for has failed: it shall fail in the same way when it is asked for."""
    unwind(failure, steps)
    return Thunk(Failed(expr, failure), env)


_KNOWN: Final[Mapping[str, object]] = {
    "Attrs": Attrs,
    "Builtin": Builtin,
    "Lambda": Lambda,
    "Lazy": Lazy,
    "MISSING": MISSING,
    "Thunk": Thunk,
    "failed": failed,
    "new": object.__new__,
    "new_attrs": Attrs.__new__,
    "unwind": unwind,
    "Failure": Failure,
}
"""What every written function may name."""


class Lines:
    """One function. `steps` are what is being written for, `forced` where the values of variables are known to be.

    `environments` are the names of the environments in scope, from the innermost on.
    """

    __slots__ = ("_depth", "_lines", "_nested", "_steps", "_used", "environments", "forced", "names", "steps")

    def __init__(self) -> None:
        # One `try` around all: it costs nothing until something fails, where one for each step would cost its entry and
        # make the lines of a step a block of their own. Which steps a line is part of is kept beside, in `_steps`.
        self._lines: Final = ["def run(env):", " try:"]
        self._steps: Final[dict[int, tuple[Step, ...]]] = {}
        self._depth = 2
        self._nested = 0
        self._used = 0
        self.names: Final[dict[str, object]] = {**_KNOWN, "STEPS": self._steps}
        self.steps: tuple[Step, ...] = ()
        self.environments: tuple[str, ...] = ("env",)
        self.forced: dict[str, str] = {}

    def line(self, text: str) -> None:
        """A statement, which is part of all steps that were begun."""
        self._lines.append(" " * self._depth + text)
        if self.steps:
            self._steps[len(self._lines)] = self.steps

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """Statements below `head`. What they find out about variables is known only among them."""
        self.line(head)
        with self.indented():
            yield

    @contextmanager
    def indented(self) -> Iterator[None]:
        """Statements below the line before."""
        forced, self.forced = self.forced, dict(self.forced)
        self._depth += 1
        yield
        self._depth -= 1
        self.forced = forced

    @contextmanager
    def tried(self) -> Iterator[None]:
        """Statements whose failure is caught, and which are part of no step around them."""
        before, self.steps = self.steps, ()
        with self.left("try:"):
            yield
        self.steps = before

    @contextmanager
    def left(self, head: str) -> Iterator[None]:
        """A block that can be left by more than its end: Python nests only few of these."""
        self._nested += 1
        with self.block(head):
            yield
        self._nested -= 1

    @contextmanager
    def step(self, *steps: Step) -> Iterator[None]:
        """What is written inside is part of these steps, the innermost first."""
        before = self.steps
        self.steps = (*steps, *before)
        yield
        self.steps = before

    @contextmanager
    def inside(self, environment: str) -> Iterator[None]:
        """What is written inside sees one environment more."""
        before = self.environments
        self.environments = (environment, *before)
        yield
        self.environments = before

    def finish(self, to: str, text: str) -> None:
        """The value is there: it goes to the variable `to`, or is returned where that is empty."""
        if to != text:
            self.line(f"{to} = {text}" if to else f"return {text}")

    def otherwise(self, to: str, text: str) -> None:
        """What the value is where the case before, which ends with a value, did not hold."""
        if to:
            with self.block("else:"):
                self.finish(to, text)
        else:
            self.finish(to, text)

    def is_full(self) -> bool:
        """Whether the rest is better left to the nodes."""
        return (
            len(self._lines) > MOST_LINES
            or self._depth > DEEPEST
            or self._nested > MOST_NESTED
            or len(self.steps) > MOST_STEPS
        )

    def reader(self, name: str) -> Callable[[Mapping[str, Any]], Any]:
        """What finds the object with this name among the local variables, or in what the function refers to."""
        known = self.names.get(name)
        return lambda here: here.get(name, known)

    # Names

    def variable(self, prefix: str = "x") -> str:
        """A new local variable."""
        self._used += 1
        return f"{prefix}{self._used}"

    def refer(self, value: object) -> str:
        """The name under which the function finds an object."""
        name = f"c{len(self.names)}"
        self.names[name] = value
        return name

    def environment(self, level: int) -> str:
        """The environment so many steps out."""
        known = self.environments
        if level < len(known):
            return known[level]
        return known[-1] + "[0]" * (level - len(known) + 1)

    @property
    def here(self) -> str:
        """The innermost environment."""
        return self.environments[0]

    # The end

    def compiled(self) -> Callable[[Env], Value]:
        """The function."""
        lines = [*self._lines, " except BaseException as error:", "  unwind(error, STEPS)", "  raise"]
        code: CodeType = compile("\n".join(lines), "<written>", "exec")
        exec(code, self.names)
        return self.names["run"]  # type: ignore[return-value]
