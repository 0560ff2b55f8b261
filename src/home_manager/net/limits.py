"""Limits of what comes from elsewhere: how much, how slowly, how long, and how much of it unpacks."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic
from typing import IO, Final

MEGABYTE: Final = 1_000_000
GIGABYTE: Final = 1_000_000_000


class LimitReached(Exception):
    """More than is taken; the text says of what."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large an answer may be, how long it may take, and how many bytes a second must come in each `window`."""

    size: int = 4 * GIGABYTE
    seconds: float = 3600.0
    least: int = 512
    window: float = 30.0


SMALL: Final = Limits(size=16 * MEGABYTE, seconds=120.0)
"""For texts that are read into memory: what a forge says of a branch, the description of a suite."""

LARGE: Final = Limits()
"""For archives whose size nobody has said."""


class Watch:
    """The limits of one answer, told of every piece."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._began = self._window = monotonic()
        self._size = self._in_window = 0

    def expect(self, size: int) -> None:
        """Refuses at once what says that it is too large."""
        if size > self._limits.size:
            raise LimitReached(f"it has {amount(size)}, and at most {amount(self._limits.size)} are taken")

    def came(self, count: int) -> None:
        limits, now = self._limits, monotonic()
        self._size += count
        self._in_window += count
        if self._size > limits.size:
            raise LimitReached(f"it has more than the {amount(limits.size)} that are taken")
        if now - self._began > limits.seconds:
            raise LimitReached(f"it was not there after {limits.seconds:.0f} seconds")
        if now - self._window >= limits.window:
            if self._in_window < limits.least * (now - self._window):
                raise LimitReached(f"less than {limits.least} bytes a second came for {now - self._window:.0f} seconds")
            self._window, self._in_window = now, 0


ENTRIES: Final = 1_000_000
"""Files, directories and links that one archive may have: the sources of nixpkgs have 70,000."""

_RATIO: Final = 100
_ALWAYS: Final = 256 * MEGABYTE
_NEVER: Final = 16 * GIGABYTE


@dataclass(slots=True)
class Budget:
    """What unpacking one archive may make. `for_archive` takes what real archives need, several times over."""

    bytes_left: int
    entries_left: int = ENTRIES
    _bytes: int = field(init=False)

    def __post_init__(self) -> None:
        self._bytes = self.bytes_left

    @classmethod
    def for_archive(cls, size: int) -> Budget:
        return cls(min(max(size * _RATIO, _ALWAYS), _NEVER))

    def entry(self) -> None:
        self.entries_left -= 1
        if self.entries_left < 0:
            raise LimitReached(f"it holds more than {ENTRIES} files")

    def data(self, count: int) -> None:
        self.bytes_left -= count
        if self.bytes_left < 0:
            raise LimitReached(f"it unpacks to more than {amount(self._bytes)}")


class Counted:
    """A decompressed stream, of which each piece is taken from a budget."""

    def __init__(self, inner: IO[bytes], budget: Budget) -> None:
        self._inner = inner
        self._budget = budget

    def read(self, size: int = -1) -> bytes:
        # Never more at once than is left: a piece that is too large is not even made.
        most = self._budget.bytes_left + 1
        data = self._inner.read(most if size < 0 else min(size, most))
        self._budget.data(len(data))
        return data


def amount(size: int) -> str:
    """A number of bytes in words."""
    for unit, name in ((GIGABYTE, "GB"), (MEGABYTE, "MB"), (1000, "kB")):
        if size >= unit:
            return f"{size / unit:.3g} {name}"
    return f"{size} bytes"
