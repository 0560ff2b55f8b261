"""A profile: numbered generations and the link that says which one is current, laid out as Nix does.

`home-manager` → `home-manager-7-link` → the generation in the store.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from home_manager.diagnostics import failure
from home_manager.store.faults import machine
from home_manager.store.links import replace_link


@dataclass(frozen=True, slots=True, order=True)
class GenerationEntry:
    """One generation of a profile: its number, its store path and when it was made (seconds since 1970)."""

    number: int
    path: str
    created: float


class Profile:
    """The generations of one home, in `directory`; every change is one rename."""

    __slots__ = ("_pattern", "directory", "durable", "name")

    def __init__(self, directory: str | os.PathLike[str], name: str = "home-manager", *, durable: bool = True) -> None:
        self.directory = os.fspath(directory)
        self.name = name
        self.durable = durable
        self._pattern = re.compile(re.escape(name) + r"-([1-9][0-9]*)-link")

    @property
    def pointer(self) -> str:
        """The path of the link to the current generation."""
        return f"{self.directory}/{self.name}"

    def link_of(self, number: int) -> str:
        return f"{self.directory}/{self.name}-{number}-link"

    def generations(self) -> list[GenerationEntry]:
        """All generations, the oldest first."""
        found = []
        with machine(f"reading the profile `{self.directory}`"):
            try:
                names = os.listdir(self.directory)
            except FileNotFoundError:
                return []
            for name in names:
                match = self._pattern.fullmatch(name)
                if match is not None:
                    link = f"{self.directory}/{name}"
                    try:
                        found.append(GenerationEntry(int(match.group(1)), os.readlink(link), os.lstat(link).st_mtime))
                    except (OSError, ValueError):
                        continue
        return sorted(found)

    @property
    def current_number(self) -> int | None:
        try:
            link = os.readlink(self.pointer)
        except OSError:
            return None
        match = self._pattern.fullmatch(os.path.basename(link))
        return int(match.group(1)) if match else None

    @property
    def current(self) -> GenerationEntry | None:
        """The generation in use, or None where there is none yet."""
        number = self.current_number
        if number is None:
            return None
        link = self.link_of(number)
        try:
            return GenerationEntry(number, os.readlink(link), os.lstat(link).st_mtime)
        except OSError:
            return None

    def previous(self) -> GenerationEntry | None:
        """The generation that a rollback goes to: the next lower number that is there."""
        number = self.current_number
        lower = [entry for entry in self.generations() if number is None or entry.number < number]
        return lower[-1] if lower else None

    def get(self, number: int) -> GenerationEntry:
        """The generation of a number."""
        entries = self.generations()
        for entry in entries:
            if entry.number == number:
                return entry
        known = [str(entry.number) for entry in entries]
        raise failure(
            "generation-missing",
            f"there is no generation {number}",
            notes=(f"there are {', '.join(known)}" if known else "there are none yet",),
        )

    def add(self, path: str) -> int:
        """Number a generation without making it current; the last one is used again where it is the same."""
        with machine(f"writing to the profile `{self.directory}`"):
            os.makedirs(self.directory, exist_ok=True)
            entries = self.generations()
            if entries and entries[-1].path == path:
                return entries[-1].number
            number = entries[-1].number + 1 if entries else 1
            replace_link(self.link_of(number), path, durable=self.durable)
            return number

    def set(self, path: str) -> int:
        """Make a generation the current one, with a new number unless it is the last one already."""
        number = self.add(path)
        self._point(number)
        return number

    def switch_to(self, number: int) -> GenerationEntry:
        """Make a generation that exists the current one."""
        entry = self.get(number)
        self._point(number)
        return entry

    def _point(self, number: int) -> None:
        with machine(f"switching the profile `{self.pointer}`"):
            if self.current_number != number:
                replace_link(self.pointer, f"{self.name}-{number}-link", durable=self.durable)

    def clear(self) -> None:
        """Forget which generation is current; the generations stay."""
        with machine(f"switching the profile `{self.pointer}`"), suppress(FileNotFoundError):
            os.unlink(self.pointer)

    def remove(self, numbers: Iterable[int]) -> list[GenerationEntry]:
        """Remove generations; the current one is refused, and then none is removed."""
        entries = [self.get(number) for number in sorted(set(numbers))]
        current = self.current_number
        if any(entry.number == current for entry in entries):
            raise failure(
                "generation-current",
                f"generation {current} is in use and cannot be removed",
                hints=("switch to another generation first",),
            )
        with machine(f"writing to the profile `{self.directory}`"):
            for entry in entries:
                os.unlink(self.link_of(entry.number))
        return entries

    def roots(self) -> list[str]:
        """The store paths of all generations, for the collection of garbage."""
        return [entry.path for entry in self.generations()]
