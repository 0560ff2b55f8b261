"""Where attributes were written, kept so that it costs next to nothing until somebody asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from home_manager.diagnostics import Source, Span
from home_manager.values.classes import Attrs

_LONGEST: Final = 32


class Origins(Mapping[str, Span]):
    """Where the attributes of one literal were written; a span is made when it is asked for.

    `offsets` are, in one row, where each name begins and ends.
    """

    __slots__ = ("_places", "names", "offsets", "source")

    def __init__(self, source: Source, names: tuple[str, ...], offsets: tuple[int, ...]) -> None:
        self.source = source
        self.names = names
        self.offsets = offsets
        self._places: dict[str, int] | None = None

    def _place(self, name: str) -> int:
        """Where in the row a name is, or -1."""
        places = self._places
        if places is None:
            places = self._places = {known: 2 * at for at, known in enumerate(self.names)}
        return places.get(name, -1)

    def __getitem__(self, name: str) -> Span:
        span = self.get(name)
        if span is None:
            raise KeyError(name)
        return span

    def get(self, name: str, default: object = None) -> Span | None:  # type: ignore[override]
        at = self._place(name)
        return None if at < 0 else Span(self.source, self.offsets[at], self.offsets[at + 1])

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


class JoinedOrigins(Mapping[str, Span]):
    """The origins of a set that many `//` made: for each name what knows its place, but none of the sets between."""

    __slots__ = ("holders",)

    def __init__(self, holders: dict[str, object]) -> None:
        self.holders = holders

    def __getitem__(self, name: str) -> Span:
        holder = self.holders[name]
        found = holder.position(name) if isinstance(holder, Attrs) else None
        if isinstance(holder, Mapping) and not isinstance(holder, Attrs):
            found = holder.get(name)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.holders)

    def __len__(self) -> int:
        return len(self.holders)


class DynamicOrigins(Mapping[str, Span]):
    """The origins of a literal some of whose names were computed."""

    __slots__ = ("computed", "source", "written")

    def __init__(
        self, source: Source, written: Mapping[str, Span] | None, computed: dict[str, tuple[int, int]]
    ) -> None:
        self.source = source
        self.written = written
        self.computed = computed

    def __getitem__(self, name: str) -> Span:
        place = self.computed.get(name)
        if place is not None:
            return Span(self.source, *place)
        if self.written is None:
            raise KeyError(name)
        return self.written[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**dict.fromkeys(self.written or ()), **self.computed})

    def __len__(self) -> int:
        return len(self.computed) + len(self.written or ())


def joined(a: object, b: object) -> tuple[object, ...] | Mapping[str, Span]:
    """The origin of `a // b`: it needs no set but the right one, or every set of a fold would stay alive."""
    if not isinstance(a, Attrs):
        return (None, b, 1)
    before = a.origin
    if not isinstance(before, tuple):
        return (before, b, 1)
    if len(before) != 3:
        return (a, b)
    length = before[2]
    assert isinstance(length, int)
    return (before, b, length + 1) if length < _LONGEST else _flattened(a, b)


def _flattened(a: Attrs, b: object) -> JoinedOrigins:
    """What a long row of joins leaves, as one."""
    rights = [b]
    origin: object = a.origin
    while isinstance(origin, tuple) and len(origin) == 3:
        rights.append(origin[1])
        origin = origin[0]
    if isinstance(origin, JoinedOrigins):
        holders = dict(origin.holders)
    else:
        holders = dict.fromkeys(a, a if isinstance(origin, tuple) else origin)
    for right in reversed(rights):
        if isinstance(right, Attrs):
            known = right if isinstance(right.origin, tuple) else right.origin
            holders.update(dict.fromkeys(right, known))
        elif isinstance(right, dict):
            holders.update(dict.fromkeys(right))
    return JoinedOrigins(holders)
