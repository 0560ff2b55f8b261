"""Bounds: the directories in which names may be made and taken away, as links lead at this moment."""

from __future__ import annotations

from dataclasses import dataclass

from home_manager.activation.layout import Layout
from home_manager.activation.system import System


@dataclass(frozen=True, slots=True)
class Bounds:
    """The real paths of a home, of the store, which is not changed even where it lies in the home, and of the profile."""

    system: System
    home: str
    store: str
    profiles: str

    @classmethod
    def of(cls, layout: Layout, system: System) -> Bounds:
        home, store, profiles = (system.real_path(str(each)) for each in (layout.home, layout.store, layout.profiles))
        return cls(system, home, store, profiles)

    def in_home(self, directory: str) -> bool:
        """Whether a directory, links followed, is the home or in it."""
        return self._is_in_home(self.system.real_path(directory))

    def allow(self, directory: str) -> bool:
        """Whether a switch may change the names in a directory: those of the home, and the links of the profile."""
        real = self.system.real_path(directory)
        return real == self.profiles or self._is_in_home(real)

    def _is_in_home(self, real: str) -> bool:
        inside = real == self.home or real.startswith(f"{self.home.rstrip('/')}/")
        return inside and real != self.store and not real.startswith(f"{self.store}/")
