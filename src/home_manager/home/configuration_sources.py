"""What a configuration was read from, so that no switch takes it for a file in the way."""

from __future__ import annotations

import os
from collections.abc import Iterator

from home_manager.activation import Layout
from home_manager.activation.protected_sources import Sources, Tree
from home_manager.store import Copy, Link, Recipes


def sources_of(recipes: Recipes, layout: Layout) -> Sources:
    """The files that an evaluation has read or will copy, those that links lead to out of the store, and its trees."""
    home = os.path.realpath(layout.home)
    files = {spelled for path in recipes.read for spelled in _spellings(path)}
    trees: list[Tree] = []
    for path in recipes:
        recipe = recipes.get(path)
        if isinstance(recipe, Copy):
            files.update(_spellings(recipe.source))
            if recipe.listing.kind == "directory":
                trees.append(Tree(os.path.realpath(recipe.source)))
        elif (
            isinstance(recipe, Link) and recipe.target.startswith("/") and not recipe.target.startswith(recipes.prefix)
        ):
            files.update(_spellings(recipe.target))
    trees += [Tree(os.path.realpath(each.tree.directory), each.tree.accepts) for each in recipes.trees]
    # Of a tree that holds the home, only what it lists is a source: else all of the home would be.
    return Sources(
        frozenset(files), tuple(t for t in trees if t.accepts or not f"{home}/".startswith(f"{t.directory}/"))
    )


def _spellings(path: str) -> Iterator[str]:
    """A path with the links above it resolved, and with all of them."""
    directory, name = os.path.split(os.path.abspath(path))
    yield os.path.join(os.path.realpath(directory), name)
    yield os.path.realpath(path)
