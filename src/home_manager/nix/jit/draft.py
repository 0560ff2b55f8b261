"""Expressions in a function being written: what all writers use, whatever kind of node they write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from home_manager.nix.jit.source_lines import Lines
from home_manager.nix.jit.write_calculations import Calculated, calculated
from home_manager.nix.nodes.attribute_sets import AttrSet
from home_manager.nix.nodes.cheap_eagerness import Made, Prepared, formula
from home_manager.nix.nodes.control_flow import If
from home_manager.nix.nodes.formula import Formula
from home_manager.nix.nodes.functions import Code
from home_manager.nix.nodes.interpolation import Interpolation
from home_manager.nix.nodes.node import Constant, Delayed, Env, Expr, located
from home_manager.nix.nodes.operand import Operator
from home_manager.nix.nodes.operators import AddConstant
from home_manager.nix.nodes.variables import Variable
from home_manager.values.classes import MISSING, Value
from home_manager.values.lazy import Lazy

Writer = Callable[["Draft", Any, str], None]
"""Writes the evaluation of a node; the value goes to the variable that is named, or is returned where that is empty."""

Comparison = Callable[["Draft", Any], str]
"""Writes what a comparison needs, and gives the Python expression that is its result."""

_WORTHWHILE: Final = 2
"""So many operations are better computed in one go where that is possible."""


class Draft(Lines):
    """A function for an expression that was evaluated in `environment` just now.

    `sets` are the names of values that are sets for sure, and not empty.
    """

    __slots__ = ("_comparisons", "_environment", "_stepwise", "_tiered", "_writers", "sets")

    def __init__(
        self,
        writers: Mapping[type[Expr], Writer],
        comparisons: Mapping[type[Expr], Comparison],
        environment: Env,
        tiered: Callable[[Expr], Expr],
    ) -> None:
        super().__init__()
        self._writers: Final = writers
        self._comparisons: Final = comparisons
        self._environment: Final = environment
        self._tiered: Final = tiered
        self._stepwise = False
        self.sets: Final[set[str]] = set()

    def emit(self, expr: Expr, to: str) -> None:
        """Writes the evaluation of an expression; see `Writer`."""
        expr = expr.read()
        if not self._stepwise and isinstance(expr, (Operator, If, Interpolation)):
            found = formula(expr)
            if found is not None and found.size >= _WORTHWHILE and (computed := self._calculated(found)) is not None:
                self._computed_or_written(expr, to, computed)
                return
        writer = None if self.is_full() else self._writers.get(type(expr))
        if type(expr) is Constant:
            self.finish(to, self.constant(expr.value))
        elif writer is None:
            self.finish(to, self.evaluated(expr))
        else:
            writer(self, expr, to)

    def evaluated(self, expr: Expr) -> str:
        """The evaluation by the node itself."""
        return f"{self.refer(expr)}.eval({self.here})"

    def value(self, expr: Expr) -> str:
        """The name of an expression's value, which is not lazy; what computes it has been written."""
        if isinstance(expr, Variable):
            return self.forced_variable(expr, "isinstance({0}, Lazy)")
        if type(expr) is Constant:
            return self.refer(expr.value)
        name = self.variable()
        self.emit(expr, name)
        if type(expr) is AttrSet and expr.names:
            self.sets.add(name)
        return name

    def test(self, expr: Expr) -> str:
        """A condition, which is written once and in the same step: a name, or a comparison in one expression."""
        comparison = self._comparisons.get(type(expr))
        return self.value(expr) if comparison is None else comparison(self, expr)

    def value_as(self, expr: Expr, kind: str) -> str:
        """The same where a value of one Python type is expected; it may still be another."""
        if isinstance(expr, Variable):
            return self.forced_variable(expr, f"type({{0}}) is not {kind}")
        if type(expr) is Constant and type(expr.value).__name__ == kind:
            return self.constant(expr.value)
        return self.value(expr)

    def forced_variable(self, expr: Variable, doubt: str) -> str:
        """The value of a variable, which is asked for it where there is a doubt that it is one."""
        place = self.slot(expr)
        known = self.forced.get(place)
        if known is not None:
            return known
        name = self.forced[place] = self.variable()
        self.line(f"{name} = {place}")
        with self.step(lambda failure, _: located(failure, expr)), self.block(f"if {doubt.format(name)}:"):
            # A cell that is done (state 2) is read without a call. The value goes back into the slot: later reads of
            # the variable, here and in closures, find it at once, and the thunk with its environment can go.
            lazy = "" if "Lazy" in doubt else f"if isinstance({name}, Lazy): "
            self.line(f"{lazy}{name} = {place} = {name}.value if {name}.state == 2 else {name}.force()")
        return name

    def raw(self, expr: Variable) -> str:
        """The name of what lies in a variable's slot."""
        place = self.slot(expr)
        if place in self.forced:
            return self.forced[place]
        name = self.variable()
        self.line(f"{name} = {place}")
        return name

    def slot(self, expr: Variable) -> str:
        """Where a variable lies; what lies there may be lazy."""
        return f"{self.environment(expr.level)}[{expr.index}]"

    def constant(self, value: Value) -> str:
        """The name of a value that is known, or what is written for it."""
        if value is None or type(value) in (bool, int, str):
            return f"({value})" if type(value) is int and value < 0 else repr(value)
        return self.refer(value)

    def later(self, expr: Expr, *, delay: bool = False) -> str:
        """The name of an expression's value for later (see `Expr.thunk`); with `delay` a thunk in any case."""
        name = self.variable()
        if isinstance(expr, Delayed):
            self.thunk(name, expr.expr)
        elif delay:
            self.thunk(name, expr)
        elif isinstance(expr, Variable):
            place = self.slot(expr)
            return self.forced.get(place, place)
        elif type(expr) is Constant:
            return self.constant(expr.value)
        elif isinstance(expr, Prepared):
            self._prepared(expr.expr, expr.formula, name)
        elif isinstance(expr, AddConstant):
            self._prepared(expr.full, formula(expr), name)
        elif type(expr) is Code:
            self.line(f"{name} = new(Lambda); {name}.code = {self.refer(expr)}; {name}.env = {self.here}")
        elif type(expr).thunk is not Expr.thunk:
            self.line(f"{name} = {self.refer(expr)}.thunk({self.here})")
        else:
            self.thunk(name, expr)
        return name

    def _prepared(self, expr: Expr, formula: Formula | None, to: str) -> None:
        """What is made or calculated at once if it can be, else waits in a thunk."""
        if isinstance(formula, Made):
            self.emit(expr, to)
        elif (computed := self._calculated(formula)) is not None:
            with self.block(f"if {computed.conditions}:"):
                self.line(f"{to} = {computed.text}")
            with self.block("else:"):
                self.thunk(to, expr)
        else:
            self.thunk(to, expr)

    def _computed_or_written(self, expr: Expr, to: str, computed: Calculated) -> None:
        """What is computed in one go if its variables are of the kinds that it needs, else step by step."""
        with self.block(f"if {computed.conditions}:"):
            self.finish(to, computed.text)
        self._stepwise = True
        if to:
            with self.block("else:"):
                self.emit(expr, to)
        else:
            self.emit(expr, to)
        self._stepwise = False

    def _calculated(self, found: Formula | None) -> Calculated | None:
        """A formula in Python; where its variables have no names yet, these have been written."""
        names: dict[str, str] = {}

        def name(level: int, index: int) -> str:
            place = f"{self.environment(level)}[{index}]"
            if place not in names:
                names[place] = self.forced.get(place) or self.variable()
            return names[place]

        computed = calculated(found, name)
        if computed is not None:
            for place, known in names.items():
                if place not in self.forced:
                    self.line(f"{known} = {place}")
        return computed

    def thunk(self, to: str, expr: Expr) -> None:
        """A thunk for an expression goes to a variable."""
        tier = self.refer(self._tiered(expr))
        self.line(f"{to} = new(Thunk); {to}.state = 0; {to}.expr = {tier}; {to}.env = {self.here}")

    def now(self, expr: Expr) -> Value:
        """What an expression stands for just now, `MISSING` where that cannot be seen.

        The innermost variables are not looked at: they are others with each call.
        """
        if type(expr) is Constant:
            return expr.value
        if not isinstance(expr, Variable) or expr.level < len(self.environments):
            return MISSING
        environment = self._environment
        for _ in range(expr.level - len(self.environments) + 1):
            environment = environment[0]
        value = environment[expr.index]
        return (value.value if value.state == 2 else MISSING) if isinstance(value, Lazy) else value
