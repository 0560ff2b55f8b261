"""Paths as texts: their parts, and looking them up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from home_manager.nix.errors import eval_error
from home_manager.nix.operations import (
    coerce_to_path,
    coerce_to_string,
    context_of,
    expect_plain_string,
    force,
    with_context,
)
from home_manager.nix.store_paths import is_store_path, object_of
from home_manager.values import Builtin, PathValue, Value

if TYPE_CHECKING:
    from home_manager.nix.builtins.evaluator_services import EvaluatorServices


def path_of(value: Value, doing: str) -> str:
    """The absolute path that a value stands for; `doing` is the frame of its error."""
    return coerce_to_path(value, doing=doing)


def _text_of(value: Value, doing: str) -> str:
    return coerce_to_string(value, doing=doing)


def base_name(path: str) -> str:
    """The last component of a path; one slash at its end does not count."""
    last = path[:-1] if len(path) > 1 and path.endswith("/") else path
    return last[last.rfind("/") + 1 :]


def _base_name_of(value: Value) -> Value:
    text = _text_of(value, "while evaluating the first argument passed to builtins.baseNameOf")
    return with_context(base_name(text), context_of(text))


def _dir_of(value: Value) -> Value:
    forced = force(value)
    if isinstance(forced, PathValue):
        return PathValue(forced.text[: forced.text.rfind("/")] or "/")
    text = _text_of(forced, "while evaluating the first argument passed to 'builtins.dirOf'")
    slash = text.rfind("/")
    directory = "." if slash < 0 else text[:slash] or "/"
    return with_context(directory, context_of(text))


def _to_path(value: Value) -> Value:
    path = path_of(value, "while evaluating the first argument passed to builtins.toPath")
    forced = force(value)
    return with_context(path, context_of(forced) if isinstance(forced, str) else ())


def _store_path(ev: EvaluatorServices) -> Callable[[Value], Value]:
    def run(value: Value) -> Value:
        if ev.pure:
            raise eval_error("'builtins.storePath' is not allowed in pure evaluation mode", code="nix-pure")
        path = path_of(value, "while evaluating the first argument passed to 'builtins.storePath'")
        if not is_store_path(path, ev.store_dir):
            path = ev.io.real_path(path)
        found = object_of(path, ev.store_dir)
        if found is None:
            raise eval_error(f"path '{path}' is not in the Nix store")
        forced = force(value)
        context = context_of(forced) if isinstance(forced, str) else frozenset()
        return with_context(path, {*context, found})

    return run


def _find_file(ev: EvaluatorServices) -> Callable[[Value, Value], Value]:
    def run(entries: Value, name: Value) -> Value:
        wanted = expect_plain_string(name, "while evaluating the second argument passed to builtins.findFile")
        return ev.find_file(entries, wanted)

    return run


def builtins(ev: EvaluatorServices) -> Iterable[Builtin | tuple[str, Value]]:
    """The built-ins of this topic."""
    return (
        Builtin("baseNameOf", 1, _base_name_of),
        Builtin("dirOf", 1, _dir_of),
        Builtin("toPath", 1, _to_path),
        Builtin("storePath", 1, _store_path(ev)),
        Builtin("findFile", 2, _find_file(ev)),
    )
