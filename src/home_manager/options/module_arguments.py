"""What modules are called with, and the options by which they change how they are evaluated."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from home_manager.diagnostics import failure
from home_manager.options.declaration import InContext, Option
from home_manager.options.types.alternatives import NullOr
from home_manager.options.types.base import describe_value
from home_manager.options.types.compound import AttrsOf
from home_manager.options.types.kinds import OPTION_TYPE
from home_manager.options.types.scalars import BOOL, RAW, UNSPECIFIED
from home_manager.values import Attrs, Builtin, OpenAttrs, Value
from home_manager.values.lazy import Delayed, force

if TYPE_CHECKING:
    from home_manager.options.eval_modules import Evaluation

INTERNAL_FILE = "lib/modules.nix"


def _internals(*, within: bool) -> dict[str, object]:
    return {
        "_module": {
            "args": Option(
                AttrsOf(RAW, lazy=True),
                description="Further arguments of modules, in addition to `lib`, `config`, `options` and the special ones.",
                apply=InContext(lambda evaluation, given: _with_own(evaluation, given)),
                internal=within,
            ),
            "check": Option(BOOL, True, description="Whether definitions without option are an error.", internal=True),
            "freeformType": Option(
                NullOr(OPTION_TYPE), None, description="The type of definitions without option.", internal=True
            ),
            "specialArgs": Option(
                UNSPECIFIED,
                InContext(lambda evaluation, _: Attrs(evaluation.special_args)),
                description="Arguments given from outside.",
                internal=True,
                read_only=True,
            ),
        }
    }


INTERNAL = _internals(within=False)
"""The options below `_module`."""
INTERNAL_WITHIN = _internals(within=True)
"""The same inside of a submodule, whose documentation need not repeat them."""


def own_arguments(evaluation: Evaluation) -> dict[str, Value]:
    """The arguments that every evaluation has without a definition: what it is extended with, and its name."""
    frontend = evaluation.shared.frontend
    own: dict[str, Value] = {}
    if evaluation.named:
        own["name"] = Delayed(lambda: evaluation.name)
    own["extendModules"] = Builtin(
        "extendModules", 1, lambda given: frontend.configuration(_extended(evaluation, given))
    )

    def kind() -> Value:
        return frontend.type_value(evaluation.module_type())

    own["moduleType"] = Delayed(kind)
    return own


def _extended(evaluation: Evaluation, given: Value) -> Evaluation:
    more = _set(given, "the argument of `extendModules`")
    for name in more:
        if name not in ("modules", "specialArgs", "prefix"):
            raise failure("module-argument", f"`extendModules` takes no argument `{name}`")
    modules = _list(more.get("modules", []), "`modules`")
    prefix = tuple(str(force(each)) for each in _list(more["prefix"], "`prefix`")) if "prefix" in more else None
    return evaluation.extended(modules, _set(more.get("specialArgs", Attrs()), "`specialArgs`"), prefix)


def _set(value: Value, what: str) -> dict[str, Value]:
    value = force(value)
    if not isinstance(value, dict):
        raise failure("module-argument", f"{what} must be an attribute set, but is {describe_value(value)}")
    return value


def _list(value: Value, what: str) -> list[Value]:
    value = force(value)
    if not isinstance(value, list):
        raise failure("module-argument", f"{what} must be a list, but is {describe_value(value)}")
    return value


def _with_own(evaluation: Evaluation, given: Value) -> Value:
    given = force(given)
    assert isinstance(given, dict)
    return Attrs({**own_arguments(evaluation), **dict(given.items())}, origin=(given, given))


class Arguments(OpenAttrs):
    """The arguments of modules: `config`, `options`, the special ones, and by name those of `_module.args`."""

    __slots__ = ("evaluation",)

    def __init__(self, evaluation: Evaluation, class_: str | None) -> None:
        super().__init__()
        self.evaluation = evaluation
        own: dict[str, Value] = {
            "_class": class_,
            "_prefix": Delayed(lambda: list(evaluation.prefix)),
            "config": Delayed(lambda: evaluation.unchecked_config),
            "options": Delayed(lambda: evaluation.options),
            "specialArgs": Attrs(evaluation.special_args),
        }
        dict.update(self, own)
        dict.update(self, evaluation.special_args)

    def find(self, name: str) -> Value:
        return Delayed(lambda: self.evaluation.module_argument(name))

    def names(self) -> Iterable[str]:
        return ()
