"""What the engine asks of modules that are loaded when something names them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from home_manager.diagnostics import Span
from home_manager.options.definition import Definition, Turn
from home_manager.values import Value

if TYPE_CHECKING:
    from home_manager.options.eval_modules import Evaluation


class Contribution:
    """Definitions that a module written in Python makes for one option, its sink; computed on demand."""

    __slots__ = ("compute", "file", "sink", "span")

    def __init__(
        self, sink: tuple[str, ...], compute: Callable[[Evaluation], Value], file: str, span: Span | None = None
    ) -> None:
        self.sink = sink
        self.compute = compute
        self.file = file
        self.span = span


class Session(Protocol):
    """The catalogue's part in one evaluation: which of its modules take part, and what they define."""

    def takes_part(self, path: tuple[str, ...]) -> bool:
        """Whether the module with the options at a path takes part in the evaluation."""
        ...

    def definitions(self, path: tuple[str, ...]) -> Sequence[tuple[Turn, Definition]]:
        """The definitions that modules of the catalogue make for an option, in order, each with its module's turn."""
        ...


class ModuleCatalogue(Protocol):
    """Modules that are loaded by mention."""

    @property
    def options(self) -> Mapping[str, object]:
        """The tree of all declarations. Looking a name up loads the module that declares it, if that is needed."""
        ...

    def session(self, evaluation: Evaluation) -> Session: ...

    def has(self, file: str) -> bool:
        """Whether there are modules of a file, which is named as in the original's folder of modules."""
        ...

    def without(self, disabled: Collection[str]) -> ModuleCatalogue:
        """The catalogue without the modules of some files, which are named as in the original's folder of modules."""
        ...

    def named(self, name: str) -> Sequence[tuple[str, ...]]:
        """Option paths whose last part is `name`, without loading anything: for suggestions."""
        ...
