"""Variables: one class for each distance to the scope that holds them, and `with`."""

from __future__ import annotations

from typing import Final

from home_manager.diagnostics import Failure, Source
from home_manager.nix.errors import undefined_variable
from home_manager.nix.nodes.node import Env, Expr, Thunk, framed, located
from home_manager.nix.type_errors import wrong_type
from home_manager.values.classes import MISSING, Attrs, Value, attribute, known
from home_manager.values.lazy import Lazy

_STEPS: Final[tuple[tuple[None, ...], ...]] = tuple([(None,) * (level - 3) for level in range(16)])
"""What there is to walk over, for the distances that there are, beyond the three that need no loop."""


class Variable(Expr):
    """A variable in slot `index` of the environment `level` steps out, which is at least three."""

    __slots__ = ("index", "level", "name", "steps")

    def __init__(self, source: Source, start: int, end: int, name: str, level: int, index: int) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.name = name
        self.level = level
        self.index = index
        self.steps: tuple[None, ...] = _STEPS[level] if level < 16 else (None,) * (level - 3)

    def eval(self, env: Env) -> Value:
        env = env[0][0][0]
        for _ in self.steps:
            env = env[0]
        value = env[self.index]
        kind = type(value)
        if kind is int or kind is Attrs or not isinstance(value, Lazy):
            return value
        return self.demand(env, value)

    def thunk(self, env: Env) -> Value:
        env = env[0][0][0]
        for _ in self.steps:
            env = env[0]
        return env[self.index]

    def demand(self, env: Env, value: Lazy) -> Value:
        """The result of a thunk found in the variable's slot, which it then replaces."""
        if value.state == 2:
            result = value.value
        else:
            try:
                result = value.force()
            except Failure as failure:
                located(failure, self)
                raise
        env[self.index] = result
        return result

    def bound_to(self) -> str:
        return super().bound_to() or self.name


class Local(Variable):
    """A variable of the innermost scope."""

    __slots__ = ()

    def eval(self, env: Env) -> Value:
        value = env[self.index]
        kind = type(value)
        if kind is Thunk:
            thunk: Thunk = value
            if thunk.state == 2:
                value = thunk.value
            else:
                try:
                    value = thunk.force()
                except Failure as failure:
                    located(failure, self)
                    raise
            env[self.index] = value
        elif kind is not int and kind is not Attrs and isinstance(value, Lazy):
            return self.demand(env, value)
        return value

    def thunk(self, env: Env) -> Value:
        return env[self.index]


class Outer(Variable):
    """A variable one scope further out."""

    __slots__ = ()

    def eval(self, env: Env) -> Value:
        env = env[0]
        value = env[self.index]
        kind = type(value)
        if kind is Thunk:
            thunk: Thunk = value
            if thunk.state == 2:
                value = thunk.value
            else:
                try:
                    value = thunk.force()
                except Failure as failure:
                    located(failure, self)
                    raise
            env[self.index] = value
        elif kind is not int and kind is not Attrs and isinstance(value, Lazy):
            return self.demand(env, value)
        return value

    def thunk(self, env: Env) -> Value:
        return env[0][self.index]


class Outermore(Variable):
    """A variable two scopes further out."""

    __slots__ = ()

    def eval(self, env: Env) -> Value:
        env = env[0][0]
        value = env[self.index]
        kind = type(value)
        if kind is int or kind is Attrs or not isinstance(value, Lazy):
            return value
        return self.demand(env, value)

    def thunk(self, env: Env) -> Value:
        return env[0][0][self.index]


def variable(source: Source, start: int, end: int, name: str, level: int, index: int) -> Variable:
    """The node for a variable at this distance."""
    if level == 0:
        return Local(source, start, end, name, level, index)
    if level == 1:
        return Outer(source, start, end, name, level, index)
    return (Outermore if level == 2 else Variable)(source, start, end, name, level, index)


class WithVariable(Expr):
    """A variable that no scope declares: an attribute of one of the sets of the `with`s around it.

    `levels` says how far out each of these sets lies, from the innermost on.
    """

    __slots__ = ("levels", "name")

    def __init__(self, source: Source, start: int, end: int, name: str, levels: tuple[int, ...]) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.name = name
        self.levels = levels

    def eval(self, env: Env) -> Value:
        name = self.name
        at = 0
        here = env
        endless: dict[str, Value] | None = None
        for level in self.levels:
            while at < level:
                here = here[0]
                at += 1
            attrs = here[1]
            if isinstance(attrs, Lazy):
                attrs = here[1] = attrs.force()
            if not isinstance(attrs, dict):
                failure = wrong_type("a set", attrs)
                if isinstance(here[2], Expr):
                    failure = wrong_type("a set", attrs, here[2].span())
                framed(failure, "while evaluating the first subexpression of a with expression", self.span())
                raise failure
            value = attrs.get(name, MISSING) if type(attrs) is Attrs else known(attrs, name)
            if value is not MISSING:
                while isinstance(value, Lazy):
                    value = value.force()
                return value
            if endless is None and type(attrs) is not Attrs and attribute(attrs, name) is not MISSING:
                endless = attrs
        if endless is not None:
            # No set is sure to have it, and this one might.
            value = attribute(endless, name)
            while isinstance(value, Lazy):
                value = value.force()
            return value
        raise undefined_variable(name, self._known(env), self.span())

    def _known(self, env: Env) -> list[str]:
        names: list[str] = []
        at = 0
        for level in self.levels:
            while at < level:
                env = env[0]
                at += 1
            names.extend(env[1])
        return names

    def bound_to(self) -> str:
        return super().bound_to() or self.name


class With(Expr):
    """`with attrs; body`. The environment of the body holds the set, and where it was written."""

    __slots__ = ("attrs", "body")

    def __init__(self, source: Source, start: int, end: int, attrs: Expr, body: Expr) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.attrs = attrs
        self.body = body

    def eval(self, env: Env) -> Value:
        attrs = self.attrs
        given = Thunk(attrs, env) if type(attrs).thunk is Expr.thunk else attrs.thunk(env)
        return self.body.eval([env, given, attrs])
