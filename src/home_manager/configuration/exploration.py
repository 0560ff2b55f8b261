"""A configuration to be looked around in: expressions evaluated with `config`, `options`, `pkgs` and `lib` at hand."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from home_manager.configuration.evaluate import NO_STORE, Begun, new_context
from home_manager.configuration.request import Request
from home_manager.diagnostics import Source
from home_manager.nix.deep_stack import with_deep_stack
from home_manager.nix.evaluation import Evaluator
from home_manager.store import Recipes
from home_manager.values import Value
from home_manager.values.lazy import Delayed, force


@dataclass(frozen=True, slots=True)
class Exploration:
    """An evaluator, and the names that every expression sees besides the built-in ones."""

    evaluator: Evaluator
    names: Mapping[str, Value]

    def value(self, text: str, scope: Mapping[str, Value], name: str = "«string»") -> Value:
        """The value of an expression, forced at its outermost layer; relative paths start from the working directory."""
        source, base = Source(name, text), os.getcwd()

        def run() -> Value:
            evaluator = self.evaluator
            node = evaluator.parse_syntax(source, base)
            return force(evaluator.resolve(node, source, scope).eval([None]))

        return with_deep_stack(run)


def explore(begun: Begun | None, request: Request, report: Callable[[str], None], home: str) -> Exploration:
    """The exploration of a configuration that was begun, or without one that of the language and its library."""
    if begun is None:
        context = new_context(request, Recipes(NO_STORE), report=report)
        return Exploration(context.evaluator, {"lib": context.library.root})
    evaluation = begun.evaluation
    names: dict[str, Value] = {
        "config": evaluation.unchecked_config,
        "options": evaluation.options,
        "pkgs": Delayed(lambda: evaluation.module_argument("pkgs")),
        "lib": Delayed(lambda: evaluation.special_args["lib"]),
    }
    # What is typed in may read whatever its user may, also where the configuration is a flake.
    impure = replace(request, flake=None)
    context = new_context(impure, begun.recipes, report=report, home=home)
    return Exploration(context.evaluator, names)
