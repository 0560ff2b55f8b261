"""The front end of the option engine: how values of a language become modules, options and types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from home_manager.diagnostics import Failure
from home_manager.values import Value

if TYPE_CHECKING:
    from home_manager.options.declaration import Option
    from home_manager.options.eval_modules import Evaluation
    from home_manager.options.module import ModuleSource
    from home_manager.options.types.base import OptionType


class Frontend(Protocol):
    """What the engine asks of the language that modules are written in."""

    def module(self, value: Value, file: str, key: str) -> ModuleSource | None:
        """The module that a value (a set, a function, a path) stands for; None leaves it to the engine."""

    def option(self, value: Value, file: str) -> Option | None:
        """The declaration that a set with `_type = "option"` stands for, if the language has such."""

    def type(self, value: Value) -> OptionType | None:
        """The type that a set with `_type = "option-type"` stands for, if the language has such."""

    def type_value(self, type_: OptionType) -> Value:
        """The value by which the language shows a type."""

    def configuration(self, evaluation: Evaluation) -> Value:
        """An evaluation as `evalModules` returns it, for the module argument `extendModules`."""

    def environment(self, name: str) -> str:
        """A variable of the caller's environment; empty where it is not set, or evaluation is pure."""

    def warn(self, text: str) -> None:
        """Tells the user something."""

    def suggest(self, failure: Failure, evaluation: Evaluation) -> None:
        """Adds what the language knows of a failure: the value at fault, the code to write instead."""


class PythonFrontend:
    """The front end of modules that are made in Python: `ModuleSpec`, `Option` and types as they are."""

    def module(self, value: Value, file: str, key: str) -> ModuleSource | None:
        return None

    def option(self, value: Value, file: str) -> Option | None:
        return None

    def type(self, value: Value) -> OptionType | None:
        return None

    def type_value(self, type_: OptionType) -> Value:
        return type_

    def configuration(self, evaluation: Evaluation) -> Value:
        return evaluation.config

    def environment(self, name: str) -> str:
        return ""

    def warn(self, text: str) -> None: ...

    def suggest(self, failure: Failure, evaluation: Evaluation) -> None: ...
