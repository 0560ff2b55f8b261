"""Calls as Python.

A function is written while the program runs, so it can be seen what the variables around it stand for just now: a call
of a known built-in is written in place, and arguments that a known function asks for first need no thunk. Both are
guarded; should the variable stand for something else later, the node itself makes the call.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeGuard

from home_manager.nix.errors import stack_overflow
from home_manager.nix.jit.demand import Asked, demanded
from home_manager.nix.jit.draft import Draft, Writer
from home_manager.nix.jit.known_builtins import IN_PLACE, MAYBE_LAZY, ORDER, READING, SILENT
from home_manager.nix.nodes.functions import Call1, Call2, CallMany, Code, Lambda
from home_manager.nix.nodes.node import Constant, Expr, ListData
from home_manager.nix.nodes.variables import Variable
from home_manager.nix.runtime import Runtime
from home_manager.values.classes import Builtin


def _one(draft: Draft, expr: Call1, to: str) -> None:
    _call(draft, expr, [expr.argument], to)


def _two(draft: Draft, expr: Call2, to: str) -> None:
    _call(draft, expr, [expr.argument, expr.second], to)


def _many(draft: Draft, expr: CallMany, to: str) -> None:
    _call(draft, expr, [slot.expr for slot in expr.arguments], to)


def _call(draft: Draft, expr: Call1, arguments: Sequence[Expr], to: str) -> None:
    function = expr.function
    known = draft.now(function)
    if isinstance(known, Builtin) and known.arity == len(arguments) and not known.arguments:
        if type(function) is Constant:
            _builtin(draft, expr, known, arguments, to)
            return
        assert isinstance(function, Variable)
        with draft.block(f"if {draft.slot(function)} is {draft.refer(known)}:"):
            _builtin(draft, expr, known, arguments, to)
        draft.otherwise(to, draft.evaluated(expr))
        return
    if type(known) is Lambda and known.code.arity == len(arguments) and isinstance(function, Variable):
        name = draft.raw(function)
        with draft.block(f"if type({name}) is Lambda and {name}.code is {draft.refer(known.code)}:"):
            given = _arguments(draft, arguments, demanded(known.code))
            _known_lambda(draft, expr, name, known.code, given, to)
        draft.otherwise(to, draft.evaluated(expr))
        return
    name = draft.value_as(function, "Lambda")
    given = _arguments(draft, arguments, ())
    with draft.block(f"if type({name}) is Lambda and {name}.code.arity == {len(arguments)}:"):
        _lambda(draft, expr, name, given, to)
    draft.otherwise(to, f"{draft.refer(expr.called)}({name}, ({', '.join(given)},))")


def _known_lambda(draft: Draft, expr: Call1, function: str, code: Code, given: Sequence[str], to: str) -> None:
    """The call of a function with this code, of exactly so many plain arguments."""
    run = draft.refer(code.run)
    call = f"{draft.refer(code.body)}.eval([{function}.env, {', '.join(given)}])"
    _counted(draft, expr, f"{run}.depth >= {code.run.limit}", run, to, call, code.run, lambda here: code)


def _lambda(draft: Draft, expr: Call1, function: str, given: Sequence[str], to: str) -> None:
    """The same with a code that is seen only when the call is made."""
    code, run = draft.variable("code"), draft.variable("run")
    draft.line(f"{code} = {function}.code; {run} = {code}.run")
    call = f"{code}.body.eval([{function}.env, {', '.join(given)}])"
    _counted(draft, expr, f"{run}.depth >= {run}.limit", run, to, call, run, lambda here: here[code])


def _counted(
    draft: Draft,
    expr: Call1,
    full: str,
    run: str,
    to: str,
    call: str,
    leaving: Runtime | str,
    code: Callable[[Mapping[str, Any]], Code],
) -> None:
    """A call, which counts as one while it is under way."""
    result = to or draft.variable()
    draft.line(f"if {full}: raise {draft.refer(lambda: stack_overflow(expr.span()))}()")
    draft.line(f"{run}.depth += 1")
    with draft.step(leaving, lambda failure, here: expr.unwound(failure, code(here))):
        draft.line(f"{result} = {call}")
    draft.line(f"{run}.depth -= 1")
    if not to:
        draft.line(f"return {result}")


def _arguments(draft: Draft, arguments: Sequence[Expr], first: Asked, shared: bool = False) -> list[str]:
    """The names of the arguments, of which some are evaluated at once, in this order; `shared` data is not copied."""
    names = {at: draft.refer(each.items) for at, each in enumerate(arguments) if shared and _is_flat(each)}
    conditions: list[str] = []
    for at, condition in first:
        if at not in names:
            names[at] = _early(draft, arguments[at], " and ".join(conditions))
        conditions.append(condition.format(names[at]))
    return [names.get(at) or draft.later(argument) for at, argument in enumerate(arguments)]


def _is_flat(expr: Expr) -> TypeGuard[ListData]:
    return isinstance(expr, ListData) and not expr.inner


def _early(draft: Draft, expr: Expr, condition: str) -> str:
    """The name of an argument that is evaluated before the call, since it will be in any case where a condition holds."""
    if not isinstance(expr, Variable) and type(expr).thunk is not Expr.thunk:
        return draft.later(expr)
    if isinstance(expr, Variable) and draft.slot(expr) in draft.forced:
        return draft.later(expr)
    name = draft.variable()
    if not condition:
        _tried(draft, expr, name)
        return name
    with draft.block(f"if {condition}:"):
        _tried(draft, expr, name)
    with draft.block("else:"):
        draft.finish(name, draft.later(expr))
    return name


def _tried(draft: Draft, expr: Expr, to: str) -> None:
    """Evaluates an expression; where it fails, the value is what fails in the same way."""
    with draft.tried():
        draft.emit(expr, to)
    draft.line(f"except Failure as failure: {to} = failed({draft.refer(expr)}, {draft.here}, failure, STEPS)")


def _builtin(draft: Draft, expr: Call1, builtin: Builtin, arguments: Sequence[Expr], to: str) -> None:
    if builtin.name in SILENT:
        with draft.step(lambda failure, _: expr.failed(failure, builtin)):
            given = [draft.value(arguments[0])]
    else:
        given = _arguments(draft, arguments, ORDER.get(builtin.name, ()), builtin.name in READING)
    result = to or draft.variable()
    run = f"{draft.refer(builtin.run)}({', '.join(given)})"
    in_place = _in_place(builtin.name, arguments, given)
    with draft.step(lambda failure, _: expr.failed(failure, builtin)):
        draft.line(f"{result} = {in_place} else {run}" if in_place else f"{result} = {run}")
        if not in_place or builtin.name in MAYBE_LAZY:
            draft.line(f"if isinstance({result}, Lazy): {result} = {result}.force()")
    if not to:
        draft.line(f"return {result}")


def _in_place(name: str, arguments: Sequence[Expr], given: Sequence[str]) -> str:
    """The value of a call and the condition under which it is that; empty where none is known."""
    if name not in IN_PLACE:
        return ""
    kinds, condition, value = IN_PLACE[name]
    tests: list[str] = []
    for argument, text, kind in zip(arguments, given, kinds, strict=True):
        if type(argument) is not Constant:
            tests.append(f"type({text}) is {kind}")
        elif type(argument.value).__name__ != kind:
            return ""
    if condition:
        tests.append(condition.format(*given))
    return f"{value.format(*given)} if {' and '.join(tests) or 'True'}"


WRITERS: Final[Mapping[type[Expr], Writer]] = {Call1: _one, Call2: _two, CallMany: _many}
