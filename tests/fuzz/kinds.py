"""Kinds of values, as the generator of programs wants them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from fuzz.literals import FIELDS, Chooser, pick

Kind: TypeAlias = "str | List | Set | Function"
"""`int`, `float`, `bool`, `null`, `string`, `path`, `drv`, or one of those below."""

SIMPLE: tuple[Kind, ...] = ("int", "int", "float", "bool", "null", "string", "string", "path")


@dataclass(frozen=True, slots=True)
class List:
    """A list of values of one kind."""

    of: Kind


@dataclass(frozen=True, slots=True)
class Set:
    """A set with at least these attributes."""

    fields: tuple[tuple[str, Kind], ...]


@dataclass(frozen=True, slots=True)
class Function:
    """A function of one argument."""

    argument: Kind
    result: Kind


def list_of(kind: Kind) -> List:
    return List(kind)


def set_of(fields: Mapping[str, Kind]) -> Set:
    return Set(tuple(fields.items()))


def some_kind(choose: Chooser, depth: int) -> Kind:
    """A kind at random, nested so deep at most."""
    if depth == 0 or choose.random() < 0.6:
        return pick(choose, SIMPLE)
    which = choose.randrange(4)
    if which < 2:
        return list_of(some_kind(choose, depth - 1))
    if which == 2:
        names = {pick(choose, FIELDS) for _ in range(choose.randrange(4))}
        return set_of({name: some_kind(choose, depth - 1) for name in sorted(names)})
    return Function(some_kind(choose, 0), some_kind(choose, depth - 1))
