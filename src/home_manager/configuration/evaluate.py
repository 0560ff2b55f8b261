"""From a configuration file to an evaluation: the module that a request names, with everything around it."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from home_manager.authoring.catalogue import Catalogue
from home_manager.configuration.context import Workshop, provider_of, suite_of
from home_manager.configuration.request import Request
from home_manager.diagnostics import Source, failure
from home_manager.frontends.nix.lib.library import Library
from home_manager.frontends.nix.nix_modules import NixModule
from home_manager.nix.evaluation import Evaluator, call
from home_manager.nix.lowering.ir_cache import ParsedFiles
from home_manager.options.eval_modules import Evaluation
from home_manager.store import Recipes
from home_manager.values import Attrs, PathValue
from home_manager.values.lazy import force

__all__ = ["evaluate_configuration", "provider_of", "suite_of"]


def evaluate_configuration(
    request: Request,
    recipes: Recipes,
    *,
    report: Callable[[str], None],
    home: str | None = None,
    modules: Catalogue | None = None,
    parsed: ParsedFiles | None = None,
) -> Evaluation:
    """The evaluation of the configuration that a request names. Nothing is computed yet but the file itself."""
    workshop = Workshop(request, recipes, report=report, home=home, modules=modules, parsed=parsed)
    if request.flake is not None:
        from home_manager.configuration.flake.home_configurations import evaluate_flake

        return evaluate_flake(workshop)
    return workshop.evaluate([_configuration(request, workshop.library, workshop.evaluator)])


def _configuration(request: Request, library: Library, evaluator: Evaluator) -> Any:
    """The user's module: a file, or an attribute of what the file evaluates to."""
    path = os.path.abspath(request.config or "")
    if not os.path.exists(path):
        raise failure(
            "no-configuration",
            f"the configuration file `{request.config}` does not exist",
            hints=("name another with -f FILE",),
        )
    if not request.attribute and not request.arguments:
        return NixModule(library, PathValue(path), path, path)
    value = force(evaluator.eval_file(path))
    if request.arguments:
        given = Attrs()
        for name, text, is_text in request.arguments:
            given[name] = text if is_text else evaluator.eval_source(Source(f"--arg {name}", text), os.getcwd())
        value = force(call(value, given))
    for name in request.attribute.split(".") if request.attribute else ():
        if not isinstance(value, dict) or name not in value:
            raise failure(
                "no-configuration",
                f"`{request.config}` has no attribute `{request.attribute}`",
                hints=("name another with -A ATTRIBUTE",),
            )
        value = force(value[name])
    return NixModule(library, value, path, path)
