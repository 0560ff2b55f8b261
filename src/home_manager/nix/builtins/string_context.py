"""What strings depend on: looking at their contexts, adding to them, dropping them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from home_manager.nix.errors import eval_error
from home_manager.nix.operations import (
    coerce_to_string,
    context_of,
    expect_attrs,
    expect_bool,
    expect_list,
    expect_plain_string,
    expect_string,
    with_context,
)
from home_manager.nix.store_paths import is_store_path
from home_manager.values import MISSING, Attrs, Builtin, Value

if TYPE_CHECKING:
    from home_manager.nix.builtins.evaluator_services import EvaluatorServices


def built_output(element: str) -> tuple[str, str] | None:
    """Derivation and output of a context element `!output!drv`, or `None` if it is of another kind."""
    if not element.startswith("!"):
        return None
    output, _, path = element[1:].partition("!")
    return path, output


def _string(ev: EvaluatorServices, value: Value, name: str) -> str:
    return coerce_to_string(value, copy=ev.copy_path, doing=f"while evaluating the argument passed to builtins.{name}")


def _discard_context(ev: EvaluatorServices) -> Callable[[Value], Value]:
    return lambda value: str(_string(ev, value, "unsafeDiscardStringContext"))


def _has_context(value: Value) -> Value:
    return bool(context_of(expect_string(value, "while evaluating the argument passed to builtins.hasContext")))


def _discard_outputs(ev: EvaluatorServices) -> Callable[[Value], Value]:
    def run(value: Value) -> Value:
        text = _string(ev, value, "unsafeDiscardOutputDependency")
        return with_context(
            str(text), {element[1:] if element.startswith("=") else element for element in context_of(text)}
        )

    return run


def _add_outputs(ev: EvaluatorServices) -> Callable[[Value], Value]:
    def run(value: Value) -> Value:
        text = _string(ev, value, "addDrvOutputDependencies")
        context = context_of(text)
        if len(context) != 1:
            raise eval_error(f"context of string '{text}' must have exactly one element, but has {len(context)}")
        (element,) = context
        built = built_output(element)
        if built is not None:
            raise eval_error(
                "`addDrvOutputDependencies` can only act on derivations, "
                f"not on a derivation output such as '{built[1]}'"
            )
        if element.startswith("="):
            return text
        if not element.endswith(".drv"):
            raise eval_error(f"path '{element}' is not a derivation")
        return with_context(str(text), {"=" + element})

    return run


def _get_context(value: Value) -> Value:
    context = context_of(expect_string(value, "while evaluating the argument passed to builtins.getContext"))
    result: dict[str, Attrs] = {}
    for element in sorted(context):
        built = built_output(element)
        if built is not None:
            outputs = result.setdefault(built[0], Attrs()).setdefault("outputs", [])
            assert isinstance(outputs, list)
            outputs.append(built[1])
        elif element.startswith("="):
            result.setdefault(element[1:], Attrs())["allOutputs"] = True
        else:
            result.setdefault(element, Attrs())["path"] = True
    return Attrs(result)


def _append_context(ev: EvaluatorServices) -> Callable[[Value, Value], Value]:
    def run(value: Value, additions: Value) -> Value:
        text = expect_string(value, "while evaluating the first argument passed to builtins.appendContext")
        context = set(context_of(text))
        added = expect_attrs(additions, "while evaluating the second argument passed to builtins.appendContext")
        for path in sorted(added):
            if not is_store_path(path, ev.store_dir):
                raise eval_error(f"context key '{path}' is not a store path")
            info = expect_attrs(added[path], "while evaluating the value of a string context")
            context |= _elements(path, info)
        return with_context(str(text), context)

    return run


def _elements(path: str, info: dict[str, Value]) -> set[str]:
    """The context elements that one attribute of `appendContext` stands for."""
    result: set[str] = set()
    is_drv = path.endswith(".drv")
    plain = info.get("path", MISSING)
    if plain is not MISSING and expect_bool(plain, "while evaluating the `path` attribute of a string context"):
        result.add(path)
    whole = info.get("allOutputs", MISSING)
    if whole is not MISSING and expect_bool(whole, "while evaluating the `allOutputs` attribute of a string context"):
        if not is_drv:
            raise eval_error(f'tried to add all-outputs context of "{path}", which is not a derivation, to a string')
        result.add("=" + path)
    outputs = info.get("outputs", MISSING)
    if outputs is not MISSING:
        names = expect_list(outputs, "while evaluating the `outputs` attribute of a string context")
        if names and not is_drv:
            raise eval_error(
                f'tried to add derivation output context of "{path}", which is not a derivation, to a string'
            )
        for name in names:
            output = expect_plain_string(name, "while evaluating an output name within a string context")
            result.add(f"!{output}!{path}")
    return result


def builtins(ev: EvaluatorServices) -> Iterable[Builtin | tuple[str, Value]]:
    """The built-ins of this topic."""
    return (
        Builtin("unsafeDiscardStringContext", 1, _discard_context(ev)),
        Builtin("hasContext", 1, _has_context),
        Builtin("unsafeDiscardOutputDependency", 1, _discard_outputs(ev)),
        Builtin("addDrvOutputDependencies", 1, _add_outputs(ev)),
        Builtin("getContext", 1, _get_context),
        Builtin("appendContext", 2, _append_context(ev)),
    )
