"""The evaluator where trees have store paths: files are shown where they lie, and some are made by this program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from home_manager.diagnostics import Failure, Source
from home_manager.flakes.flake_io import TreeIO
from home_manager.nix.errors import eval_error
from home_manager.nix.evaluation import Evaluator
from home_manager.store import Recipes
from home_manager.values import PathValue, Value

Virtual = Callable[[str], Value]
"""The value of a file below a directory that is not really there; its argument is the path relative to that."""


class TreeEvaluator(Evaluator):
    """An evaluator whose files may lie in mounted trees, or be given as values."""

    def __init__(self, io: TreeIO, recipes: Recipes, **settings: Any) -> None:
        super().__init__(io, store_dir=recipes.store_dir, **settings)
        self.tree_io = io
        self._recipes = recipes
        self._virtual: dict[str, Virtual] = {}
        self._found: Callable[[str], str | None] = lambda name: None

    def provide(self, directory: str, files: Virtual) -> None:
        """Makes files below a store path values of this program."""
        self._virtual[directory] = files

    def look_up(self, found: Callable[[str], str | None]) -> None:
        """What `<name>` means where the search path does not know it: a store path, or nothing."""
        self._found = found

    def find_file(self, entries: Value, name: str) -> PathValue:
        try:
            return super().find_file(entries, name)
        except Failure:
            first, _, rest = name.partition("/")
            path = None if self.pure else self._found(first)
            if path is None:
                raise
            return PathValue(f"{path}/{rest}" if rest else path)

    def eval_file(self, path: str) -> Value:
        for directory, files in self._virtual.items():
            if path == directory or path.startswith(f"{directory}/"):
                return files(path[len(directory) + 1 :].removesuffix("/default.nix").removesuffix("default.nix"))
        return super().eval_file(path)

    def shown(self, path: str) -> str:
        """Where a path of a mounted tree lies, for people to read."""
        tree = self._recipes.mounted(path)
        return path if tree is None else tree.real(path)

    def _read(self, path: str) -> tuple[Source, bytes]:
        source, data = super()._read(path)
        return (Source(self.shown(path), source.text) if source.name == path else source), data

    def _entry_file(self, path: str) -> str:
        if self.io.file_type(path) is None:
            problem = self.tree_io.explain_missing(path)
            if problem is not None:
                raise problem
            self.tree_io.check(path)
            shown = self.shown(path)
            if shown != path:
                raise eval_error(f"path '{shown}' does not exist", code="nix-io")
        return super()._entry_file(path)
