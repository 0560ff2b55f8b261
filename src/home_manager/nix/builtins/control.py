"""Control of evaluation: errors and catching them, forcing, tracing; and questions about the kind of a value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from home_manager.diagnostics import Failure
from home_manager.nix.coercion import coerce_to_string, deep_force, expect_string
from home_manager.nix.errors import NixThrow, abort, throw, type_error
from home_manager.nix.nodes.functions import formal_positions, function_arguments
from home_manager.nix.printer import traced, type_name
from home_manager.values.classes import Attrs, Builtin, Function, PathValue, Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.nix.builtins.evaluator_services import EvaluatorServices


def _type_of(value: Value) -> Value:
    return type_name(force(value))


def _is_null(value: Value) -> Value:
    return force(value) is None


def _is_function(value: Value) -> Value:
    return isinstance(force(value), Function)


def _is_int(value: Value) -> Value:
    return type(force(value)) is int


def _is_float(value: Value) -> Value:
    return isinstance(force(value), float)


def _is_string(value: Value) -> Value:
    return isinstance(force(value), str)


def _is_bool(value: Value) -> Value:
    return isinstance(force(value), bool)


def _is_path(value: Value) -> Value:
    return isinstance(force(value), PathValue)


def _is_attrs(value: Value) -> Value:
    return isinstance(force(value), dict)


def _is_list(value: Value) -> Value:
    return isinstance(force(value), list)


def _throw(ev: EvaluatorServices) -> Callable[[Value], Value]:
    def run(message: Value) -> Value:
        text = coerce_to_string(
            message, copy=ev.copy_path, doing="while evaluating the error message passed to builtin.throw"
        )
        raise throw(str(text))

    return run


def _abort(ev: EvaluatorServices) -> Callable[[Value], Value]:
    def run(message: Value) -> Value:
        text = coerce_to_string(
            message, copy=ev.copy_path, doing="while evaluating the error message passed to builtins.abort"
        )
        raise abort(str(text))

    return run


def _add_error_context(context: Value, value: Value) -> Value:
    try:
        return force(value)
    except Failure as error:
        # Shown even without `--show-trace`: somebody wrote it for the user.
        error.add_frame(str(coerce_to_string(context)))
        raise


def _try_eval(value: Value) -> Value:
    try:
        result = force(value)
    except NixThrow:
        return Attrs({"success": False, "value": False})
    return Attrs({"success": True, "value": result})


def _seq(first: Value, second: Value) -> Value:
    force(first)
    return second


def _deep_seq(first: Value, second: Value) -> Value:
    deep_force(first)
    return second


def _second(first: Value, second: Value) -> Value:
    return second


def _trace(ev: EvaluatorServices) -> Callable[[Value, Value], Value]:
    def run(message: Value, value: Value) -> Value:
        shown = force(message)
        ev.io.trace(shown if isinstance(shown, str) else traced(shown))
        return value

    return run


def _warn(ev: EvaluatorServices) -> Callable[[Value, Value], Value]:
    def run(message: Value, value: Value) -> Value:
        ev.io.warn(expect_string(message, "while evaluating the first argument; the message passed to builtins.warn"))
        return value

    return run


def _function_args(function: Value) -> Value:
    forced = force(function)
    if isinstance(forced, Builtin):
        # The original writes `derivation` in the language itself, with a pattern.
        return Attrs({"outputs": True}) if forced.name == "derivation" else Attrs()
    formals = function_arguments(forced)
    if formals is None:
        raise type_error("'functionArgs' requires a function")
    return Attrs(formals, origin=formal_positions(forced))


def builtins(ev: EvaluatorServices) -> Iterable[Builtin | tuple[str, Value]]:
    """The built-ins of this topic."""
    return (
        Builtin("typeOf", 1, _type_of),
        Builtin("isNull", 1, _is_null),
        Builtin("isFunction", 1, _is_function),
        Builtin("isInt", 1, _is_int),
        Builtin("isFloat", 1, _is_float),
        Builtin("isString", 1, _is_string),
        Builtin("isBool", 1, _is_bool),
        Builtin("isPath", 1, _is_path),
        Builtin("isAttrs", 1, _is_attrs),
        Builtin("isList", 1, _is_list),
        Builtin("throw", 1, _throw(ev)),
        Builtin("abort", 1, _abort(ev)),
        Builtin("addErrorContext", 2, _add_error_context),
        Builtin("tryEval", 1, _try_eval),
        Builtin("seq", 2, _seq),
        Builtin("deepSeq", 2, _deep_seq),
        Builtin("trace", 2, _trace(ev)),
        Builtin("traceVerbose", 2, _second),
        Builtin("warn", 2, _warn(ev)),
        Builtin("break", 1, force),
        Builtin("functionArgs", 1, _function_args),
    )
