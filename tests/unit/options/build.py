"""Short ways to make modules for the tests of the option engine."""

from __future__ import annotations

from collections.abc import Mapping

from home_manager.diagnostics import Diagnostic
from home_manager.options import Evaluation, ModuleSpec, Option, OptionType, evaluate
from home_manager.options.errors.check_everything import defined_slots, mistakes_in
from home_manager.options.types import public_names as t
from home_manager.values import Value


def module(
    options: Mapping[str, object] | None = None,
    config: Value = None,
    file: str = "home.nix",
    *,
    key: str | None = None,
    imports: tuple[object, ...] = (),
    freeform: OptionType | None = None,
    disabled: tuple[object, ...] = (),
) -> ModuleSpec:
    return ModuleSpec(file if key is None else key, file, imports, options or {}, config, None, disabled, freeform)


def evaluated(*modules: ModuleSpec, **special: Value) -> Evaluation:
    return evaluate(modules, special)


def merged(type_: OptionType, *values: Value) -> Value:
    """The value of one option of a type, defined in several files."""
    modules = [module(config={"x": value}, file=f"{n}.nix") for n, value in enumerate(values, 1)]
    # The modules that come first in the list are merged last.
    evaluation = evaluated(module({"x": Option(type_)}, file="types.nix"), *reversed(modules))
    from home_manager.authoring.reading import seen

    return seen(evaluation.value("x"))


def mistakes(evaluation: Evaluation) -> list[Diagnostic]:
    """What is wrong with a configuration of which every option that is defined is read."""
    for slot in defined_slots(evaluation.namespace, lambda problem: None):
        for _ in mistakes_in(slot):
            pass
    return evaluation.failures()


__all__ = ["Option", "evaluated", "merged", "mistakes", "module", "t"]
