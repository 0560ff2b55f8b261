"""What a failure of the option engine is about, for those who can say more of it than the engine: see `Frontend.suggest`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from home_manager.diagnostics import Span
from home_manager.options.definition import Definition
from home_manager.options.location import Location

if TYPE_CHECKING:
    from home_manager.options.types.base import OptionType


@dataclass(frozen=True, slots=True)
class Mismatched:
    """A definition that its option's type does not accept."""

    place: Location
    type: OptionType
    definition: Definition


@dataclass(frozen=True, slots=True)
class Conflicting:
    """Definitions of equal priority that differ."""

    place: Location
    definitions: Sequence[Definition]


@dataclass(frozen=True, slots=True)
class Undefined:
    """An option that is read, but has no value."""

    place: Location


@dataclass(frozen=True, slots=True)
class Imported:
    """A module that cannot be imported: where the imports were written, and which of them it is, from 0."""

    span: Span
    index: int
    item: object


@dataclass(frozen=True, slots=True)
class Within:
    """Something inside of an option's value is wrong."""

    place: Location


@dataclass(frozen=True, slots=True)
class Unknown:
    """A definition of an option that no module declares; `siblings` are the names that stand beside it."""

    names: tuple[str, ...]
    definition: Definition
    siblings: Sequence[str]
