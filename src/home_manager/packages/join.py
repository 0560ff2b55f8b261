"""Several store objects seen as one tree: what `symlinkJoin`, `buildEnv` and the home's own tree of packages are."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace

from home_manager.diagnostics import failure
from home_manager.store import Site, digest

MADE_FOR_ALL = frozenset(
    ("share/info/dir", "share/glib-2.0/schemas/gschemas.compiled", "share/icons/hicolor/icon-theme.cache")
)
"""Files that every package may have for itself, of which one is as good as another."""

HIDDEN = frozenset(("root", "nix-support", "libexec/started", ".programs", ".contents"))
"""What an object has for its own use."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One of the joined objects; `label` is what it is called in messages. A lower `priority` wins."""

    path: str
    label: str = ""
    priority: int = 5


@dataclass(frozen=True)
class Joined:
    """The recipe of a tree of links into several objects.

    `only` are the folders that are taken (all if empty). With `whole`, a folder that one object alone has is one link.
    Where two objects of the same priority have different files of one name in `strict` folders, making it fails.
    `below` is the folder of each object that the tree begins at; an object without it adds nothing.
    """

    name: str
    branches: tuple[Branch, ...]
    only: tuple[str, ...] = ()
    whole: bool = False
    strict: tuple[str, ...] = ()
    below: str = ""

    @property
    def reads(self) -> bool:
        return True

    def digest(self) -> str:
        parts = [part for b in self.branches for part in (b.path, str(b.priority))]
        return digest(
            "joined", self.name, *parts, "only", *self.only, f"{self.whole:d}", "strict", *self.strict, *self._below()
        )

    def _below(self) -> tuple[str, ...]:
        return ("below", self.below) if self.below else ()

    def mentions(self) -> Iterable[str]:
        return (f"{branch.path}/" for branch in self.branches)

    def write(self, site: Site) -> None:
        tree = _Tree(self)
        for branch in self.branches:
            if not self.below:
                tree.add(branch)
            elif os.path.isdir(f"{branch.path}/{self.below}"):
                tree.add(replace(branch, path=f"{branch.path}/{self.below}"))
        os.mkdir(site.path)
        tree.write(site.path)


class _Tree:
    def __init__(self, recipe: Joined) -> None:
        self._recipe = recipe
        self._top: list[Branch] = []

    def add(self, branch: Branch) -> None:
        if not os.path.isdir(branch.path):
            if not os.path.lexists(branch.path):
                raise failure("store-missing", f"the store object `{branch.path}` does not exist")
            raise failure(
                "join-not-a-folder", f"`{branch.label or branch.path}` is a file and cannot be joined with others"
            )
        self._top.append(branch)

    def write(self, directory: str) -> None:
        self._write(directory, "", self._top)

    def _write(self, directory: str, at: str, branches: list[Branch]) -> None:
        for name, having in self._names(at, branches).items():
            path = f"{at}/{name}" if at else name
            if path in HIDDEN or not self._is_taken(path):
                continue
            target = os.path.join(directory, path)
            folders = [branch for branch in having if os.path.isdir(os.path.join(branch.path, path))]
            if folders and len(folders) == len(having):
                if len(folders) == 1 and self._recipe.whole and self._is_complete(path):
                    os.symlink(os.path.join(folders[0].path, path), target)
                else:
                    os.mkdir(target)
                    self._write(directory, path, folders)
            elif self._is_complete(path):
                os.symlink(os.path.join(self._winner(path, having).path, path), target)

    def _names(self, at: str, branches: list[Branch]) -> dict[str, list[Branch]]:
        found: dict[str, list[Branch]] = {}
        for branch in branches:
            for name in sorted(os.listdir(os.path.join(branch.path, at))):
                found.setdefault(name, []).append(branch)
        return found

    def _is_taken(self, path: str) -> bool:
        """Whether a path lies in, or above, a folder that is taken."""
        return not self._recipe.only or any(
            folder in ("", path) or path.startswith(f"{folder}/") or folder.startswith(f"{path}/")
            for folder in self._recipe.only
        )

    def _is_complete(self, path: str) -> bool:
        """Whether all below a path is taken."""
        return not self._recipe.only or any(
            folder in ("", path) or path.startswith(f"{folder}/") for folder in self._recipe.only
        )

    def _winner(self, path: str, having: list[Branch]) -> Branch:
        best = min(having, key=lambda branch: branch.priority)
        for other in having:
            if other is best or other.priority != best.priority or path in MADE_FOR_ALL:
                continue
            if path.split("/", 1)[0] in self._recipe.strict and not _same(best.path, other.path, path):
                one, two = best.label or best.path, other.label or other.path
                raise failure(
                    "package-collision",
                    f"the packages `{one}` and `{two}` both have a file `{path}`",
                    notes=(f"at {best.path}/{path}", f"and {other.path}/{path}"),
                    hints=(
                        "leave one of them out of home.packages, "
                        f"or say which shall win: lib.hiPrio pkgs.{one} or lib.lowPrio pkgs.{two}",
                    ),
                )
        return best


def _same(one: str, two: str, path: str) -> bool:
    """Whether two objects have the same file at a path."""
    a, b = os.path.join(one, path), os.path.join(two, path)
    if os.path.realpath(a) == os.path.realpath(b):
        return True
    origin = _origin(one, path)
    if origin is not None and origin == _origin(two, path):
        return True
    try:
        with open(a, "rb") as first, open(b, "rb") as second:
            return first.read() == second.read()
    except OSError:
        return False


def _origin(directory: str, path: str) -> object:
    """Where a provider took a program from, if it left word: two packages may have the same one, made for each."""
    import json

    try:
        with open(os.path.join(directory, ".programs"), "rb") as file:
            programs = json.load(file)
    except (OSError, ValueError):
        return None
    return programs.get(path) if isinstance(programs, dict) else None


def home_path(branches: Iterable[Branch], *, name: str = "home-manager-path", whole: bool = True) -> Joined:
    """The tree of everything that the home's packages install."""
    return Joined(name, tuple(branches), whole=whole, strict=("bin", "sbin"))
