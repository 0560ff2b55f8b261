"""What modules are called with, and the options by which they change how they are evaluated."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from home_manager.lazy import Delayed
from home_manager.nix.values import Attrs, OpenAttrs, Value
from home_manager.options.declaration import Option
from home_manager.options.types.alternatives import NullOr
from home_manager.options.types.compound import AttrsOf
from home_manager.options.types.kinds import OPTION_TYPE
from home_manager.options.types.scalars import BOOL, RAW, UNSPECIFIED

if TYPE_CHECKING:
    from home_manager.options.evaluation import Evaluation

INTERNAL_FILE = "lib/modules.nix"
INTERNAL = {
    "_module": {
        "args": Option(AttrsOf(RAW, lazy=True), description="Further arguments of modules.", internal=True),
        "check": Option(BOOL, True, description="Whether definitions without option are an error.", internal=True),
        "freeformType": Option(
            NullOr(OPTION_TYPE), None, description="The type of definitions without option.", internal=True
        ),
        "specialArgs": Option(UNSPECIFIED, Attrs(), description="Arguments given from outside.", internal=True),
    }
}
"""The options below `_module`."""


class Arguments(OpenAttrs):
    """The arguments of modules: `config`, `options`, the special ones, and by name those of `_module.args`."""

    __slots__ = ("evaluation",)

    def __init__(self, evaluation: Evaluation, class_: str | None) -> None:
        super().__init__()
        self.evaluation = evaluation
        own: dict[str, Value] = {
            "_class": class_,
            "_prefix": list(evaluation.prefix),
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
