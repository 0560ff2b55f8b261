"""Recipes: how store objects are made, and what their paths are before they are made.

A path is known as soon as the recipe is (nothing is written for it), so a configuration can name an object in a text.
What an object refers to is found by looking for store paths in the recipe's texts, as Nix finds it in results.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Protocol

from home_manager.diagnostics import failure
from home_manager.paths import STORE_NAME
from home_manager.store.hashing import LENGTH, digest, to_bytes
from home_manager.store.mounted import Mounted, SourceTree
from home_manager.store.site import Site
from home_manager.store.tree import Filter, Node, copy, new_file, survey, write_all


class Recipe(Protocol):
    """How one store object is made. Another kind of object is another class with these members."""

    @property
    def name(self) -> str:
        """What follows the hash in the path."""

    @property
    def reads(self) -> bool:
        """Whether `write` looks at other objects of the store, which must then have been made before."""

    def digest(self) -> str:
        """32 characters that are the same only for the same object."""

    def mentions(self) -> Iterable[str]:
        """The texts in which store paths may stand."""

    def write(self, site: Site) -> None:
        """Make the object at `site.path`; permissions are set afterwards by the store."""


class Resolve(Protocol):
    """Follows links as an evaluation may; one at the end only if it is `last`."""

    def __call__(self, path: str, *, last: bool = True) -> str: ...


class Recipes:
    """The recipes of one evaluation, by store path. Nothing is written here."""

    __slots__ = ("_by_hash", "_by_path", "_mounted", "prefix", "read", "resolve", "store_dir")

    def __init__(self, store_dir: str) -> None:
        self.store_dir = store_dir
        self.prefix = store_dir + "/"
        self._by_path: dict[str, Recipe] = {}
        self._by_hash: dict[str, str] = {}
        self._mounted: dict[str, Mounted] = {}
        self.read: set[str] = set()
        """The files that the evaluation has read, where they lie."""
        self.resolve: Resolve | None = None
        """Follows the links on the way of what is copied, and refuses what an evaluation must not see."""

    def copy(self, name: str, source: str, filter: Filter | None = None, *, link: bool = False) -> str:
        """The store path for a copy of a file or directory, which may lie in a tree that is mounted.

        With `link`, a link is copied as it is; else what it leads to is copied.
        """
        if self.resolve is not None:
            source = self.resolve(source, last=not link)
        tree = self.mounted(source)
        if tree is None:
            return self.add(Copy(name, source, filter, link))
        tree.check(source)
        return self.add(Copy(name, tree.real(source), tree.filter(filter), link))

    def mount(self, tree: SourceTree) -> str:
        """The store path of a tree of sources, below which it can be read although nothing is written."""
        path = self.add(tree)
        self._mounted.setdefault(path, Mounted(path, tree))
        return path

    @property
    def trees(self) -> list[Mounted]:
        """Every tree that is mounted."""
        return list(self._mounted.values())

    def mounted(self, path: str) -> Mounted | None:
        """The mounted tree that a path lies in."""
        if not self._mounted or not path.startswith(self.prefix):
            return None
        end = path.find("/", len(self.prefix))
        return self._mounted.get(path if end < 0 else path[:end])

    def add(self, recipe: Recipe) -> str:
        """The store path of a recipe, which is remembered."""
        hashed = recipe.digest()
        last = f"{hashed}-{recipe.name}"
        if STORE_NAME.fullmatch(last) is None:
            raise failure(
                "store-name",
                f"`{recipe.name}` cannot be the name of a store object",
                hints=("use letters, digits and + - . _ ? = only, at most 211 of them",),
            )
        path = self.prefix + last
        self._by_path.setdefault(path, recipe)
        self._by_hash[hashed] = path
        return path

    def get(self, path: str) -> Recipe | None:
        return self._by_path.get(path)

    def private(self, path: str) -> str:
        """The same file as one that nobody but its owner can read, where it is a text or a copy; else the same path."""
        name, _, below = path.removeprefix(self.prefix).partition("/")
        recipe = self.get(self.prefix + name) if path.startswith(self.prefix) else None
        if isinstance(recipe, Copy) and below:
            # Of a directory nothing but the file itself.
            source = os.path.join(os.path.realpath(recipe.source), below)
            return self.add(Copy(recipe.name, source, private=True))
        if isinstance(recipe, Text | Copy):
            return self.add(replace(recipe, private=True)) + (f"/{below}" if below else "")
        return path

    def containing(self, path: str) -> Recipe | None:
        """The recipe of the object that a path is, or lies in."""
        end = path.find("/", len(self.prefix))
        return self._by_path.get(path if end < 0 else path[:end])

    def scan(self, text: str) -> set[str]:
        """The paths known here that a text mentions."""
        if self.prefix not in text:
            return set()
        found = set()
        for piece in text.split(self.prefix)[1:]:
            path = self._by_hash.get(piece[:LENGTH])
            if path is not None:
                found.add(path)
        return found

    def dependencies(self, path: str) -> set[str]:
        """The other known paths that the recipe of `path` mentions."""
        recipe = self._by_path.get(path)
        found: set[str] = set()
        if recipe is not None:
            for text in recipe.mentions():
                found |= self.scan(text)
            found.discard(path)
        return found

    def __len__(self) -> int:
        return len(self._by_path)

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_path)


@dataclass(frozen=True, slots=True)
class Text:
    """A text file; with `destination` (`/bin/x`) a directory that holds it there. What is `private` is an object of its
    own, which nobody but its owner can read."""

    name: str
    text: str
    executable: bool = False
    destination: str = ""
    private: bool = False

    @property
    def reads(self) -> bool:
        return False

    def digest(self) -> str:
        kind = "private text" if self.private else "text"
        return digest(kind, self.name, self.text, "x" if self.executable else "", self.destination)

    def mentions(self) -> Iterable[str]:
        return (self.text,)

    def write(self, site: Site) -> None:
        with hidden(self.private):
            self._write(site)

    def _write(self, site: Site) -> None:
        path = site.path
        if self.destination:
            path = below(site.path, self.destination)
            os.makedirs(os.path.dirname(path))
        descriptor = new_file(path, executable=self.executable)
        try:
            write_all(descriptor, to_bytes(self.text))
        finally:
            os.close(descriptor)


@dataclass(frozen=True, slots=True)
class Link:
    """A store object that is one symbolic link; the target need not exist."""

    name: str
    target: str

    @property
    def reads(self) -> bool:
        return False

    def digest(self) -> str:
        return digest("link", self.name, self.target)

    def mentions(self) -> Iterable[str]:
        return (self.target,)

    def write(self, site: Site) -> None:
        os.symlink(self.target, site.path)


@dataclass(frozen=True)
class Copy:
    """A copy of a file or directory, listed and hashed when the recipe is made; `filter` leaves entries out.

    A `link` at the top is copied as one, or else followed. For `private` see `Text`.
    """

    name: str
    source: str
    filter: Filter | None = field(default=None, compare=False)
    link: bool = False
    private: bool = False
    listing: Node = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "listing", survey(self.source, self.filter, follow=not self.link))

    def below(self, path: str) -> Node | None:
        """The entry at a path relative to the copy, if it is part of it; the copy itself for nothing."""
        found: Node | None = self.listing
        for name in filter(None, path.split("/")):
            found = None if found is None else next((each for each in found.children if each.name == name), None)
        return found

    @property
    def reads(self) -> bool:
        return False

    def digest(self) -> str:
        return digest("private copy" if self.private else "copy", self.name, self.listing.hash)

    def mentions(self) -> Iterable[str]:
        return ()

    def write(self, site: Site) -> None:
        with hidden(self.private):
            copy(self.listing, self.source if self.link else os.path.realpath(self.source), site.path)


@dataclass(frozen=True)
class LinkFarm:
    """A directory of symbolic links: relative path below the object → target."""

    name: str
    entries: Mapping[str, str]

    @property
    def reads(self) -> bool:
        return False

    def digest(self) -> str:
        return digest("farm", self.name, *(part for pair in sorted(self.entries.items()) for part in pair))

    def mentions(self) -> Iterable[str]:
        return self.entries.values()

    def write(self, site: Site) -> None:
        os.mkdir(site.path)
        for entry, target in sorted(self.entries.items()):
            path = below(site.path, entry)
            try:
                os.makedirs(os.path.dirname(path), exist_ok=True)
                os.symlink(target, path)
            except (FileExistsError, NotADirectoryError):
                raise failure(
                    "link-farm-overlap", f"`{entry}` in the link farm `{self.name}` lies below another of its links"
                ) from None


@dataclass(frozen=True)
class Files:
    """A directory of small files and links: relative path → text, or `Link`; executable ones are named in `programs`.

    This is how a generation is made: its manifest, its `activate` script, its links to files and packages.
    """

    name: str
    entries: Mapping[str, str | Link]
    programs: frozenset[str] = frozenset()

    @property
    def reads(self) -> bool:
        return False

    def digest(self) -> str:
        parts: list[str] = []
        for path, entry in sorted(self.entries.items()):
            if isinstance(entry, Link):
                parts += [path, "link", entry.target]
            else:
                parts += [path, "program" if path in self.programs else "file", entry]
        return digest("files", self.name, *parts)

    def mentions(self) -> Iterable[str]:
        return (entry.target if isinstance(entry, Link) else entry for entry in self.entries.values())

    def write(self, site: Site) -> None:
        os.mkdir(site.path)
        for path, entry in sorted(self.entries.items()):
            where = below(site.path, path)
            os.makedirs(os.path.dirname(where), exist_ok=True)
            if isinstance(entry, Link):
                os.symlink(entry.target, where)
            else:
                Text(path, entry, path in self.programs).write(Site(where, where))


@contextmanager
def hidden(private: bool) -> Iterator[None]:
    """While inside, what is made is nobody else's to read, if it is private."""
    mask = os.umask(0o077) if private else None
    try:
        yield
    finally:
        if mask is not None:
            os.umask(mask)


def below(directory: str, entry: str) -> str:
    """The path of an entry of an object; one that would leave the object is refused."""
    relative = entry.lstrip("/")
    if not relative or "\0" in relative or any(part in ("", ".", "..") for part in relative.split("/")):
        raise failure("store-entry", f"`{entry}` is not a path below a store object")
    return f"{directory}/{relative}"
