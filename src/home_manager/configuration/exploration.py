"""A configuration to be looked around in: expressions evaluated with `config`, `options`, `pkgs` and `lib` at hand."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from home_manager.activation import Layout
from home_manager.configuration.context import Workshop
from home_manager.configuration.request import Request
from home_manager.diagnostics import Source
from home_manager.home.session import Session
from home_manager.nix.deep_stack import with_deep_stack
from home_manager.nix.evaluation import Evaluator
from home_manager.paths import home_of_caller
from home_manager.store import Recipes
from home_manager.values import Value
from home_manager.values.lazy import Delayed, force

NO_STORE = "/nowhere/store"
"""The store of expressions that belong to no configuration."""


@dataclass(frozen=True, slots=True)
class Exploration:
    """An evaluator, and the names that every expression sees besides the built-in ones.

    `history` is the file that keeps what was typed in.
    """

    evaluator: Evaluator
    names: Mapping[str, Value]
    history: str

    def value(self, text: str, scope: Mapping[str, Value], name: str = "«string»") -> Value:
        """The value of an expression, forced at its outermost layer; relative paths start from the working directory."""
        source, base = Source(name, text), os.getcwd()

        def run() -> Value:
            evaluator = self.evaluator
            node = evaluator.parse_syntax(source, base)
            return force(evaluator.resolve(node, source, scope).eval([None]))

        return with_deep_stack(run)


def explore(session: Session | None, request: Request, report: Callable[[str], None]) -> Exploration:
    """The exploration of a session's configuration, or without one that of the language and its library."""
    if session is None:
        workshop = Workshop(request, Recipes(NO_STORE), report=report)
        layout = Layout.resolve(home_of_caller(), root=request.root)
        return Exploration(workshop.evaluator, {"lib": workshop.library.root}, str(layout.repl_history))
    evaluation = session.unchecked()
    names: dict[str, Value] = {
        "config": evaluation.unchecked_config,
        "options": evaluation.options,
        "pkgs": Delayed(lambda: evaluation.module_argument("pkgs")),
        "lib": Delayed(lambda: evaluation.special_args["lib"]),
    }
    # What is typed in may read whatever its user may, also where the configuration is a flake.
    impure = replace(request, flake=None)
    workshop = Workshop(impure, session.recipes, report=report, home=session.layout.logical_home)
    return Exploration(workshop.evaluator, names, str(session.layout.repl_history))
