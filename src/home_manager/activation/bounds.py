"""Bounds: the directories in which names may be made and taken away, as links lead at this moment."""

from __future__ import annotations

from dataclasses import dataclass

from home_manager.activation.layout import Layout
from home_manager.activation.system import System


@dataclass(frozen=True, slots=True)
class Bounds:
    """The real paths of a home, of the store, which is not changed even where it lies in the home, and of the profile."""

    system: System
    spelled: str
    home: str
    store: str
    profiles: str

    @classmethod
    def of(cls, layout: Layout, system: System) -> Bounds:
        home, store, profiles = (system.real_path(str(each)) for each in (layout.home, layout.store, layout.profiles))
        return cls(system, str(layout.home), home, store, profiles)

    def in_home(self, directory: str) -> bool:
        """Whether a directory, links followed, is the home or in it."""
        return self._is_in_home(self.system.real_path(directory))

    def allow(self, directory: str) -> bool:
        """Whether a switch may change the names in a directory: one of the home that is reached through no link, and the
        one that has the links of the profile."""
        real = self.system.real_path(directory)
        return real == self.profiles or (self._is_in_home(real) and self.is_plain(directory))

    def is_plain(self, directory: str) -> bool:
        """Whether no link in the home is on the way to a directory."""
        below = directory[len(self.spelled) :] if f"{directory}/".startswith(f"{self.spelled}/") else None
        return below is not None and self.system.real_path(directory) == f"{self.home.rstrip('/')}{below}".rstrip("/")

    def _is_in_home(self, real: str) -> bool:
        inside = real == self.home or real.startswith(f"{self.home.rstrip('/')}/")
        return inside and real != self.store and not real.startswith(f"{self.store}/")
