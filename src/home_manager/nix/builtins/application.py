"""Applying one function many times: what `map`, `foldl'`, `filter` and the like do per element.

Nearly always the function is written in the language and takes exactly as many arguments as there are. Then one
element costs one environment and the evaluation of the body; anything else goes through `call_values`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NoReturn

from home_manager.diagnostics import Failure
from home_manager.lazy import InfiniteRecursion, Lazy
from home_manager.nix.ast.base import Env, framed
from home_manager.nix.ast.functions import Code, Lambda, LazyCall, call_values
from home_manager.nix.errors import stack_overflow
from home_manager.nix.values import Value

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
    """A call whose environment is complete, made when its value is needed."""

    __slots__ = ("code", "env")

    def __init__(self, code: Code, env: Env) -> None:
        self.state = 0
        self.code = code
        self.env = env

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
            value = code.body.eval(self.env)
        except BaseException as error:
            self.state = 0
            if isinstance(error, InfiniteRecursion):
                error.passes(self)
            _left(code, error)
        run.depth -= 1
        self.value = value
        self.state = 2
        self.env = _DONE
        return value

    def compute(self) -> Value:
        return self.code.body.eval(self.env)


def _plain(function: Value, arity: int) -> Lambda | None:
    """The function, if it is of the frequent kind; a lazy one is looked at only if its value is there."""
    if isinstance(function, Lazy) and function.state == 2:
        function = function.value
    return function if type(function) is Lambda and function.code.arity == arity else None


def applied_later(function: Value, elements: Iterable[Value]) -> list[Value]:
    """The function's value for each element, not yet computed."""
    plain = _plain(function, 1)
    if plain is None:
        return [LazyCall(function, element) for element in elements]
    code, env = plain.code, plain.env
    return [Application(code, [env, element]) for element in elements]


def applied_later_by_name(function: Value, members: Iterable[tuple[str, Value]]) -> dict[str, Value]:
    """The function's value for each name and what belongs to it, not yet computed."""
    plain = _plain(function, 2)
    if plain is None:
        return {name: LazyCall(function, name, value) for name, value in members}
    code, env = plain.code, plain.env
    return {name: Application(code, [env, name, value]) for name, value in members}


def unary(function: Value) -> Callable[[Value], Value]:
    """The function of one argument, for calling it many times at once."""
    plain = _plain(function, 1)
    if plain is None:
        return lambda argument: call_values(function, (argument,))
    code, env = plain.code, plain.env
    run, body = code.run, code.body

    def apply(argument: Value) -> Value:
        if run.depth >= run.limit:
            raise stack_overflow(code.span())
        run.depth += 1
        try:
            value = body.eval([env, argument])
        except BaseException as error:
            _left(code, error)
        run.depth -= 1
        return value

    return apply


def binary(function: Value) -> Callable[[Value, Value], Value]:
    """The function of two arguments, for calling it many times at once."""
    plain = _plain(function, 2)
    if plain is None:
        return lambda first, second: call_values(function, (first, second))
    code, env = plain.code, plain.env
    run, body = code.run, code.body

    def apply(first: Value, second: Value) -> Value:
        if run.depth >= run.limit:
            raise stack_overflow(code.span())
        run.depth += 1
        try:
            value = body.eval([env, first, second])
        except BaseException as error:
            _left(code, error)
        run.depth -= 1
        return value

    return apply


def folded(function: Value, start: Value, elements: list[Value]) -> Value:
    """The elements folded from the left; every step is computed at once."""
    plain = _plain(function, 2)
    result = start
    if plain is None or not elements:
        for element in elements:
            result = call_values(function, (result, element))
        return result
    code, env = plain.code, plain.env
    run, evaluate = code.run, code.body.eval
    if run.depth >= run.limit:
        raise stack_overflow(code.span())
    run.depth += 1
    try:
        for element in elements:
            result = evaluate([env, result, element])
    except BaseException as error:
        _left(code, error)
    run.depth -= 1
    return result
