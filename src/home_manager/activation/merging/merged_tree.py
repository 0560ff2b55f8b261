"""What a file of settings says, as nested dictionaries; everything that is no dictionary is one value, lists too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Protocol

Tree = dict[Any, Any]
Path = tuple[Any, ...]


class Missing:
    """Stands for a value that is not there, since `None` is one."""


MISSING = Missing()


class Unmergeable(Exception):
    """A file cannot be edited key by key; the text says why, and reads on after "it"."""


class Document(Protocol):
    """A file of settings that can be changed in places, with everything else kept as it was written."""

    def tree(self) -> Tree:
        """All that it says now."""

    def put(self, path: Path, value: object) -> None:
        """Set one value, and make what is above it; a value above it gives way."""

    def remove(self, path: Path) -> None:
        """Take away what is at a path, whatever it is."""

    def text(self) -> str:
        """The file as it is now."""


def leaves(tree: Tree, above: Path = ()) -> Iterator[tuple[Path, object]]:
    """Every value with its path; an empty dictionary is a value."""
    for key, value in tree.items():
        path = (*above, key)
        if isinstance(value, dict) and value:
            yield from leaves(value, path)
        else:
            yield path, value


def value_at(tree: Tree, path: Path) -> object:
    """What is at a path, or `MISSING`."""
    found: object = tree
    for key in path:
        if not isinstance(found, dict) or key not in found:
            return MISSING
        found = found[key]
    return found


def put_into(tree: Tree, path: Path, value: object) -> None:
    """`Document.put` on a bare tree."""
    for key in path[:-1]:
        below = tree.get(key)
        if not isinstance(below, dict):
            below = tree[key] = {}
        tree = below
    tree[path[-1]] = value


def remove_from(tree: Tree, path: Path) -> None:
    """`Document.remove` on a bare tree."""
    above = value_at(tree, path[:-1])
    if isinstance(above, dict):
        above.pop(path[-1], None)


def same(one: object, other: object) -> bool:
    """Whether two values are equal and of one kind: `1`, `1.0` and `true` differ."""
    return _canonical(one) == _canonical(other)


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=lambda each: [type(each).__name__, str(each)])
