"""Applying one function many times: what `map`, `foldl'`, `filter` and the like do per element.

Nearly always the function is written in the language and takes exactly as many arguments as there are. Then one
element costs one environment and the evaluation of the body; anything else goes through `call_values`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, NoReturn

from home_manager.diagnostics import Failure
from home_manager.nix.coercion import expect_bool
from home_manager.nix.errors import stack_overflow
from home_manager.nix.jit import calculation
from home_manager.nix.nodes.cheap_eagerness import Given, result
from home_manager.nix.nodes.functions import Code, Lambda, LazyCall, call_values
from home_manager.nix.nodes.node import Env, Expr, framed
from home_manager.values.classes import MISSING, Value
from home_manager.values.lazy import InfiniteRecursion, Lazy

_DONE: Final[Env] = []
"""The environment of a call that has been made: shared, so that dropping the real one costs nothing."""


def _left(code: Code, error: BaseException) -> NoReturn:
    """Leaves a call by an error, as any call does."""
    code.run.depth -= 1
    if isinstance(error, Failure):
        title = f"'{code.name}'" if code.name else "anonymous lambda"
        framed(error, f"while calling {title}", code.head())
    raise error


class Application(Lazy):
    """A call with one argument, or with a name and one, made when its value is needed."""

    __slots__ = ("argument", "code", "env", "label")

    def __init__(self, code: Code, env: Env, argument: Value, label: str | None = None) -> None:
        self.state = 0
        self.code = code
        self.env = env
        self.argument = argument
        self.label = label

    def force(self) -> Value:
        if self.state == 2:
            return self.value
        if self.state == 1:
            raise InfiniteRecursion(self)
        code = self.code
        run = code.run
        if run.depth >= run.limit:
            raise stack_overflow(code.span())
        self.state = 1
        run.depth += 1
        try:
            label = self.label
            value = code.body.eval([self.env, self.argument] if label is None else [self.env, label, self.argument])
        except BaseException as error:
            self.state = 0
            if isinstance(error, InfiniteRecursion):
                error.passes(self)
            _left(code, error)
        run.depth -= 1
        self.value = value
        self.state = 2
        self.env = _DONE
        self.argument = None
        return value

    def compute(self) -> Value:
        return self.force()


def _plain(function: Value, arity: int) -> Lambda | None:
    """The function, if it is of the frequent kind; a lazy one is looked at only if its value is there."""
    if isinstance(function, Lazy) and function.state == 2:
        function = function.value
    return function if type(function) is Lambda and function.code.arity == arity else None


def plain_body(function: Value, arity: int) -> Expr | None:
    """What a function of the frequent kind evaluates."""
    plain = _plain(function, arity)
    return None if plain is None else plain.code.body.read()


def applied_later(function: Value, elements: Collection[Value]) -> list[Value]:
    """The function's value for each element: not yet computed, but where that would cost less than to wait."""
    plain = _plain(function, 1)
    if plain is None:
        return [LazyCall(function, element) for element in elements]
    code, env = plain.code, plain.env
    formula = result(code)
    if formula is None:
        return [Application(code, env, element) for element in elements]
    if type(formula) is Given and formula.level == 0:  # the function gives its argument
        return [
            each
            if type(each) is int or (not isinstance(each, Lazy) and not isinstance(each, list))
            else Application(code, env, each)
            for each in elements
        ]
    calculate = calculation(formula, len(elements))
    values: list[Value] = []
    for element in elements:
        value = calculate([env, element])
        values.append(Application(code, env, element) if value is MISSING else value)
    return values


def applied_later_by_name(function: Value, members: Collection[tuple[str, Value]]) -> dict[str, Value]:
    """The function's value for each name and what belongs to it; see `applied_later`."""
    plain = _plain(function, 2)
    if plain is None:
        return {name: LazyCall(function, name, value) for name, value in members}
    code, env = plain.code, plain.env
    formula = result(code)
    if formula is None:
        return {name: Application(code, env, value, name) for name, value in members}
    calculate = calculation(formula, len(members))
    results: dict[str, Value] = {}
    for name, value in members:
        found = calculate([env, name, value])
        results[name] = Application(code, env, value, name) if found is MISSING else found
    return results


class Unary:
    """A function of one argument that is called many times, at once."""

    __slots__ = ("function",)

    def __init__(self, function: Value) -> None:
        self.function = function

    def of(self, argument: Value) -> Value:
        """The function's value; never lazy."""
        return call_values(self.function, (argument,))


class PlainUnary(Unary):
    """One that is of the frequent kind."""

    __slots__ = ("code", "env")

    def __init__(self, function: Lambda) -> None:
        self.function = function
        self.code = function.code
        self.env = function.env

    def of(self, argument: Value) -> Value:
        code = self.code
        run = code.run
        if run.depth >= run.limit:
            raise stack_overflow(code.span())
        run.depth += 1
        try:
            value = code.body.eval([self.env, argument])
        except BaseException as error:
            _left(code, error)
        run.depth -= 1
        return value


def unary(function: Value) -> Unary:
    """The function of one argument, for calling it many times."""
    plain = _plain(function, 1)
    return Unary(function) if plain is None else PlainUnary(plain)


class Order:
    """Whether one element comes before another, as a function of two arguments says it; for sorting."""

    __slots__ = ("doing", "function")

    def __init__(self, function: Value, doing: str) -> None:
        self.function = function
        self.doing = doing

    def of(self, left: Value, right: Value) -> bool:
        answer = call_values(self.function, (left, right))
        if answer is True or answer is False:
            return answer
        return expect_bool(answer, self.doing)


class PlainOrder(Order):
    """One that is of the frequent kind."""

    __slots__ = ("code", "env")

    def __init__(self, function: Lambda, doing: str) -> None:
        self.function = function
        self.doing = doing
        self.code = function.code
        self.env = function.env

    def of(self, left: Value, right: Value) -> bool:
        code = self.code
        run = code.run
        if run.depth >= run.limit:
            raise stack_overflow(code.span())
        run.depth += 1
        try:
            answer = code.body.eval([self.env, left, right])
        except BaseException as error:
            _left(code, error)
        run.depth -= 1
        if answer is True or answer is False:
            return answer
        return expect_bool(answer, self.doing)


def order(function: Value, doing: str) -> Order:
    """The comparing function, for calling it many times; `doing` is the step in which its answer is looked at."""
    plain = _plain(function, 2)
    return Order(function, doing) if plain is None else PlainOrder(plain, doing)


def folded(function: Value, start: Value, elements: list[Value]) -> Value:
    """The elements folded from the left; every step is computed at once."""
    plain = _plain(function, 2)
    result = start
    if plain is None or not elements:
        for element in elements:
            result = call_values(function, (result, element))
        return result
    code, env = plain.code, plain.env
    run, body = code.run, code.body
    if run.depth >= run.limit:
        raise stack_overflow(code.span())
    run.depth += 1
    try:
        for element in elements:
            result = body.eval([env, result, element])
    except BaseException as error:
        _left(code, error)
    run.depth -= 1
    return result
