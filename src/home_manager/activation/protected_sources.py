"""What a configuration is read from: no switch puts anything into its place, whatever the configuration says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tree:
    """A directory that is read as a whole; `accepts` tells, by the path below it, what belongs to it."""

    directory: str
    accepts: Callable[[str], bool] | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """Files and trees, by paths of which every link is resolved but perhaps the last."""

    files: frozenset[str] = frozenset()
    trees: tuple[Tree, ...] = ()

    def hold(self, path: str) -> bool:
        """Whether what is at a path, or anything below it, is read."""
        below = f"{path}/"
        if path in self.files or any(file.startswith(below) for file in self.files):
            return True
        for tree in self.trees:
            if f"{tree.directory}/".startswith(below):
                return True
            if path.startswith(f"{tree.directory}/"):
                relative = path[len(tree.directory) + 1 :]
                if tree.accepts is None or tree.accepts(relative):
                    return True
        return False
