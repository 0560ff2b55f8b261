"""One tree made of several packages' files, with as few links as possible."""

from __future__ import annotations

import os
from collections.abc import Container
from dataclasses import dataclass, field


@dataclass(slots=True)
class Leaf:
    """An entry of the tree: `owner` is the directory that it comes from, `source` its path there.

    `own` says that the tree must have an entry of its own here, because it differs from the owner's: the folders above
    are then made, not linked. `text` is what a link says that is kept as it is.
    """

    owner: str
    source: str
    own: bool = False
    text: str | None = None


@dataclass(slots=True)
class Folder:
    """A folder of the tree: names to what they are."""

    children: dict[str, Folder | Leaf] = field(default_factory=dict)

    def put(self, path: str, leaf: Leaf) -> bool:
        """Adds an entry; what is there already stays. Says whether it was added."""
        here = self
        *above, name = path.split("/")
        for part in above:
            below = here.children.setdefault(part, Folder())
            if not isinstance(below, Folder):
                return False
            here = below
        if name in here.children:
            return False
        here.children[name] = leaf
        return True

    def whole(self, mixed: Container[str] = ()) -> tuple[str, str] | None:
        """The directory that this folder can be a link to, as owner and path there, if there is one.

        The directories in `mixed` hold more than what belongs here, and are linked to by none.
        """
        owner, place = "", ""
        for name, child in self.children.items():
            if isinstance(child, Folder):
                below = child.whole(mixed)
                if below is None:
                    return None
                from_, source = below
            else:
                if child.own:
                    return None
                from_, source = child.owner, child.source
            folder, last = os.path.split(source)
            if last != name or (owner and (from_, folder) != (owner, place)):
                return None
            owner, place = from_, folder
        return (owner, place) if owner and place and place not in mixed else None

    def write(self, directory: str, mixed: Container[str] = ()) -> list[tuple[str, Leaf]]:
        """Makes the links below `directory`, which exists; gives the paths of the entries that differ, not yet made."""
        left: list[tuple[str, Leaf]] = []
        self._write(directory, "", left, mixed)
        return left

    def _write(self, directory: str, at: str, left: list[tuple[str, Leaf]], mixed: Container[str]) -> None:
        for name, child in self.children.items():
            path = f"{at}/{name}" if at else name
            target = os.path.join(directory, path)
            if isinstance(child, Folder):
                whole = child.whole(mixed)
                if whole is not None:
                    os.symlink(os.path.join(*whole), target)
                else:
                    os.mkdir(target)
                    child._write(directory, path, left, mixed)
            elif child.text is not None:
                os.symlink(child.text, target)
            elif child.own:
                left.append((path, child))
            else:
                os.symlink(os.path.join(child.owner, child.source), target)
