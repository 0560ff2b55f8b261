"""`if`, `let`, `assert`, lists and `__curPos`."""

from __future__ import annotations

from dataclasses import replace

from home_manager.diagnostics import Failure, Label, Source, Span
from home_manager.nix.errors import assertion_failed
from home_manager.nix.nodes.assertion_messages import not_equal
from home_manager.nix.nodes.logic import truth
from home_manager.nix.nodes.node import Env, Expr, Thunk, framed, slots
from home_manager.nix.nodes.operators import Equal, EqualConstant
from home_manager.values.classes import Attrs, Value


class If(Expr):
    """`if condition then yes else no`."""

    __slots__ = ("condition", "no", "yes")

    def __init__(self, source: Source, start: int, end: int, condition: Expr, yes: Expr, no: Expr) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.condition = condition
        self.yes = yes
        self.no = no

    def eval(self, env: Env) -> Value:
        try:
            value = self.condition.eval(env)
            if value is not True and value is not False:
                raise truth(value, self.condition)
        except Failure as failure:
            framed(failure, "while evaluating a branch condition", self.condition.place())
            raise
        return self.yes.eval(env) if value else self.no.eval(env)


class Let(Expr):
    """`let … in body`. The environment holds the variables in order, then the sources of `inherit (…)`."""

    __slots__ = ("body", "values")

    def __init__(self, source: Source, start: int, end: int, values: list[Expr], body: Expr) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.values = slots(values)
        self.body = body

    def eval(self, env: Env) -> Value:
        inner: Env = [env]
        for slot in self.values:
            inner.append(Thunk(slot.expr, inner) if slot.delay else slot.expr.thunk(inner))
        return self.body.eval(inner)


class Assert(Expr):
    """`assert condition; body`. `written` is the condition as messages show it."""

    __slots__ = ("body", "condition", "written")

    def __init__(self, source: Source, start: int, end: int, condition: Expr, written: str, body: Expr) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.condition = condition
        self.written = written
        self.body = body

    def eval(self, env: Env) -> Value:
        try:
            value = self.condition.eval(env)
            if value is not True and value is not False:
                raise truth(value, self.condition)
        except Failure as failure:
            framed(failure, "in the condition of the assert statement", self.condition.place())
            raise
        if value:
            return self.body.eval(env)
        raise self._failed(env)

    def _failed(self, env: Env) -> Failure:
        text = self.written
        condition = self.condition
        whole = Span(self.source, self.start, condition.end)
        if isinstance(condition, (Equal, EqualConstant)) and not condition.negated:
            difference = not_equal(*condition.operands(env), condition.place())
            if difference is not None:
                if not difference.diagnostic.labels:
                    difference.diagnostic = replace(difference.diagnostic, labels=(Label(whole),))
                framed(difference, f"while evaluating the condition of the assertion '{text}'", whole)
                return difference
        return assertion_failed(f"assertion '{text}' failed", whole)


class ListLiteral(Expr):
    """`[ … ]`."""

    __slots__ = ("items",)

    def __init__(self, source: Source, start: int, end: int, items: list[Expr]) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.items = items

    def eval(self, env: Env) -> Value:
        return [item.thunk(env) for item in self.items]


class CurrentPosition(Expr):
    """`__curPos`."""

    __slots__ = ()

    def eval(self, env: Env) -> Value:
        line, column = self.source.byte_position(self.start)
        if not self.source.name.startswith("/"):
            return None
        return Attrs({"file": self.source.name, "line": line, "column": column})
