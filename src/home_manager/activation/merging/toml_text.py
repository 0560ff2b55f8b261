"""TOML files, edited with tomlkit, which keeps comments, order and the way in which values are written."""

from __future__ import annotations

from typing import Any

from home_manager.activation.merging.libraries import library
from home_manager.activation.merging.merged_tree import Path, Tree, Unmergeable


class TomlText:
    """A TOML file."""

    def __init__(self, text: str) -> None:
        self._kit: Any = library("tomlkit", "TOML")
        self._blank = not text.strip()
        try:
            self._document: Any = self._kit.parse(text)
        except (self._kit.exceptions.TOMLKitError, ValueError, RecursionError):
            raise Unmergeable("is no valid TOML") from None

    def tree(self) -> Tree:
        found: Tree = self._document.unwrap()
        return found

    def text(self) -> str:
        found: str = self._kit.dumps(self._document)
        return found

    def put(self, path: Path, value: object) -> None:
        at: Any = self._document
        for depth, key in enumerate(path[:-1]):
            below = at.get(key)
            if not isinstance(below, dict):
                # A table that only holds other tables needs no header of its own.
                at[key] = self._kit.table(is_super_table=depth < len(path) - 2)
            at = at[key]
        at[path[-1]] = self._kit.item(value) if not isinstance(value, dict) else self._kit.table()

    def remove(self, path: Path) -> None:
        at: Any = self._document
        for key in path[:-1]:
            at = at.get(key)
            if not isinstance(at, dict):
                return
        if path[-1] in at:
            del at[path[-1]]
