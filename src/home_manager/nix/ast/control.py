"""`if`, `let`, `assert`, lists and `__curPos`."""

from __future__ import annotations

from home_manager.diagnostics import Failure, Source
from home_manager.nix import syntax
from home_manager.nix.ast.assertions import not_equal
from home_manager.nix.ast.base import Env, Expr, Thunk, framed, slots
from home_manager.nix.ast.operators import Equal, EqualConstant, truth
from home_manager.nix.errors import assertion_failed
from home_manager.nix.show import show
from home_manager.nix.values import Attrs, Value


class If(Expr):
    """`if condition then yes else no`."""

    __slots__ = ("condition", "no", "yes")

    def __init__(self, source: Source, start: int, end: int, condition: Expr, yes: Expr, no: Expr) -> None:
        super().__init__(source, start, end)
        self.condition = condition
        self.yes = yes
        self.no = no

    def eval(self, env: Env) -> Value:
        value = self.condition.eval(env)
        if value is True:
            return self.yes.eval(env)
        if value is False:
            return self.no.eval(env)
        failure = truth(value, self.condition)
        framed(failure, "while evaluating a branch condition", self.condition.span())
        raise failure


class Let(Expr):
    """`let … in body`. The environment holds the variables in order, then the sources of `inherit (…)`."""

    __slots__ = ("body", "values")

    def __init__(self, source: Source, start: int, end: int, values: list[Expr], body: Expr) -> None:
        super().__init__(source, start, end)
        self.values = slots(values)
        self.body = body

    def eval(self, env: Env) -> Value:
        inner: Env = [env]
        append = inner.append
        for value, delay in self.values:
            append(Thunk(value, inner) if delay else value.thunk(inner))
        return self.body.eval(inner)


class Assert(Expr):
    """`assert condition; body`. The condition is kept as written, for the message."""

    __slots__ = ("body", "condition", "written")

    def __init__(self, source: Source, start: int, end: int, condition: Expr, written: syntax.Node, body: Expr) -> None:
        super().__init__(source, start, end)
        self.condition = condition
        self.written = written
        self.body = body

    def eval(self, env: Env) -> Value:
        value = self.condition.eval(env)
        if value is True:
            return self.body.eval(env)
        if value is not False:
            failure = truth(value, self.condition)
            framed(failure, "in the condition of the assert statement", self.condition.span())
            raise failure
        raise self._failed(env)

    def _failed(self, env: Env) -> Failure:
        text = show(self.written)
        condition = self.condition
        if isinstance(condition, (Equal, EqualConstant)) and not condition.negated:
            difference = not_equal(*condition.operands(env), condition.span())
            if difference is not None:
                framed(difference, f"while evaluating the condition of the assertion '{text}'", self.span())
                return difference
        return assertion_failed(f"assertion '{text}' failed", condition.span())


class ListLiteral(Expr):
    """`[ … ]`."""

    __slots__ = ("items",)

    def __init__(self, source: Source, start: int, end: int, items: list[Expr]) -> None:
        super().__init__(source, start, end)
        self.items = items

    def eval(self, env: Env) -> Value:
        return [item.thunk(env) for item in self.items]


class CurrentPosition(Expr):
    """`__curPos`."""

    __slots__ = ()

    def eval(self, env: Env) -> Value:
        line, column = self.source.position(self.start)
        if not self.source.name.startswith("/"):
            return None
        return Attrs({"file": self.source.name, "line": line, "column": column})
