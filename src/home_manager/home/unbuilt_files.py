"""Files of a generation that is not built yet: the links that it will have, their sources, and contents as far as known."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace

from home_manager.manifest import Manifest
from home_manager.store import Copy, Recipes, Text


def links(manifest: Manifest, files: str, recipes: Recipes) -> dict[str, str]:
    """The links that a home gets of a tree of files that is not built: target to text."""
    return {target: f"{files}/{target}" for target in sources(links_only(manifest), recipes)}


def links_only(manifest: Manifest) -> Manifest:
    """A manifest without its real files."""
    return replace(manifest, files=tuple(entry for entry in manifest.files if entry.on_disk == "link"))


def certain_links(manifest: Manifest, files: str, recipes: Recipes) -> dict[str, str]:
    """`links` without what is not certain yet: what recursive directories hold that are not built."""
    found: dict[str, str] = {}
    for entry in links_only(manifest).files:
        if not entry.recursive:
            found[entry.target.text] = f"{files}/{entry.target}"
            continue
        one = replace(manifest, files=(entry,))
        leaves = [target for target in sources(one, recipes) if target != entry.target.text]
        found.update((target, f"{files}/{target}") for target in leaves)
    return found


class UnbuiltContents(Mapping[str, bytes | None]):
    """What files will hold whose source is not in the store yet, by target; None where only building it will tell.

    There may be thousands, and few are ever asked for: each is read when it is.
    """

    __slots__ = ("_recipes", "_sources")

    def __init__(self, sources: Mapping[str, str], recipes: Recipes) -> None:
        self._sources, self._recipes = sources, recipes

    def __getitem__(self, target: str) -> bytes | None:
        source = self._sources[target]
        if os.path.exists(source):
            raise KeyError(target)
        return _content(source, self._recipes)

    def __contains__(self, target: object) -> bool:
        return isinstance(target, str) and target in self._sources and not os.path.exists(self._sources[target])

    def __iter__(self) -> Iterator[str]:
        return (target for target in self._sources if target in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def contents(manifest: Manifest, recipes: Recipes) -> UnbuiltContents:
    """The contents of the files of a manifest that is not built."""
    return UnbuiltContents(sources(manifest, recipes), recipes)


def _content(source: str, recipes: Recipes) -> bytes | None:
    """The bytes of a text, or of a file that will be copied."""
    if not source.startswith(recipes.prefix):
        return None
    name, _, below = source[len(recipes.prefix) :].partition("/")
    recipe = recipes.get(recipes.prefix + name)
    if isinstance(recipe, Text) and recipe.destination.strip("/") == below:
        return recipe.text.encode("utf-8", "surrogateescape")
    if isinstance(recipe, Copy):
        try:
            with open(os.path.join(os.path.realpath(recipe.source), below) if below else recipe.source, "rb") as file:
                return file.read()
        except OSError:
            return None
    return None


def sources(manifest: Manifest, recipes: Recipes) -> dict[str, str]:
    """What a home's files come from, before they are built: target to the path of its content.

    What a recursive directory holds is known where it is copied into the store or lies outside of it.
    """
    found: dict[str, str] = {}
    for entry in manifest.files:
        recipe = recipes.get(entry.source)
        if entry.recursive and isinstance(recipe, Copy) and recipe.listing.kind == "directory":
            found.update((f"{entry.target}/{leaf}", f"{entry.source}/{leaf}") for leaf in recipe.listing.leaves())
        else:
            found[entry.target.text] = entry.source
    return found
