"""Evaluation's way to the machine where trees of sources have store paths: flakes, and what fetchers brought."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from home_manager.diagnostics import Failure
from home_manager.nix.errors import eval_error
from home_manager.nix.io import PathFilter, SystemIO
from home_manager.paths import STORE_NAME
from home_manager.store import Mounted, Recipes, Text


class TreeIO(SystemIO):
    """The machine, and mounted trees at their store paths. `sealed`, nothing outside of the store is seen (pure)."""

    def __init__(
        self,
        recipes: Recipes,
        *,
        sealed: bool = False,
        allowed: Iterable[str] = (),
        **settings: Any,
    ) -> None:
        super().__init__(**settings)
        self._recipes = recipes
        self.sealed = sealed
        self._allowed = tuple(allowed)
        if sealed:
            recipes.guard = self.check

    def _place(self, path: str) -> str:
        tree = self._recipes.mounted(path)
        if tree is None:
            self.check(path)
            return super()._place(path)
        tree.check(path)
        real = tree.real(path)
        if self.sealed and path != tree.path:
            self._stays(tree, path, os.path.dirname(real))
        return real

    def check(self, path: str) -> None:
        """Refuses a path that a pure evaluation does not see."""
        if not self.sealed or self._permitted(path):
            return
        if path.startswith(self._recipes.prefix):
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
        if path.startswith(self._recipes.prefix):
            return STORE_NAME.fullmatch(path[len(self._recipes.prefix) :].partition("/")[0]) is not None
        return path == self._recipes.store_dir or path.startswith(self._allowed)

    def _stays(self, tree: Mounted, path: str, real: str) -> None:
        """Refuses a way that leads out of its tree by a link."""
        top = os.path.realpath(tree.tree.directory)
        target = os.path.realpath(real)
        if target != top and not target.startswith(f"{top}/") and os.path.exists(target):
            raise eval_error(
                f"'{path}' leads out of its source by a link, to '{target}', which is forbidden in pure evaluation mode",
                code="nix-pure",
                hints=("put the file itself there, or pass --impure",),
            )

    def _follow(self, path: str) -> None:
        """Looks where a path that is read leads."""
        tree = self._recipes.mounted(path) if self.sealed else None
        if tree is not None and os.path.islink(tree.real(path)):
            self._stays(tree, path, tree.real(path))

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
        self._follow(path)
        return super().read_file(path) if made is None else made

    def read_dir(self, path: str) -> Mapping[str, str]:
        self._follow(path)
        entries = super().read_dir(path)
        tree = self._recipes.mounted(path)
        if tree is None or tree.tree.accepts is None:
            return entries
        return {name: kind for name, kind in entries.items() if tree.visible(f"{path}/{name}")}

    def file_type(self, path: str) -> str | None:
        if self._made(path) is not None:
            return "regular"
        return None if self._hidden(path) else super().file_type(path)

    def exists(self, path: str) -> bool:
        return self._made(path) is not None or (not self._hidden(path) and super().exists(path))

    def _hidden(self, path: str) -> bool:
        tree = self._recipes.mounted(path)
        if tree is not None:
            return not tree.visible(path)
        return self.sealed and not self._permitted(path)

    def real_path(self, path: str) -> str:
        tree = self._recipes.mounted(path)
        if tree is None:
            return super().real_path(path)
        top = os.path.realpath(tree.tree.directory)
        real = os.path.realpath(tree.real(path))
        return tree.path + real[len(top) :] if real == top or real.startswith(f"{top}/") else real

    def copy_to_store(self, path: str, name: str, filter: PathFilter | None = None, *, flat: bool = False) -> str:
        if self.sealed and self._recipes.mounted(path) is None:
            self._place(path)
        made = super().copy_to_store(path, name, filter, flat=flat)
        tree = self._recipes.mounted(path)
        if tree is not None and made in self._copies:
            self._copies[made] = tree.real(path)
        return made

    def explain_missing(self, path: str) -> Failure | None:
        """What to say of a path that is not there because its tree leaves it out."""
        tree = self._recipes.mounted(path)
        if tree is None or tree.visible(path) or tree.tree.absent is None:
            return None
        if not os.path.lexists(tree.real(path)):
            return None
        return tree.tree.absent(tree.relative(path))
