"""One command's work on one home: evaluate a configuration, build its generation, switch to it, go back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from home_manager import activation
from home_manager.activation import ACTIVATE, Layout, Report
from home_manager.authoring.catalogue import Catalogue
from home_manager.diagnostics import failure
from home_manager.generation import locating
from home_manager.generation.description import (
    check_assertions,
    files_recipe,
    manifest_of,
    preview_links,
    preview_sources,
)
from home_manager.generation.evaluating import evaluate_configuration, suite_of
from home_manager.generation.request import Request, SwitchOptions
from home_manager.manifest import Manifest, dump, load
from home_manager.modules import catalogue
from home_manager.nix.deep_stack import with_deep_stack
from home_manager.options.evaluation import Evaluation
from home_manager.packages import realise_packages
from home_manager.packages.providers import Progress, Provider
from home_manager.packages.providers.known import provider
from home_manager.packages.realise import mention_in
from home_manager.store import Files, Link, Lock, Pins, Profile, Recipes, Store

DEBIAN = "debian"
"""The provider that packages come from where nothing says otherwise."""

GENERATION = "home-manager-generation"
FORMAT = "1"
"""The layout of a generation, as the original numbers it."""


def _silent(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Configuration:
    """A configuration that was evaluated: what it wants, and where its tree of files and its generation will be."""

    evaluation: Evaluation
    manifest: Manifest
    files: str
    path: str

    @property
    def warnings(self) -> tuple[str, ...]:
        return self.manifest.warnings

    @property
    def options(self) -> Any:
        """The declared options, as module arguments show them."""
        return self.evaluation.options


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation in the store, with everything that it refers to; `notes` are what came up when it was built."""

    path: str
    manifest: Manifest
    notes: tuple[str, ...] = ()


class Session:
    """What a command works with. `trace` is given what the configuration prints with `builtins.trace`."""

    def __init__(self, request: Request, trace: Callable[[str], None] = _silent) -> None:
        self.request = request
        self.trace = trace
        self._layout: Layout | None = None
        self._recipes: Recipes | None = None

    # Where things are

    @property
    def layout(self) -> Layout:
        """The places of this home."""
        if self._layout is None:
            self._layout = locating.layout_of(self.request, self._home_of_configuration)
        return self._layout

    def _home_of_configuration(self) -> str:
        """The home directory that the configuration names; it must not depend on anything in the store."""
        unplaced = Recipes(locating.NO_STORE)
        evaluation = evaluate_configuration(
            self.request, unplaced, modules=self._modules, provider=self._provider, report=_silent
        )
        return str(with_deep_stack(lambda: evaluation.value("home.homeDirectory")))

    @cached_property
    def _modules(self) -> Catalogue:
        """What modules there are; below a root, two evaluations ask."""
        return catalogue()

    @property
    def profile(self) -> Profile:
        return Profile(self.layout.profiles)

    @property
    def store(self) -> Store:
        return Store(self.layout.store)

    @property
    def _provider(self) -> str:
        """The name of the provider that packages come from."""
        return self.request.provider or DEBIAN

    # From a configuration to a generation

    def evaluate(self) -> Configuration:
        """The configuration with everything that activation will ask of it; nothing is written."""
        if self.request.flake is not None:
            raise failure(
                "flakes-not-yet",
                f"the configuration `{self.request.flake}` is a flake, and flakes cannot be read yet",
                hints=("name a file with -f FILE: the module that the flake's `homeManagerConfiguration` lists",),
            )
        return with_deep_stack(self._evaluate)

    def _evaluate(self) -> Configuration:
        recipes = self._recipes = Recipes(str(self.layout.store))
        evaluation = evaluate_configuration(
            self.request,
            recipes,
            modules=self._modules,
            provider=self._provider,
            report=self.trace,
            home=self.layout.logical_home,
        )
        evaluation.ensure_valid()
        check_assertions(evaluation)
        manifest = manifest_of(evaluation, recipes, created_from=self.request.config or "")
        files = recipes.add(files_recipe(manifest.files, str(evaluation.value("home.fileOverlapResolution"))))
        return Configuration(evaluation, manifest, files, recipes.add(generation_recipe(manifest, files)))

    def build(self, configuration: Configuration, progress: Progress) -> Generation:
        """Makes the generation with everything that it refers to; packages are brought first."""
        recipes, store = self._recipes, self.store
        assert recipes is not None
        notes: tuple[str, ...] = ()
        if not store.exists(configuration.path):
            definitions = configuration.evaluation.definitions("home.packages")
            places = [each.span for each in definitions if each.span is not None]
            providers = {DEBIAN: self._debian(configuration, store)}
            brought = realise_packages(store, recipes, [configuration.path], providers, progress, mention_in(places))
            notes = tuple(warning for each in brought for warning in each.warnings)
            progress.stage("building the generation")
            store.realise(recipes, [configuration.path], lambda name, n, total: progress.advance(n, total, "", name))
        return Generation(configuration.path, configuration.manifest, notes)

    def _debian(self, configuration: Configuration, store: Store) -> Provider:
        """The provider of Debian packages; what the command line says goes before the configuration."""
        archive = self.request.archive or str(configuration.evaluation.value("home.packageProvider.debian.archive"))
        suite = suite_of(self.request, configuration.evaluation)
        return provider(DEBIAN, store, str(self.layout.cache), archive=archive, suite=suite)

    # From a generation to the home

    def switch(self, configuration: Configuration, wishes: SwitchOptions, progress: Progress) -> Report:
        """Builds the configuration and makes the home what it says. A dry run builds nothing either."""
        if wishes.dry_run and not self.store.exists(configuration.path):
            unbuilt = Generation(configuration.path, configuration.manifest)
            return self._activate(unbuilt, wishes, progress, preview=self._preview(configuration))
        with self._alone(wishes) as lock:
            return self._activate(self.build(configuration, progress), wishes, progress, lock=lock)

    def activate(self, generation: Generation, wishes: SwitchOptions, progress: Progress) -> Report:
        """Makes the home what a generation says that is built already."""
        with self._alone(wishes) as lock:
            return self._activate(generation, wishes, progress, lock=lock)

    def rollback(self, number: int | None, wishes: SwitchOptions, progress: Progress) -> Report:
        """Makes the home what an earlier generation says: the one before the current one, or a certain one."""
        entry = self.profile.previous() if number is None else self.profile.get(number)
        if entry is None:
            raise failure(
                "no-earlier-generation",
                "there is no generation to go back to",
                hints=("`home-manager generations` lists those that there are",),
            )
        with self._alone(wishes) as lock:
            return self._activate(self.generation_at(entry.path), wishes, progress, lock=lock, number=entry.number)

    @contextmanager
    def _alone(self, wishes: SwitchOptions) -> Iterator[Lock | None]:
        """The lock of the home, and the store kept from collecting; a dry run takes neither."""
        if wishes.dry_run:
            yield None
            return
        activation.check_writable(self.layout)
        with Lock(self.layout.lock, "home-manager switch") as lock, self.store as store, store.hold():
            yield lock

    def _preview(self, configuration: Configuration) -> dict[str, str]:
        """The links of a generation that is not built: target to text."""
        assert self._recipes is not None
        return preview_links(configuration.manifest, configuration.files, self._recipes)

    def sources(self, configuration: Configuration) -> dict[str, str]:
        """What every file of a configuration will hold, built or not: target to a path, which may be in the store."""
        assert self._recipes is not None
        return preview_sources(configuration.manifest, self._recipes)

    def _activate(
        self,
        generation: Generation,
        wishes: SwitchOptions,
        progress: Progress,
        *,
        lock: Lock | None = None,
        number: int | None = None,
        preview: dict[str, str] | None = None,
    ) -> Report:
        options = activation.Options(
            backup_extension=wishes.backup_extension or None,
            backup_command=wishes.backup_command or None,
            backup_overwrite=wishes.backup_overwrite,
            dry_run=wishes.dry_run,
            verbose=wishes.verbose,
            skip_sanity_checks="SKIP_SANITY_CHECKS" in os.environ or self.layout.root is not None,
            number=number,
            preview=preview,
            output=self.trace,
        )
        progress.stage("activating the generation")
        report = activation.activate(
            generation.manifest, generation.path, layout=self.layout, options=options, lock=lock
        )
        return replace(report, notes=(*generation.notes, *report.notes))

    # What is there

    def generation_at(self, path: str) -> Generation:
        """The generation in a directory, by its manifest."""
        real = os.path.realpath(path)
        try:
            with open(f"{real}/manifest.json", encoding="utf-8") as file:
                text = file.read()
        except OSError as error:
            raise failure(
                "not-a-generation",
                f"`{path}` is not a generation of this program",
                notes=(f"its manifest cannot be read: {error.strerror}",),
            ) from None
        return Generation(real, load(text))

    def current_manifest(self) -> Manifest | None:
        """What the generation in use says, or None where there is none."""
        current = self.profile.current
        return None if current is None else self.generation_at(current.path).manifest

    def pin(self, link: str, target: str) -> None:
        """Makes `link` point to a store path, and keeps the path as long as the link is there."""
        Pins(self.layout.pins).add(link, target)


def prepare(request: Request, trace: Callable[[str], None] = _silent) -> Session:
    """The session for a request."""
    return Session(request, trace)


def generation_recipe(manifest: Manifest, files: str) -> Files:
    """The recipe of a generation."""
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
    return Files(GENERATION, entries, frozenset(("activate",)))
