"""What every source of packages can do, and what it is told about the packages that are wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from home_manager.diagnostics import Span
from home_manager.packages.package_lock import Lacking, Locked


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
    """A package that a home needs.

    `attribute` is its name in the package set (`ripgrep`, `python3Packages.requests`), `parts` the further packages
    that become one with it (`python3.withPackages`), `changes` what the configuration changed of it
    (`overrideAttrs`), `mention` where the user wrote it, where that is known.
    """

    attribute: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...] = ()
    changes: tuple[str, ...] = ()
    mention: Span | None = None

    @property
    def text(self) -> str:
        return ".".join(self.attribute)

    @property
    def key(self) -> str:
        """Its name in the lock."""
        return lock_key(self.attribute, self.parts)


def lock_key(attribute: tuple[str, ...], parts: tuple[tuple[str, ...], ...] = ()) -> str:
    """The name of a package in the lock: `ripgrep`, `python3[python3Packages.requests]`."""
    inner = ",".join(sorted(".".join(part) for part in parts))
    return ".".join(attribute) + (f"[{inner}]" if inner else "")


@dataclass(frozen=True, slots=True)
class WantedPackage:
    """A package that shall exist at `path`, a store path that is not there yet."""

    request: PackageRequest
    locked: Locked
    path: str


@dataclass(frozen=True, slots=True)
class Realised:
    """What came of a wanted package: the version, and what the user should know."""

    wanted: WantedPackage
    version: str
    warnings: tuple[str, ...] = ()


class Provider(Protocol):
    """A source of packages."""

    name: str

    def lock(
        self, requests: Sequence[PackageRequest], progress: Progress, *, refresh: bool = False
    ) -> list[Locked | Lacking]:
        """What each requested package is, in the provider's state; `refresh` asks for the newest state first.

        Nothing is downloaded but what says which packages there are. Raises `Failure` where that cannot be had.
        """
        ...

    def pin(self) -> Mapping[str, str]:
        """The state that `lock` last answered from, for the lock and for people."""
        ...

    def realise(self, wanted: Sequence[WantedPackage], progress: Progress) -> list[Realised]:
        """Makes every wanted store path, or raises `Failure` and leaves none of them behind half made."""
        ...

    def search(self, words: str, limit: int = 20) -> list[tuple[str, str, str]]:
        """Packages whose name or summary has all the words: name, version, summary."""
        ...

    def describe(self) -> str:
        """One line that says where packages come from, for `-v` and errors."""
        ...
