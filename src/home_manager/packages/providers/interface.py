"""What every source of packages can do, and what it is told about the packages that are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from home_manager.diagnostics import Span


class Progress(Protocol):
    """Who is told how far long work has come; `cli` has one that draws a bar."""

    def stage(self, title: str) -> None:
        """Begins a stage, which ends the one before."""
        ...

    def advance(self, done: int, total: int, unit: str = "", detail: str = "") -> None:
        """How much of the stage is done, in `unit` (`B` for bytes)."""
        ...

    def finish(self) -> None:
        """Ends the last stage."""
        ...


class SilentProgress:
    """Progress that nobody looks at."""

    __slots__ = ()

    def stage(self, title: str) -> None:
        """Nothing."""

    def advance(self, done: int, total: int, unit: str = "", detail: str = "") -> None:
        """Nothing."""

    def finish(self) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class PackageRequest:
    """One package that shall exist at `path`, a store path that is not there yet.

    `attribute` is its name in the package set (`ripgrep`, `python3Packages.requests`), `parts` the further packages
    that become one with it (`python3.withPackages`), `changes` what the configuration changed of it
    (`overrideAttrs`), `mention` where the user wrote it, where that is known.
    """

    attribute: tuple[str, ...]
    path: str
    parts: tuple[tuple[str, ...], ...] = ()
    changes: tuple[str, ...] = ()
    mention: Span | None = None

    @property
    def text(self) -> str:
        return ".".join(self.attribute)


@dataclass(frozen=True, slots=True)
class Realised:
    """What came of a request: the version that was taken, how much was downloaded, and what the user should know."""

    request: PackageRequest
    version: str
    warnings: tuple[str, ...] = ()


class Provider(Protocol):
    """A source of packages."""

    name: str

    def realise(self, requests: Sequence[PackageRequest], progress: Progress) -> list[Realised]:
        """Makes every requested store path, or raises `Failure` and leaves none of them behind half made."""
        ...

    def search(self, words: str, limit: int = 20) -> list[tuple[str, str, str]]:
        """Packages whose name or summary has all the words: name, version, summary."""
        ...

    def describe(self) -> str:
        """One line that says where packages come from, for `-v` and errors."""
        ...
