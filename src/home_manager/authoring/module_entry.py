"""Entries of the catalogue: a file of modules, where it declares options, and where its definitions go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

from home_manager.authoring.modules import Module
from home_manager.authoring.options_class import Options
from home_manager.authoring.renamed_options import Removed, Renamed
from home_manager.options.location import parse_path

Path = tuple[str, ...]


class Entry:
    """One file of modules: where it declares options, where its definitions go, and its classes once it is loaded.

    `mounts` are the paths of its options, as short as they can be; `sinks` those of its definitions; `always` says that
    it takes part even where nothing names it, `extending` that it defines something within submodules of others, which
    takes importing it wherever there is one; `position` is the file of the original that it stands for, which decides
    about the order of definitions; `level` counts the imports that lead to that file, `rank` is the place in the order.
    """

    __slots__ = ("_trees", "always", "classes_", "extending", "level", "module", "mounts", "position", "rank", "sinks")

    def __init__(
        self,
        module: str,
        mounts: Sequence[Path],
        sinks: Sequence[Path],
        always: bool,
        position: str = "",
        extending: bool = True,
    ) -> None:
        self.module = module
        self.mounts = tuple(mounts)
        self.sinks = tuple(sinks)
        self.always = always
        self.extending = extending
        self.position = position or position_of(module)
        self.level = level_of(self.position)
        self.rank = 0
        self.classes_: tuple[list[type[Module]], list[type[Options]]] | None = None
        self._trees: list[tuple[Path, dict[str, Any]]] | None = None

    def mentions(self) -> list[Path]:
        """The paths of which one must be defined for the file to take part.

        A file that only adds options to others' submodules takes part where there are such.
        """
        own = [mount for mount in self.mounts if "*" not in mount]
        return own or [mount[: mount.index("*")] for mount in self.mounts]

    def classes(self) -> tuple[list[type[Module]], list[type[Options]]]:
        """The modules of the file, and its classes that extend submodules of others; imports the file."""
        if self.classes_ is None:
            self.classes_ = classes_of(self.module)
        return self.classes_

    def trees(self) -> list[tuple[Path, dict[str, Any]]]:
        """The declarations of the file: trees and the paths at which they stand."""
        if self._trees is None:
            modules, extensions = self.classes()
            found: list[tuple[Path, dict[str, Any]]] = []
            for cls in modules:
                base = cls._namespace()
                found.append((base, cls._tree(base)))
                for part in cls._parts():
                    if isinstance(part, (Renamed, Removed)):
                        found.extend((path[:-1], {path[-1]: option}) for path, option in part.outside(cls, base))
            for extension in extensions:
                path = starred(extension.extends)
                found.append((path, extension._tree(inside(path))))
            self._trees = found
        return self._trees

    def declared_at(self, path: Path) -> list[object]:
        """What the file declares at a path: an option, or a tree."""
        found: list[object] = []
        for base, tree in self.trees():
            if len(path) < len(base):
                if base[: len(path)] == path:
                    found.append(nested_tree(base[len(path) :], tree))
                continue
            here: object = tree if path[: len(base)] == base else None
            for name in path[len(base) :]:
                here = here.get(name) if isinstance(here, Mapping) else None
            if here is not None:
                found.append(here)
        return found


def nested_tree(names: Path, tree: object) -> object:
    for name in reversed(names):
        tree = {name: tree}
    return tree


def classes_of(module: str) -> tuple[list[type[Module]], list[type[Options]]]:
    """The module classes that a file defines, and those that extend submodules of other modules."""
    import_module(module)
    modules: list[type[Module]] = []
    extensions: list[type[Options]] = []
    inner = f"{module}."
    # A class with several bases is found below each of them.
    for cls in dict.fromkeys(_subclasses(Options)):
        if cls.__module__ != module and not cls.__module__.startswith(inner):
            continue
        if vars(cls).get("abstract") or cls.__name__.startswith("_"):
            continue
        if issubclass(cls, Module):
            modules.append(cls)
        elif "extends" in vars(cls):
            extensions.append(cls)
    return modules, extensions


def _subclasses(cls: type[Options]) -> Iterator[type[Options]]:
    for each in cls.__subclasses__():
        yield each
        yield from _subclasses(each)


def starred(path: str) -> Path:
    """A path with `*` for every placeholder: `accounts.email.accounts.<name>.x`."""
    return tuple("*" if name.startswith("<") else name for name in parse_path(path))


def inside(path: Path) -> Path:
    """The part of such a path that lies inside the innermost submodule."""
    return path[len(path) - list(reversed(path)).index("*") :] if "*" in path else path


def position_of(module: str) -> str:
    """The file of the original that a module stands for, as its own path has it: `programs/git-cliff.nix`."""
    _, _, inner = module.partition("modules.")
    return inner.replace(".", "/").replace("_", "-") + ".nix"


def level_of(position: str) -> int:
    """How many imports lead to a file of the original: `misc/xdg/mime.nix` is imported by `misc/xdg`."""
    return max(0, position.removesuffix("/default.nix").count("/") - 1)
