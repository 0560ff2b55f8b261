"""`//` and `++`."""

from __future__ import annotations

from typing import Final

from home_manager.diagnostics import Failure
from home_manager.nix.nodes.attribute_positions import joined
from home_manager.nix.nodes.node import Env, framed
from home_manager.nix.nodes.operand import Operator
from home_manager.nix.type_errors import wrong_type
from home_manager.values import EndlessAttrs, JoinedAttrs
from home_manager.values.classes import Attrs, Value

_new_attrs: Final = Attrs.__new__


class Update(Operator):
    """`a // b`. The right operand is evaluated first, as in Nix."""

    __slots__ = ()
    SIGN = "//"

    def eval(self, env: Env) -> Value:
        try:
            b = self.right.eval(env)
            if not isinstance(b, dict):
                raise wrong_type("a set", b, self.right.span())
        except Failure as failure:
            self.right_failed(failure)
            raise
        try:
            a = self.left.eval(env)
            if not isinstance(a, dict):
                raise wrong_type("a set", a, self.left.span())
        except Failure as failure:
            self.left_failed(failure)
            raise
        return self.of(a, b)

    def of(self, a: dict[str, Value], b: dict[str, Value]) -> Value:
        """Two sets joined."""
        if type(a) is Attrs and not a:
            return b
        if type(b) is Attrs and not b:
            return a
        if isinstance(a, EndlessAttrs) or isinstance(b, EndlessAttrs):
            both = JoinedAttrs(a, b)
            both.origin = joined(a, b)
            return both
        result: Attrs = _new_attrs(Attrs)
        result |= a
        result |= b
        result.origin = joined(a, b)
        return result


class Concat(Operator):
    """`a ++ b`."""

    __slots__ = ()
    SIGN = "++"

    def eval(self, env: Env) -> Value:
        try:
            a = self.left.eval(env)
        except Failure as failure:
            self.left_failed(failure)
            raise
        try:
            b = self.right.eval(env)
        except Failure as failure:
            self.right_failed(failure)
            raise
        if not isinstance(a, list) or not isinstance(b, list):
            raise self.no_list(a, b)
        if not a:
            return b
        return a + b if b else a

    def no_list(self, a: Value, b: Value) -> Failure:
        expr, value = (self.right, b) if isinstance(a, list) else (self.left, a)
        failure = wrong_type("a list", value, expr.span())
        framed(failure, "while evaluating one of the elements to concatenate", self.place())
        return failure
