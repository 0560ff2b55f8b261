"""What evaluation adds to the store: copies and texts become recipes, and nothing is written yet."""

from __future__ import annotations

from collections.abc import Sequence

from home_manager.nix.io import NixIO, PathFilter
from home_manager.store import Recipes, Text


class EvaluationObjects:
    """The store as the evaluator sees it: a path is known at once, the object is made when something needs it."""

    __slots__ = ("_recipes",)

    def __init__(self, recipes: Recipes) -> None:
        self._recipes = recipes

    def copy(self, io: NixIO, path: str, name: str, filter: PathFilter | None, *, flat: bool = False) -> str:
        """The store path for a copy of a file or directory; files are not told apart by how they are hashed."""
        return self._recipes.copy(name, path, filter, link=True)

    def text(self, name: str, text: str, references: Sequence[str]) -> str:
        """The store path for a text; what it refers to is found in the text itself."""
        return self._recipes.add(Text(name, text))
