"""From a request to an evaluation, and from there to the configuration with all that activation will ask of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from home_manager.authoring.catalogue import Catalogue
from home_manager.configuration.context import EvaluationContext, FlakeInputs
from home_manager.configuration.flake.source_locations import where_it_lies
from home_manager.configuration.generation import Evaluated, evaluated
from home_manager.configuration.home_lock import HomeLock, lock_path
from home_manager.configuration.manifest_builder import checked, manifest_of
from home_manager.configuration.request import Request
from home_manager.diagnostics import Failure, Source, failure
from home_manager.frontends.nix.lib.library import Library
from home_manager.frontends.nix.nix_modules import NixModule
from home_manager.modules import catalogue
from home_manager.nix.deep_stack import with_deep_stack
from home_manager.nix.evaluation import Evaluator, call
from home_manager.nix.lowering.ir_cache import ParsedFiles
from home_manager.options.eval_modules import Evaluation
from home_manager.packages.package_lock import PackageLock
from home_manager.store import Recipes
from home_manager.values import Attrs, PathValue
from home_manager.values.lazy import force

T = TypeVar("T")

NO_STORE = "/nowhere/store"
"""The store of an evaluation that belongs to no home, or is only asked whose home it is."""


def _silent(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Places:
    """What an evaluation has to know of a home: its directory, its store, the cache of parsed files, and the state."""

    home: str
    store: str
    cache: str
    state: str


@dataclass(frozen=True, slots=True)
class Begun:
    """An evaluation of which nothing was asked yet, its recipes, and the cache that it reads."""

    evaluation: Evaluation
    recipes: Recipes
    parsed: ParsedFiles

    def ask(self, question: Callable[[Evaluation], T]) -> T:
        """The answer to a question; failures name the files of flakes where they lie."""
        try:
            return with_deep_stack(lambda: question(self.evaluation))
        except Failure as failed:
            raise where_it_lies(failed, self.recipes) from failed


class ConfigurationEvaluator:
    """The configuration of a request, evaluated for a home.

    `trace` is given what the configuration prints with `builtins.trace`, a message at a time.
    """

    def __init__(self, request: Request, trace: Callable[[str], None] = _silent) -> None:
        self.request = request
        self._trace = trace
        self._begun: tuple[Places, Begun] | None = None
        self._lock: HomeLock | None = None

    @cached_property
    def _modules(self) -> Catalogue:
        """What modules there are; below a root, two evaluations ask."""
        return catalogue()

    def evaluate(self, places: Places) -> Evaluated:
        """The configuration with everything that activation will ask of it; nothing is written but caches."""

        def run() -> Evaluated:
            begun = self.begin(places)
            try:
                return begun.ask(lambda evaluation: evaluated(evaluation, begun.recipes))
            finally:
                if not self.request.read_only:
                    begun.parsed.save()

        return with_deep_stack(run)

    def lock_in(self, places: Places) -> HomeLock:
        """The lock of the configuration's packages, which all evaluations of a run share."""
        if self._lock is None:
            self._lock = HomeLock(lock_path(self.request, places.state))
        return self._lock

    def begin(self, places: Places) -> Begun:
        """The evaluation as it begins: nothing is computed yet, and nothing was looked for wrong."""
        kept, self._begun = self._begun, None
        if kept is not None and kept[0] == places:
            return kept[1]
        return self._begin(self.request, Recipes(places.store), places, self._trace)

    def home_directory(self, probable: Places) -> str:
        """The home directory that the configuration names; it must not depend on anything in the store.

        The store's place depends on it. So the evaluation begins with the home that it probably is, and goes on if it
        is that one; else it is begun anew. A flake is only asked, since it writes its lock file when it is evaluated.
        """
        asked = self.request.flake is not None
        request = replace(self.request, warn=_silent, read_only=True) if asked else self.request
        held = _Held(self._trace)
        begun = self._begin(request, Recipes(NO_STORE if asked else probable.store), probable, held)

        def home(evaluation: Evaluation) -> str:
            try:
                return str(evaluation.value("home.homeDirectory"))
            except Failure as problem:
                # Said with everything else that is wrong.
                checked(evaluation, begun.recipes, lambda: manifest_of(evaluation, begun.recipes))
                raise problem from None

        try:
            found = begun.ask(home)
        except Failure:
            if not asked:
                held.release()
            raise
        if found == probable.home and not asked:
            held.release()
            self._begun = probable, begun
        return found

    def _begin(self, request: Request, recipes: Recipes, places: Places, report: Callable[[str], None]) -> Begun:
        parsed = ParsedFiles(places.cache)
        try:
            evaluation = evaluate_configuration(
                request,
                recipes,
                modules=self._modules,
                report=report,
                home=places.home,
                parsed=parsed,
                locks=self.lock_in(places).of,
            )
        except Failure as failed:
            raise where_it_lies(failed, recipes) from failed
        return Begun(evaluation, recipes, parsed)


class _Held:
    """Passes on what is reported from the moment on at which it is known that it shall be."""

    def __init__(self, report: Callable[[str], None]) -> None:
        self._report = report
        self._held: list[str] | None = []

    def __call__(self, text: str) -> None:
        if self._held is None:
            self._report(text)
        else:
            self._held.append(text)

    def release(self) -> None:
        """Reports what was held back, and from now on everything at once."""
        held, self._held = self._held or [], None
        for text in held:
            self._report(text)


def evaluate_configuration(
    request: Request,
    recipes: Recipes,
    *,
    report: Callable[[str], None],
    home: str | None = None,
    modules: Catalogue | None = None,
    parsed: ParsedFiles | None = None,
    locks: Callable[[str], PackageLock] | None = None,
) -> Evaluation:
    """The evaluation of the configuration that a request names. Nothing is computed yet but the file itself."""
    context = new_context(request, recipes, report=report, home=home, modules=modules, parsed=parsed, locks=locks)
    if request.flake is not None:
        # Start-up: a configuration that is a file needs nothing of it.
        from home_manager.configuration.flake.home_configurations import evaluate_flake

        return evaluate_flake(context)
    return context.evaluate([_configuration(request, context.library, context.evaluator)])


def new_context(
    request: Request,
    recipes: Recipes,
    *,
    report: Callable[[str], None],
    home: str | None = None,
    modules: Catalogue | None = None,
    parsed: ParsedFiles | None = None,
    locks: Callable[[str], PackageLock] | None = None,
) -> EvaluationContext:
    """The context in which a request is evaluated."""
    return EvaluationContext(
        request,
        recipes,
        report=report,
        flakes=own_flakes,
        home=home,
        modules=modules,
        parsed=parsed,
        locks=locks,
    )


def own_flakes(context: EvaluationContext) -> FlakeInputs:
    """Our own flakes; made where a flake, `fetchTree` or `<nixpkgs>` asks for them."""
    # Start-up: most configurations that are files ask for none of these.
    from home_manager.configuration.flake.own_inputs import OwnFlakes

    return OwnFlakes(context)


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
