"""`homeManagerConfiguration`: the arguments of a flake, evaluated as a home."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from home_manager.configuration.context import EvaluationContext, as_attrs
from home_manager.configuration.flake.open_sets import HomeLib
from home_manager.configuration.generation import evaluated
from home_manager.diagnostics import failure, nearest
from home_manager.frontends.nix.nix_modules import NixModule, configuration
from home_manager.nix.evaluation import expect_attrs, expect_list, show_type
from home_manager.options import ModuleSpec, mk_default
from home_manager.options.eval_modules import Evaluation
from home_manager.values import Attrs, Builtin, Value
from home_manager.values.lazy import Delayed, force

ARGUMENTS = ("check", "extraSpecialArgs", "lib", "minimal", "modules", "pkgs")

OLD_ARGUMENTS: Mapping[str, str] = {
    "configuration": "put it into the list `modules`",
    "extraModules": "put them into the list `modules`",
    "homeDirectory": "set `home.homeDirectory` in a module",
    "stateVersion": "set `home.stateVersion` in a module",
    "system": "it follows from `pkgs`",
    "username": "set `home.username` in a module",
}
"""What the function took until 22.11, and what to write instead."""

FLAKE = "flake.nix"


class ActivationPackage(Attrs):
    """`activationPackage`, which knows the evaluation that it is of."""

    __slots__ = ("evaluation",)

    def __init__(self, evaluation: Evaluation, members: Mapping[str, Value]) -> None:
        super().__init__(members)
        self.evaluation = evaluation


def home_configuration(context: EvaluationContext, given: dict[str, Value]) -> Value:
    """What the function of that name gives; nothing of the home is computed yet."""
    for name in given:
        if name in ARGUMENTS:
            continue
        span = given.position(name) if isinstance(given, Attrs) else None
        if name in OLD_ARGUMENTS:
            raise failure(
                "flake-home-argument",
                f"`homeManagerConfiguration` no longer takes `{name}`",
                span=span,
                hints=(OLD_ARGUMENTS[name],),
            )
        near = nearest(name, ARGUMENTS)
        raise failure(
            "flake-home-argument",
            f"`homeManagerConfiguration` takes no argument `{name}`",
            span=span,
            notes=("it takes " + ", ".join(f"`{each}`" for each in ARGUMENTS),),
            hints=(f"did you mean `{near[0]}`?",) if near else (),
        )
    if "pkgs" not in given:
        raise failure(
            "flake-home-argument",
            "`homeManagerConfiguration` needs `pkgs`",
            hints=("pass `pkgs = nixpkgs.legacyPackages.${system};`",),
        )
    pkgs = force(given["pkgs"])
    if not isinstance(pkgs, dict) or "overlays" not in pkgs:
        span = given.position("pkgs") if isinstance(given, Attrs) else None
        raise failure(
            "flake-home-argument",
            f"`pkgs` of `homeManagerConfiguration` must be the packages of nixpkgs, but is {show_type(pkgs)}",
            span=span,
            hints=("pass `pkgs = nixpkgs.legacyPackages.${system};`",),
        )
    modules = expect_list(given.get("modules", []), "while evaluating `modules` of homeManagerConfiguration")
    special = dict(expect_attrs(given.get("extraSpecialArgs", Attrs()), "while evaluating `extraSpecialArgs`").items())
    special.setdefault("lib", _lib(context, given, pkgs))
    sources = [
        NixModule.of(context.library, value, FLAKE, f":flake-{number}") for number, value in enumerate(modules, 1)
    ]
    # The modules are imported by the one with the settings, which decides about the order of definitions.
    settings = replace(_settings(pkgs, check=force(given.get("check", True)) is True), imports=tuple(sources))
    evaluation = context.evaluate([settings], special, system=str(force(pkgs["system"])))
    return result(context, evaluation)


def _lib(context: EvaluationContext, given: Mapping[str, Value], pkgs: Mapping[str, Value]) -> Value:
    """The library of modules: our own, or what the flake made of it, with `lib.hm`."""
    lib = force(given["lib"]) if "lib" in given else force(pkgs.get("lib", context.library.root))
    if lib is context.library.root or not isinstance(lib, Attrs):
        return context.library.root
    return HomeLib(lib, context.library.home_manager())


def _settings(pkgs: Mapping[str, Value], *, check: bool) -> ModuleSpec:
    """The settings of the packages that were passed, for the set that the modules get."""
    settings: dict[str, Value] = {"config": mk_default(Delayed(lambda: pkgs["config"]))}
    overlays = force(pkgs["overlays"])
    if overlays:
        settings["overlays"] = overlays
    own: dict[str, object] = {"nixpkgs": settings}
    if not check:
        own["_module"] = {"check": False}
    return ModuleSpec(FLAKE, FLAKE, config=as_attrs(own))


def result(context: EvaluationContext, evaluation: Evaluation) -> Value:
    """A configuration as the function shows it."""
    shown = configuration(context.library, evaluation)

    def path() -> Value:
        return evaluated(evaluation, context.recipes).path

    package = ActivationPackage(
        evaluation,
        {"type": "derivation", "name": "home-manager-generation", "outPath": Delayed(path), "outputName": "out"},
    )

    def extend(arguments: Value) -> Value:
        more = expect_attrs(arguments, "while evaluating the arguments of extendModules")
        modules = expect_list(more.get("modules", []), "while evaluating `modules` of extendModules")
        special = expect_attrs(more.get("specialArgs", Attrs()), "while evaluating `specialArgs` of extendModules")
        return result(context, evaluation.extended(modules, dict(special.items())))

    def news() -> Sequence[Value]:
        entries = evaluation.value("news.entries")
        return list(entries) if isinstance(entries, list) else []

    return Attrs(
        {
            **shown,
            "activationPackage": package,
            "activation-script": package,
            "newsEntries": Delayed(news),
            "pkgs": Delayed(lambda: evaluation.module_argument("pkgs")),
            "extendModules": Builtin("extendModules", 1, extend),
        }
    )
