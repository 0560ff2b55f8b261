"""The site of a store object: where it is being made, before it gets its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Site:
    """Where an object is being made: `path` does not exist yet; the object will be known as `final`.

    `inputs` gives the objects that may be looked at for it, with all that those refer to.
    """

    path: str
    final: str
    inputs: Callable[[], Iterable[str]] = tuple
