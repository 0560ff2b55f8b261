"""What evaluation may know of the machine and of the language itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from home_manager.nix.operations import expect_plain_string
from home_manager.values import Attrs, Builtin, Value
from home_manager.values.lazy import Delayed

if TYPE_CHECKING:
    from home_manager.nix.builtins.evaluator_services import EvaluatorServices

NIX_VERSION = "2.34.8"
"""The version of Nix whose language this is; libraries ask for it."""

LANGUAGE_VERSION = 6


def _get_env(ev: EvaluatorServices) -> Callable[[Value], Value]:
    def run(name: Value) -> Value:
        wanted = expect_plain_string(name, "while evaluating the first argument passed to builtins.getEnv")
        return "" if ev.pure else ev.io.get_env(wanted)

    return run


def builtins(ev: EvaluatorServices) -> Iterable[Builtin | tuple[str, Value]]:
    """The built-ins of this topic. A pure evaluation has neither time nor system."""
    io = ev.io
    search_path: list[Value] = [Attrs({"prefix": prefix, "path": path}) for prefix, path in ev.search_path]
    yield Builtin("getEnv", 1, _get_env(ev))
    yield "nixVersion", NIX_VERSION
    yield "langVersion", LANGUAGE_VERSION
    yield "storeDir", ev.store_dir
    yield "nixPath", search_path
    if not ev.pure:
        yield "currentTime", Delayed(io.current_time)
        yield "currentSystem", Delayed(io.current_system)
