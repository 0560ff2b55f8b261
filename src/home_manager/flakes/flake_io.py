"""Evaluation's way to the machine where trees of sources have store paths: flakes, and what fetchers brought."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Final

from home_manager.diagnostics import Failure
from home_manager.nix.errors import eval_error
from home_manager.nix.io import PathFilter, SystemIO
from home_manager.paths import STORE_NAME
from home_manager.store import Copy, Recipes, Text

LINKS: Final = 64
"""Links that one path may lead over."""


class TreeIO(SystemIO):
    """The machine, and mounted trees at their store paths.

    `sealed` (pure), nothing outside of what this evaluation has put into the store is seen. Links are followed here, in
    the paths of the store: where one leads is looked at before anything is read, as in the original.
    """

    def __init__(
        self,
        recipes: Recipes,
        *,
        sealed: bool = False,
        **settings: Any,
    ) -> None:
        super().__init__(**settings)
        self._recipes = recipes
        self.sealed = sealed
        self._ways: dict[str, str] = {}
        if sealed:
            recipes.resolve = self.resolve

    def _place(self, path: str) -> str:
        tree = self._recipes.mounted(path)
        if tree is not None:
            tree.check(path)
            return tree.real(path)
        self.check(path)
        copy = self._copy(path)
        if copy is not None:
            top = self._object(path)
            if copy.below(path[len(top) + 1 :]) is None:
                return path  # left out by a filter
            return (copy.source if copy.link else os.path.realpath(copy.source)) + path[len(top) :]
        return super()._place(path)

    def _copy(self, path: str) -> Copy | None:
        """The copy that a path lies in, where that is not in the store yet and has to be read at its source."""
        if not path.startswith(self._recipes.prefix):
            return None
        top = self._object(path)
        recipe = self._recipes.get(top)
        return recipe if isinstance(recipe, Copy) and not os.path.lexists(top) else None

    def _object(self, path: str) -> str:
        """The object of the store that a path lies in."""
        end = path.find("/", len(self._recipes.prefix))
        return path if end < 0 else path[:end]

    # What a pure evaluation sees

    def check(self, path: str) -> None:
        """Refuses a path that a pure evaluation does not see."""
        if not self.sealed or self._permitted(path):
            return
        if path.startswith(self._recipes.prefix) and STORE_NAME.fullmatch(os.path.basename(self._object(path))) is None:
            raise eval_error(
                f"the path '{path.removeprefix(self._recipes.prefix)}' beside the flake is not part of it",
                code="nix-pure",
                hints=("move it below the directory of `flake.nix`, or make it an input of the flake",),
            )
        raise eval_error(
            f"access to absolute path '{path}' is forbidden in pure evaluation mode (use '--impure' to override)",
            code="nix-pure",
            hints=("name it relative to the flake, or pass --impure",),
        )

    def _permitted(self, path: str) -> bool:
        """Whether a path lies in something that this evaluation knows: a tree, a copy, a text, a package."""
        return path.startswith(self._recipes.prefix) and self._recipes.get(self._object(path)) is not None

    def resolve(self, path: str, *, last: bool = True) -> str:
        """A path without links on its way, and without one at its end unless that is left (`last`).

        Every link is read only where the evaluation may look, and leads to a path that is looked at in the same way.
        """
        followed = 0
        above, _, name = path.rpartition("/")
        done = self._ways.get(above)
        names = [name] if done is not None else path.split("/")[:0:-1]
        way = "" if done is None else done
        while names:
            name = names.pop()
            if name in ("", "."):
                continue
            if name == "..":
                way = way.rpartition("/")[0]
                continue
            here = f"{way}/{name}"
            if len(here) <= len(self._recipes.store_dir) and f"{self._recipes.store_dir}/".startswith(f"{here}/"):
                way = here  # the way to the store itself
                continue
            if not self._permitted(here):
                self._refuse(path, "/".join((here, *reversed(names))))
            target = self._link(here) if names or last else None
            if target is None:
                way = here
                if names:
                    self._ways.setdefault(here, here)
                continue
            followed += 1
            if followed > LINKS:
                raise eval_error(f"infinite symlink recursion in path '{path}'", code="nix-io")
            names.extend(reversed(target.split("/")))
            if target.startswith("/"):
                way = ""
        if not self._permitted(way):
            self._refuse(path, way or "/")
        return way

    def _link(self, path: str) -> str | None:
        """What a link says; nothing of what is no link, or not there."""
        if self._made(path) is not None:
            return None
        tree = self._recipes.mounted(path)
        if tree is not None and not tree.visible(path):
            return None
        try:
            return os.readlink(self._place(path))
        except OSError:
            return None

    def _refuse(self, path: str, way: str) -> None:
        """Refuses where a path leads, and says so if it was by links."""
        try:
            self.check(way)
        except Failure as refusal:
            if way != path:
                refusal.add_frame(f"while following the links on the way of '{self._shown(path)}'")
            raise

    def _shown(self, path: str) -> str:
        tree = self._recipes.mounted(path)
        return path if tree is None else tree.real(path)

    def _made(self, path: str) -> bytes | None:
        """The text that a path of the store will hold, where a package is only a text."""
        if not path.startswith(self._recipes.prefix):
            return None
        end = path.find("/", len(self._recipes.prefix))
        recipe = self._recipes.get(path if end < 0 else path[:end])
        if isinstance(recipe, Text) and recipe.destination == ("" if end < 0 else path[end:]):
            return recipe.text.encode("utf-8", "surrogateescape")
        return None

    def read_file(self, path: str) -> bytes:
        made = self._made(path)
        if made is not None:
            return made
        where = self.resolve(path) if self.sealed else path
        text = super().read_file(where)
        self._recipes.read.add(self._place(where))
        return text

    def read_dir(self, path: str) -> Mapping[str, str]:
        if self.sealed:
            path = self.resolve(path)
        entries = super().read_dir(path)
        copy = self._copy(path)
        if copy is not None and copy.filter is not None:
            found = copy.below(path[len(self._object(path)) + 1 :])
            kept = {each.name for each in found.children} if found is not None else set()
            return {name: kind for name, kind in entries.items() if name in kept}
        tree = self._recipes.mounted(path)
        if tree is None or tree.tree.accepts is None:
            return entries
        return {name: kind for name, kind in entries.items() if tree.visible(f"{path}/{name}")}

    def file_type(self, path: str) -> str | None:
        if self._made(path) is not None:
            return "regular"
        if self.sealed and path != self._recipes.store_dir:
            path = self.resolve(path, last=False)
        return None if self._hidden(path) else super().file_type(path)

    def exists(self, path: str) -> bool:
        if self._made(path) is not None:
            return True
        if self.sealed:
            try:
                path = self.resolve(path, last=False)
            except Failure:
                return False
        return not self._hidden(path) and super().exists(path)

    def _hidden(self, path: str) -> bool:
        """Whether a path is of a tree that leaves it out."""
        tree = self._recipes.mounted(path)
        return tree is not None and not tree.visible(path)

    def real_path(self, path: str) -> str:
        if self.sealed:
            return self.resolve(path)
        tree = self._recipes.mounted(path)
        if tree is None:
            return super().real_path(path)
        top = os.path.realpath(tree.tree.directory)
        real = os.path.realpath(tree.real(path))
        return tree.path + real[len(top) :] if real == top or real.startswith(f"{top}/") else real

    def copy_to_store(self, path: str, name: str, filter: PathFilter | None = None, *, flat: bool = False) -> str:
        if self.sealed:
            path = self.resolve(path, last=False)
        return super().copy_to_store(path, name, filter, flat=flat)

    def explain_missing(self, path: str) -> Failure | None:
        """What to say of a path that is not there because its tree leaves it out."""
        tree = self._recipes.mounted(path)
        if tree is None or tree.visible(path) or tree.tree.absent is None:
            return None
        if not os.path.lexists(tree.real(path)):
            return None
        return tree.tree.absent(tree.relative(path))
