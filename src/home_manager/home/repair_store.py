"""Damage in the store put right: from the configuration, which knows how most objects are made, and from manifests.

An object is made anew by its recipe or brought again by its provider. The tree of links of any generation, and the
generation itself, follow from its manifest, so those can be made even where the configuration says something else now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from home_manager.configuration.generation import Evaluated, generation_recipe
from home_manager.configuration.manifest_builder import files_recipe
from home_manager.diagnostics import Failure
from home_manager.home.collect_garbage import changing
from home_manager.home.home import Home
from home_manager.packages.providers import Progress
from home_manager.store import Damage, Recipes
from home_manager.store.garbage_collection import verify as verify_store
from home_manager.store.hashing import LENGTH
from home_manager.store.repair import close_again, missing_hashes, taken_away


@dataclass(frozen=True, slots=True)
class Repaired:
    """The paths that are right again, those that nothing is known to make from, and what went wrong with others."""

    repaired: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def repair(home: Home, damages: Sequence[Damage], configuration: Evaluated | None, progress: Progress) -> Repaired:
    """Put damaged objects right, as far as it is known how; what cannot be made anew stays as it is."""
    repaired: list[str] = []
    problems: list[str] = []
    with changing(home.layout, "home-manager verify --repair"), home.store as store:
        recipes = configuration.recipes if configuration is not None else Recipes(store.root)
        _add_generations(home, recipes)
        for damage in damages:
            if damage.kind == "writable":
                close_again(store, damage.path)
                repaired.append(damage.path)
        missing = missing_hashes(store)
        absent = [path for path in recipes if path.rpartition("/")[2][:LENGTH] in missing]
        changed = [
            damage.path for damage in damages if damage.kind == "changed" and recipes.get(damage.path) is not None
        ]
        incomplete = {damage.path for damage in damages if damage.kind == "incomplete"}
        with store.hold():
            for path in (*absent, *changed):
                try:
                    with taken_away(store, [path] if path in changed else ()):
                        home.make(recipes, configuration, [path], progress)
                except Failure as failed:
                    problems.append(f"`{path}`: {failed.diagnostic.message}")
        # What a second look finds in order has been put right, whatever we think that we did.
        still = {damage.path: damage.kind for damage in verify_store(store)}
        repaired += [path for path in (*absent, *changed, *incomplete) if path not in still and store.exists(path)]
        named = {store.root + "/" + hash for hash in missing_hashes(store)}
    return Repaired(tuple(dict.fromkeys(repaired)), (*sorted(still), *sorted(named)), tuple(problems))


def _add_generations(home: Home, recipes: Recipes) -> None:
    """The recipes of all generations and of their trees, as far as their manifests can be read."""
    for entry in home.profile.generations():
        try:
            manifest = home.generation_at(entry.path).manifest
        except Failure:
            continue
        for overlap in ("ignore", "error", "override"):
            files = recipes.add(files_recipe(manifest.files, overlap))
            recipes.add(generation_recipe(manifest, files))
