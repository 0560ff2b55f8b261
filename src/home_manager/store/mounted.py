"""Trees of sources that have a store path before they are in the store: a flake, what a fetcher brought.

Evaluation reads them where they lie; they are copied into the store once something in a home refers to them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from home_manager.diagnostics import Failure, failure
from home_manager.store.hashing import digest
from home_manager.store.site import Site
from home_manager.store.tree import Filter, copy, survey

Accepts = Callable[[str], bool]
"""Whether a path, relative to the tree, belongs to it."""

Absent = Callable[[str], Failure]
"""What to say of a path, relative to the tree, that was asked for and does not belong to it."""


@dataclass(frozen=True)
class SourceTree:
    """The recipe of a tree whose hash is known already: `content` tells its path, `directory` is where it lies.

    `accepts` leaves out what only happens to lie there, as files that git does not track.
    """

    name: str
    directory: str
    content: str
    accepts: Accepts | None = field(default=None, compare=False)
    absent: Absent | None = field(default=None, compare=False)

    @property
    def reads(self) -> bool:
        return False

    def digest(self) -> str:
        return digest("source-tree", self.name, self.content)

    def mentions(self) -> Iterable[str]:
        return ()

    def write(self, site: Site) -> None:
        real = os.path.realpath(self.directory)
        copy(survey(real, Mounted(site.final, self).filter(None)), real, site.path)


@dataclass(frozen=True, slots=True)
class Mounted:
    """A tree at its store path."""

    path: str
    tree: SourceTree

    def relative(self, path: str) -> str:
        """The path below the tree's top; empty for the top itself."""
        return path[len(self.path) + 1 :]

    def real(self, path: str) -> str:
        """Where a path of the store lies."""
        return self.tree.directory + path[len(self.path) :]

    def visible(self, path: str) -> bool:
        """Whether a path of the store belongs to the tree, if anything is there."""
        below = self.relative(path)
        return not below or self.tree.accepts is None or self.tree.accepts(below)

    def check(self, path: str) -> None:
        """Refuses a path that lies there without being of the tree."""
        if not self.visible(path):
            below = self.relative(path)
            if self.tree.absent is not None:
                raise self.tree.absent(below)
            raise failure("source-missing", f"the file `{self.tree.directory}/{below}` is not part of its source")

    def filter(self, wanted: Filter | None) -> Filter | None:
        """A filter of paths in the store as one of paths where the tree lies; what is not of the tree is left out."""
        if wanted is None and self.tree.accepts is None:
            return None
        start = len(os.path.realpath(self.tree.directory))

        def keep(path: str, kind: str) -> bool:
            stored = self.path + path[start:]
            return self.visible(stored) and (wanted is None or wanted(stored, kind))

        return keep
