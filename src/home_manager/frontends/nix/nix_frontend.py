"""The front end of Nix: modules, options and types of the option engine, from values of the language."""

from __future__ import annotations

from home_manager.diagnostics import Failure
from home_manager.frontends.nix.lib.library import Library
from home_manager.frontends.nix.lib.type_values import option_of
from home_manager.frontends.nix.nix_modules import NixModule, configuration
from home_manager.options.declaration import Option
from home_manager.options.eval_modules import Evaluation
from home_manager.options.module import ModuleSource
from home_manager.options.types.base import OptionType
from home_manager.values import Value


class NixFrontend:
    """See `options.frontend.Frontend`; values are those of the evaluator that the library belongs to."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def module(self, value: Value, file: str, key: str) -> ModuleSource | None:
        return NixModule.of(self.library, value, file, key)

    def option(self, value: Value, file: str) -> Option | None:
        return option_of(self.library, value, file)

    def type(self, value: Value) -> OptionType | None:
        return self.library.type(value)

    def type_value(self, type_: OptionType) -> Value:
        return self.library.type_value(type_)

    def configuration(self, evaluation: Evaluation) -> Value:
        return configuration(self.library, evaluation)

    def environment(self, name: str) -> str:
        evaluator = self.library.evaluator
        return "" if evaluator.pure else evaluator.io.get_env(name)

    def warn(self, text: str) -> None:
        self.library.evaluator.io.warn(text)

    def suggest(self, failure: Failure, evaluation: Evaluation) -> None:
        # Start-up: files are parsed again after an error only.
        from home_manager.frontends.nix.suggestions.suggest import advise

        advise(failure, evaluation, self.library.evaluator.read_source)
