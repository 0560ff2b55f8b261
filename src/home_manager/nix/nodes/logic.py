"""Logic: `!`, `&&`, `||` and `->`."""

from __future__ import annotations

from home_manager.diagnostics import Failure, Source
from home_manager.nix.nodes.node import Env, Expr, framed
from home_manager.nix.nodes.operand import Operator
from home_manager.nix.type_errors import wrong_type
from home_manager.values.classes import Value


def truth(value: Value, expr: Expr) -> Failure:
    """The error for a condition that is no boolean."""
    return wrong_type("a Boolean", value, expr.span())


class Not(Expr):
    """`!a`."""

    __slots__ = ("operand",)

    def __init__(self, source: Source, start: int, end: int, operand: Expr) -> None:
        super().__init__(source, start, end)
        self.operand = operand

    def eval(self, env: Env) -> Value:
        try:
            value = self.operand.eval(env)
            if value is True:
                return False
            if value is False:
                return True
            raise truth(value, self.operand)
        except Failure as failure:
            framed(failure, "in the argument of '!'", self.operand.place())
            raise


class And(Operator):
    """`a && b`."""

    __slots__ = ()
    SIGN = "&&"

    def eval(self, env: Env) -> Value:
        try:
            value = self.left.eval(env)
            if value is False:
                return False
            if value is not True:
                raise truth(value, self.left)
        except Failure as failure:
            self.left_failed(failure)
            raise
        try:
            value = self.right.eval(env)
            if value is not True and value is not False:
                raise truth(value, self.right)
        except Failure as failure:
            self.right_failed(failure)
            raise
        return value


class Or(Operator):
    """`a || b`."""

    __slots__ = ()
    SIGN = "||"

    def eval(self, env: Env) -> Value:
        try:
            value = self.left.eval(env)
            if value is True:
                return True
            if value is not False:
                raise truth(value, self.left)
        except Failure as failure:
            self.left_failed(failure)
            raise
        try:
            value = self.right.eval(env)
            if value is not True and value is not False:
                raise truth(value, self.right)
        except Failure as failure:
            self.right_failed(failure)
            raise
        return value


class Implies(Operator):
    """`a -> b`."""

    __slots__ = ()
    SIGN = "->"

    def eval(self, env: Env) -> Value:
        try:
            value = self.left.eval(env)
            if value is False:
                return True
            if value is not True:
                raise truth(value, self.left)
        except Failure as failure:
            self.left_failed(failure)
            raise
        try:
            value = self.right.eval(env)
            if value is not True and value is not False:
                raise truth(value, self.right)
        except Failure as failure:
            self.right_failed(failure)
            raise
        return value
