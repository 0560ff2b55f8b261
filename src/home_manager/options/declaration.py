"""Declarations of options: what may be defined, of which type, and how it is documented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from home_manager.diagnostics import Span
from home_manager.values import MISSING, Value

if TYPE_CHECKING:
    from home_manager.options.eval_modules import Evaluation
    from home_manager.options.types.base import OptionType


class InContext:
    """A default, or an `apply`, that needs the evaluation in which its option stands.

    `function(evaluation, value)` is called when the option is read; for a default, `value` is `None`.
    """

    __slots__ = ("function",)

    def __init__(self, function: Callable[[Evaluation, Value], Value]) -> None:
        self.function = function


@dataclass(slots=True, eq=False)
class Option:
    """The declaration of one option. `MISSING` stands for "not given"; it is not changed once it is in use."""

    type: OptionType | None = None
    default: Value | InContext = MISSING
    default_text: Value = MISSING
    example: Value = MISSING
    description: str | None = None
    apply: Callable[[Value], Value] | InContext | None = None
    read_only: bool = False
    internal: bool = False
    visible: bool | str = True
    related_packages: Value = None
    declared_in: str = ""
    span: Span | None = None
    declared: tuple[tuple[str, Span | None], ...] = ()
    """Each declaration that this one was made of; empty where there is only this one."""

    @property
    def origin(self) -> Span | tuple[Value, str] | None:
        """Where the declaration was written, in the form that costs least (see `Definition`)."""
        return self.span

    def placed(self, span: Span) -> Option:
        """The same declaration, with its place."""
        return replace(self, span=span)
