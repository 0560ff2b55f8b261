"""Generations as recipes: the one place where an evaluated configuration becomes a store path.

`home-manager switch` builds what `evaluated` says, and a flake's `activationPackage.outPath` is the same path. Whatever
enters the recipe enters its hash, so a generation says nothing of where its configuration lay or who made it: that is
`home.generation_metadata`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from home_manager.configuration.flake.source_locations import text_where_it_lies
from home_manager.configuration.manifest_builder import checked, doubts_of, files_recipe, manifest_of, old_names_of
from home_manager.configuration.specialisations import no_variant, variants_of
from home_manager.diagnostics import Diagnostic, Failure
from home_manager.manifest import Manifest, dump
from home_manager.options.eval_modules import Evaluation
from home_manager.store import Completed, Files, Link, Recipes

GENERATION = "home-manager-generation"
FORMAT = "1"
"""The layout of a generation, as the original numbers it."""

ACTIVATE = """\
#!/bin/sh
# Activates the generation that this file is part of. Arguments are passed on to `home-manager activate`.
# HOME_MANAGER names the program, where it is not the `home-manager` of PATH.
set -eu
here=$(readlink -f -- "$0")
exec "${HOME_MANAGER:-home-manager}" activate "${here%/*}" "$@"
"""
"""The `activate` script of a generation: a door for whoever starts a generation by its path."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """An evaluated configuration: its manifest, the path that its generation will have, and the recipes to build it by.

    `files` is the tree of links. `specialisations` are its variants by name; `warnings` name files where they lie, and so
    do those about `old_names`; `doubts` are mistakes in what nothing reads.
    """

    evaluation: Evaluation
    recipes: Recipes
    manifest: Manifest
    files: str
    path: str
    specialisations: Mapping[str, Evaluated] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    old_names: tuple[str, ...] = ()
    doubts: tuple[Diagnostic, ...] = ()

    def variant(self, name: str) -> Evaluated:
        """The variant of that name, or the configuration itself where the name is empty."""
        if not name:
            return self
        if name not in self.specialisations:
            raise no_variant(name, self.specialisations)
        return self.specialisations[name]

    @property
    def options(self) -> Any:
        """The declared options, as module arguments show them."""
        return self.evaluation.options


def evaluated(evaluation: Evaluation, recipes: Recipes) -> Evaluated:
    """The configuration with all of its variants, checked; a mistake in a variant says which one it is in."""

    def read() -> tuple[Manifest, str, str]:
        manifest = manifest_of(evaluation, recipes)
        files = recipes.add(files_recipe(manifest.files, str(evaluation.value("home.fileOverlapResolution"))))
        return manifest, files, str(evaluation.value("home.extraBuilderCommands"))

    manifest, files, commands = checked(evaluation, recipes, read)
    variants: dict[str, Evaluated] = {}
    for name, variant in variants_of(evaluation).items():
        try:
            variants[name] = evaluated(variant, recipes)
        except Failure as failed:
            failed.add_frame(f"while evaluating the specialisation `{name}`")
            raise
    links = {name: variant.path for name, variant in variants.items()}
    path = recipes.add(generation_recipe(manifest, files, links))
    if commands.strip():
        path = recipes.add(Completed(path, GENERATION, commands))
    placed = old_names_of(evaluation)
    warnings = tuple(text_where_it_lies(text, recipes) for text in manifest.warnings if text not in placed)
    old_names = tuple(text_where_it_lies(text, recipes) for text in placed.values())
    return Evaluated(
        evaluation, recipes, manifest, files, path, variants, warnings, old_names, doubts_of(evaluation, recipes)
    )


def generation_recipe(manifest: Manifest, files: str, specialisations: Mapping[str, str] | None = None) -> Files:
    """The recipe of a generation; `specialisations` are the generations of its variants by name."""
    entries: dict[str, str | Link] = {
        "manifest.json": dump(manifest),
        "activate": ACTIVATE,
        "bin/home-manager-generation": Link("activate", "../activate"),
        "gen-version": FORMAT + "\n",
        "hm-version": manifest.meta.tool_version + "\n",
        "home-files": Link("files", files),
    }
    if manifest.home_path is not None:
        entries["home-path"] = Link("path", manifest.home_path)
    for name, path in (specialisations or {}).items():
        entries[f"specialisation/{name}"] = Link("specialisation", path)
    return Files(GENERATION, entries, frozenset(("activate",)))
