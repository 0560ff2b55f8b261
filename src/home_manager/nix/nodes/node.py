"""The base of all nodes that evaluate, and the thunk: an expression together with its environment.

An environment is a list: slot 0 is the environment around it, the others hold the variables of one scope. `resolve`
has turned every variable into how far out and in which slot. `eval` gives a value that is not lazy.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final, final

from home_manager.diagnostics import Failure, Label, Source, Span
from home_manager.nix.errors import NixThrow
from home_manager.values.classes import Attrs, Value
from home_manager.values.lazy import InfiniteRecursion, Lazy

Env = list[Any]

_new_attrs: Final = Attrs.__new__

_BOUND_TO = re.compile(r"([A-Za-z_][\w'.\-]*)\s*=\s*$")


class Expr:
    """An expression whose variables are resolved. `start` and `end` are offsets in `source`."""

    __slots__ = ("end", "source", "start")

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.end = end

    def eval(self, env: Env) -> Value:
        """The value, never lazy."""
        raise NotImplementedError

    def thunk(self, env: Env) -> Value:
        """The value for later: lazy, unless it costs next to nothing and cannot fail."""
        return Thunk(self, env)

    def read(self) -> Expr:
        """The expression itself, where another may stand for it until it is needed."""
        return self

    def span(self) -> Span:
        return Span(self.source, self.start, self.end)

    def place(self) -> Span:
        """Where a step that concerns the expression points: its beginning, but for operators."""
        return self.span()

    def bound_to(self) -> str:
        """The name that the expression was given where it was written: read from the text, so that it costs nothing."""
        found = _BOUND_TO.search(self.source.text, max(0, self.start - 120), self.start)
        return "" if found is None else found.group(1)


@final
class Thunk(Lazy):
    """An expression to be evaluated in an environment when its value is needed."""

    __slots__ = ("env", "expr")

    def __init__(self, expr: Expr, env: Env) -> None:
        self.state = 0
        self.expr = expr
        self.env: Env | None = env

    def force(self) -> Value:
        if self.state == 2:
            return self.value
        if self.state == 1:
            raise InfiniteRecursion(self)
        self.state = 1
        try:
            value = self.expr.eval(self.env)  # type: ignore[arg-type]
        except BaseException as error:
            self.state = 0
            if isinstance(error, InfiniteRecursion):
                error.passes(self)
            elif isinstance(error, NixThrow):
                self.expr = Failed(self.expr, error)
            raise
        self.value = value
        self.state = 2
        self.env = None
        return value

    def span(self) -> Span | None:
        return self.expr.span()

    def name(self) -> str:
        return self.expr.bound_to()


class Failed(Expr):
    """What becomes of a thunk that threw: it throws the same again, without evaluating (and tracing) anything twice.

    Only what `tryEval` can catch is kept; nobody sees another failure again.
    """

    __slots__ = ("expr", "failure")

    def __init__(self, expr: Expr, failure: Failure) -> None:
        super().__init__(expr.source, expr.start, expr.end)
        self.expr = expr
        self.failure = _copied(failure)

    def eval(self, env: Env) -> Value:
        raise _copied(self.failure)

    def bound_to(self) -> str:
        return self.expr.bound_to()


def _copied(failure: Failure) -> Failure:
    """The same failure with frames of its own: those collected later must not show up in another's."""
    kind = type(failure)
    copy = kind.__new__(kind, failure.diagnostic)
    copy.__dict__.update(failure.__dict__)
    copy.frames = list(failure.frames)
    return copy


class Constant(Expr):
    """A value known before evaluation begins."""

    __slots__ = ("value",)

    def __init__(self, source: Source, start: int, end: int, value: Value) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.value = value

    def eval(self, env: Env) -> Value:
        return self.value

    def thunk(self, env: Env) -> Value:
        return self.value


class ListData(Constant):
    """A list of constants. Each evaluation makes a new one: whether two places hold the same list can be seen."""

    __slots__ = ("inner", "items")

    def __init__(self, source: Source, start: int, end: int, items: list[Constant]) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.items: list[Value] = [item.value for item in items]
        self.value = self.items
        self.inner = [(at, item) for at, item in enumerate(items) if isinstance(item, (ListData, SetData))]

    def eval(self, env: Env) -> Value:
        result = self.items.copy()
        for at, item in self.inner:
            result[at] = item.eval(env)
        return result

    def thunk(self, env: Env) -> Value:
        return self.eval(env)


class SetData(Constant):
    """A set of constants, new with each evaluation as well."""

    __slots__ = ("attrs", "inner")

    def __init__(self, source: Source, start: int, end: int, attrs: Attrs, items: dict[str, Constant]) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.attrs = attrs
        self.value = attrs
        self.inner = [(name, item) for name, item in items.items() if isinstance(item, (ListData, SetData))]

    def eval(self, env: Env) -> Value:
        result = _new_attrs(Attrs)
        result.update(self.attrs)
        for name, item in self.inner:
            result[name] = item.eval(env)
        result.origin = self.attrs.origin
        return result

    def thunk(self, env: Env) -> Value:
        return self.eval(env)

    def member(self, name: str) -> Constant | None:
        """The constant that an attribute is, or `None`."""
        for known, item in self.inner:
            if known == name:
                return item
        if name in self.attrs:
            return Constant(self.source, self.start, self.end, self.attrs[name])
        return None


class LazyConstant(Constant):
    """A global that is computed when it is first used."""

    __slots__ = ()

    def eval(self, env: Env) -> Value:
        value = self.value
        while isinstance(value, Lazy):
            value = value.force()
        self.value = value
        return value


class Delayed(Expr):
    """An expression that always becomes a thunk: its scope is not complete when the thunk is made."""

    __slots__ = ("expr",)

    def __init__(self, expr: Expr) -> None:
        self.source = expr.source
        self.start = expr.start
        self.end = expr.end
        self.expr = expr

    def eval(self, env: Env) -> Value:
        return self.expr.eval(env)

    def thunk(self, env: Env) -> Value:
        return Thunk(self.expr, env)


@final
class Slot:
    """An expression for a slot of a scope, an attribute or an argument."""

    __slots__ = ("delay", "expr", "name")

    def __init__(self, expr: Expr, name: str = "") -> None:
        self.name = name
        # Whether it becomes a thunk in any case, which saves asking it.
        self.delay = isinstance(expr, Delayed) or type(expr).thunk is Expr.thunk
        self.expr: Expr = expr.expr if isinstance(expr, Delayed) else expr


def slots(values: list[Expr]) -> list[Slot]:
    """The expressions for the slots of a scope."""
    return [Slot(value) for value in values]


def located(failure: Failure, expr: Expr) -> None:
    """Gives a failure without a place the one of an expression."""
    if not failure.diagnostic.labels:
        text = "this needs itself" if isinstance(failure, InfiniteRecursion) else ""
        failure.diagnostic = replace(failure.diagnostic, labels=(Label(expr.span(), text),))


MOST_FRAMES = 100
"""So many frames are kept: an endless recursion would bring thousands."""


def framed(failure: Failure, text: str, span: Span | None) -> None:
    """Adds how evaluation came here, unless there is too much of that already."""
    if len(failure.frames) < MOST_FRAMES:
        failure.add_frame(text, span, nix=True)
