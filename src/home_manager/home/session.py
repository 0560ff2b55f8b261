"""One command's work on one home: evaluate a configuration, build its generation, switch to it, go back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from home_manager import activation
from home_manager.activation import ACTIVATE, Decision, Layout, Report
from home_manager.authoring.catalogue import Catalogue
from home_manager.configuration.context import check_system
from home_manager.configuration.evaluate import evaluate_configuration, provider_of, suite_of
from home_manager.configuration.flake.source_locations import text_where_it_lies, where_it_lies
from home_manager.configuration.manifest_builder import (
    certain_links,
    checked,
    doubts_of,
    files_recipe,
    manifest_of,
    preview_contents,
    preview_links,
    preview_sources,
)
from home_manager.configuration.request import Request, SwitchOptions
from home_manager.configuration.specialisations import no_variant, variants_in, variants_of
from home_manager.diagnostics import Diagnostic, Failure, failure
from home_manager.home import locate
from home_manager.home.generation_metadata import remark_now, remarks, write
from home_manager.manifest import Manifest, dump, load
from home_manager.modules import catalogue
from home_manager.nix.deep_stack import with_deep_stack
from home_manager.nix.lowering.ir_cache import ParsedFiles
from home_manager.options.eval_modules import Evaluation
from home_manager.packages import realise_packages
from home_manager.packages.providers import Progress, Provider
from home_manager.packages.providers.known import provider
from home_manager.packages.realise import mention_in
from home_manager.store import Completed, Files, Link, Lock, Pins, Profile, Recipes, Store

GENERATION = "home-manager-generation"
FORMAT = "1"
"""The layout of a generation, as the original numbers it."""


def _silent(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Configuration:
    """A configuration that was evaluated: what it wants, and where its tree of files and its generation will be.

    `specialisations` are its variants by name; `warnings` name files where they lie.
    """

    evaluation: Evaluation
    manifest: Manifest
    files: str
    path: str
    specialisations: Mapping[str, Configuration] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    doubts: tuple[Diagnostic, ...] = ()

    def variant(self, name: str) -> Configuration:
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


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation in the store, with everything that it refers to; `notes` are what came up when it was built."""

    path: str
    manifest: Manifest
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Begun:
    """An evaluation of which nothing was asked yet, what it wants in the store, and the cache that it reads."""

    evaluation: Evaluation
    recipes: Recipes
    parsed: ParsedFiles


class _Held:
    """Passes on what is reported from the moment on at which it is known that it shall be."""

    def __init__(self, report: Callable[[str], None]) -> None:
        self._report = report
        self._held: list[str] | None = []

    def __call__(self, text: str) -> None:
        if self._held is None:
            self._report(text)
        else:
            self._held.append(text)

    def release(self) -> None:
        """Reports what was held back, and from now on everything at once."""
        held, self._held = self._held or [], None
        for text in held:
            self._report(text)


class Session:
    """What a command works with.

    `trace` is given what the configuration prints with `builtins.trace`, a message at a time; `output` what the steps
    of an activation print, in pieces as it comes.
    """

    def __init__(
        self, request: Request, trace: Callable[[str], None] = _silent, output: Callable[[str], None] = _silent
    ) -> None:
        self.request = request
        self.trace = trace
        self.output = output
        self._layout: Layout | None = None
        self._recipes: Recipes | None = None
        self._begun: _Begun | None = None

    # Where things are

    @property
    def layout(self) -> Layout:
        """The places of this home."""
        if self._layout is None:
            self._layout = locate.layout_of(self.request, self._home_of_configuration)
        return self._layout

    def _home_of_configuration(self) -> str:
        """The home directory that the configuration names; it must not depend on anything in the store.

        The store's place depends on it. So the evaluation begins with the home that it probably is, and goes on if it
        is that one; else it is begun anew. A flake is only asked, since it writes its lock file when it is evaluated.
        """
        assert self.request.root is not None
        held = _Held(self.trace)
        probable = Layout.resolve(locate.probable_home(self.request.root), root=self.request.root)
        asked = self.request.flake is not None
        recipes = Recipes(locate.NO_STORE if asked else str(probable.store))
        request = replace(self.request, warn=_silent, read_only=True) if asked else self.request
        begun = self._begin(recipes, probable.logical_home, ParsedFiles(str(probable.cache)), held, request)

        def home() -> str:
            try:
                return str(begun.evaluation.value("home.homeDirectory"))
            except Failure as problem:
                # Said with everything else that is wrong.
                checked(
                    begun.evaluation,
                    begun.recipes,
                    lambda: manifest_of(begun.evaluation, begun.recipes, created_from=""),
                )
                raise problem from None

        try:
            found = with_deep_stack(home)
        except Failure as failed:
            if not asked:
                held.release()
            raise where_it_lies(failed, begun.recipes) from failed
        if found == probable.logical_home and not asked:
            held.release()
            self._begun = begun
        return found

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

    # From a configuration to a generation

    def evaluate(self) -> Configuration:
        """The configuration with everything that activation will ask of it; nothing is written."""
        try:
            return with_deep_stack(self._evaluate)
        except Failure as failed:
            raise where_it_lies(failed, self._recipes) from failed

    def _evaluate(self) -> Configuration:
        begun = self._beginning()
        try:
            return self._described(begun.evaluation, begun.recipes)
        finally:
            if not self.request.read_only:
                begun.parsed.save()

    def unchecked(self) -> Evaluation:
        """The evaluation of the configuration as it begins: nothing is computed yet, and nothing was looked for wrong."""
        return self._beginning().evaluation

    def _beginning(self) -> _Begun:
        """An evaluation in this home, or the one that was begun to find out which it is."""
        layout = self.layout
        begun, self._begun = self._begun, None
        if begun is None:
            recipes, parsed = Recipes(str(layout.store)), ParsedFiles(str(layout.cache))
            begun = self._begin(recipes, layout.logical_home, parsed, self.trace)
        self._recipes = begun.recipes
        return begun

    def _begin(
        self,
        recipes: Recipes,
        home: str,
        parsed: ParsedFiles,
        report: Callable[[str], None],
        request: Request | None = None,
    ) -> _Begun:
        evaluation = evaluate_configuration(
            request or self.request,
            recipes,
            modules=self._modules,
            report=report,
            home=home,
            parsed=parsed,
        )
        return _Begun(evaluation, recipes, parsed)

    @property
    def recipes(self) -> Recipes:
        """What the evaluation wants in the store."""
        assert self._recipes is not None
        return self._recipes

    def _described(self, evaluation: Evaluation, recipes: Recipes) -> Configuration:
        """The configuration with all of its variants; the mistakes in one of those say so."""

        def read() -> tuple[Manifest, str, str]:
            manifest = manifest_of(evaluation, recipes, created_from=self.request.config or self.request.flake or "")
            files = recipes.add(files_recipe(manifest.files, str(evaluation.value("home.fileOverlapResolution"))))
            return manifest, files, str(evaluation.value("home.extraBuilderCommands"))

        manifest, files, commands = checked(evaluation, recipes, read)
        variants: dict[str, Configuration] = {}
        for name, variant in variants_of(evaluation).items():
            try:
                variants[name] = self._described(variant, recipes)
            except Failure as failed:
                failed.add_frame(f"while evaluating the specialisation `{name}`")
                raise
        links = {name: variant.path for name, variant in variants.items()}
        path = recipes.add(generation_recipe(manifest, files, links))
        if commands.strip():
            path = recipes.add(Completed(path, GENERATION, commands))
        warnings = tuple(text_where_it_lies(text, recipes) for text in manifest.warnings)
        return Configuration(evaluation, manifest, files, path, variants, warnings, doubts_of(evaluation, recipes))

    def build(self, configuration: Configuration, progress: Progress) -> Generation:
        """Makes the generation with everything that it refers to; packages are brought first."""
        check_system(configuration.evaluation)
        recipes, store = self._recipes, self.store
        assert recipes is not None
        notes: tuple[str, ...] = ()
        if not store.exists(configuration.path):
            notes = self.make(recipes, configuration, [configuration.path], progress)
        return Generation(configuration.path, configuration.manifest, notes)

    def make(
        self, recipes: Recipes, configuration: Configuration | None, paths: Sequence[str], progress: Progress
    ) -> tuple[str, ...]:
        """Makes store objects with all that they need, packages first; without a configuration nothing is brought."""
        notes: tuple[str, ...] = ()
        store = self.store
        if configuration is not None:
            definitions = configuration.evaluation.definitions("home.packages")
            places = [each.span for each in definitions if each.span is not None]
            name = provider_of(self.request, configuration.evaluation)
            providers = {name: self._provider(name, configuration, store)}
            brought = realise_packages(store, recipes, paths, providers, progress, mention_in(places))
            notes = tuple(warning for each in brought for warning in each.warnings)
        progress.stage("building the generation")
        store.realise(recipes, paths, lambda name, n, total: progress.advance(n, total, "", name))
        return notes

    def _provider(self, name: str, configuration: Configuration, store: Store) -> Provider:
        """The provider of packages; what the command line says goes before the configuration."""
        archive = self.request.archive or str(configuration.evaluation.value("home.packageProvider.debian.archive"))
        suite = suite_of(self.request, configuration.evaluation)
        return provider(name, store, str(self.layout.cache), archive=archive, suite=suite)

    # From a generation to the home

    def switch(self, configuration: Configuration, wishes: SwitchOptions, progress: Progress) -> Report:
        """Builds the configuration and makes the home what it says. A dry run builds nothing either."""
        if wishes.dry_run and not self.store.exists(configuration.path):
            unbuilt = Generation(configuration.path, configuration.manifest)
            links, contents = self.preview_links(configuration), self.contents(configuration)
            return self._activate(unbuilt, wishes, progress, preview=links, contents=contents)
        with self._alone(wishes) as lock:
            decisions = self._preflight(configuration, wishes)
            built = self.build(configuration, progress)
            return self._activate(built, wishes, progress, lock=lock, decisions=decisions)

    def _preflight(self, configuration: Configuration, wishes: SwitchOptions) -> Mapping[str, Decision]:
        """Everything in the way is said, or asked about, before packages are brought: what the user decided."""
        if self.store.exists(configuration.path):
            # There is nothing to bring, and the switch looks at once.
            return {}
        assert self._recipes is not None
        manifest = configuration.manifest
        links = certain_links(manifest, configuration.files, self._recipes)
        options = replace(self.options(wishes), contents=self.contents(configuration))
        return activation.preflight(manifest, links, self.layout, options).decisions

    def activate(
        self,
        generation: Generation,
        wishes: SwitchOptions,
        progress: Progress,
        condition: Callable[[], None] = lambda: None,
    ) -> Report:
        """Makes the home what a generation says that is built already; unless the `condition`, under the lock, fails."""
        with self._alone(wishes) as lock:
            condition()
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
        generation, found = self.generation_at(entry.path), entry.number
        if wishes.specialisation:
            return self.activate(self._variant(generation, wishes.specialisation), wishes, progress)
        with self._alone(wishes) as lock:
            return self._activate(generation, wishes, progress, lock=lock, number=found)

    def _variant(self, generation: Generation, name: str) -> Generation:
        """The variant of a generation that is built."""
        names = variants_in(generation.path)
        if name not in names:
            raise no_variant(name, names, "generation")
        return self.generation_at(f"{generation.path}/specialisation/{name}")

    @contextmanager
    def _alone(self, wishes: SwitchOptions) -> Iterator[Lock | None]:
        """The lock of the home, and the store kept from collecting; a dry run takes neither."""
        if wishes.dry_run:
            yield None
            return
        activation.check_writable(self.layout)
        with Lock(self.layout.lock, "home-manager switch") as lock, self.store as store, store.hold():
            yield lock

    def preview_links(self, configuration: Configuration) -> dict[str, str]:
        """The links of a generation that is not built: target to text."""
        assert self._recipes is not None
        return preview_links(configuration.manifest, configuration.files, self._recipes)

    def sources(self, configuration: Configuration) -> dict[str, str]:
        """What every file of a configuration will hold, built or not: target to a path, which may be in the store."""
        assert self._recipes is not None
        return preview_sources(configuration.manifest, self._recipes)

    def contents(self, configuration: Configuration) -> Mapping[str, bytes | None]:
        """What files will hold whose source is not built yet: target to bytes, None where nobody knows."""
        assert self._recipes is not None
        return preview_contents(configuration.manifest, self._recipes)

    def _activate(
        self,
        generation: Generation,
        wishes: SwitchOptions,
        progress: Progress,
        *,
        lock: Lock | None = None,
        number: int | None = None,
        preview: dict[str, str] | None = None,
        contents: Mapping[str, bytes | None] | None = None,
        decisions: Mapping[str, Decision] | None = None,
    ) -> Report:
        options = replace(
            self.options(wishes), number=number, preview=preview, contents=contents, decisions=decisions or {}
        )
        progress.stage("activating the generation")
        report = activation.activate(
            generation.manifest, generation.path, layout=self.layout, options=options, lock=lock
        )
        if not wishes.dry_run and number is None and (report.new or wishes.message):
            self._remember(report.generation, wishes)
        return replace(report, notes=(*generation.notes, *report.notes))

    def _remember(self, number: int, wishes: SwitchOptions) -> None:
        """Keeps a remark about a generation that was just switched to."""
        entry = self.profile.get(number)
        # A generation that is come back to keeps the message that it had.
        message = wishes.message or remarks(self.layout, [entry])[number].message
        source = self.request.flake or self.request.config or ""
        remark = remark_now(source, message=message, specialisation=wishes.specialisation)
        write(self.layout, replace(remark, number=number, path=entry.path))

    def options(self, wishes: SwitchOptions) -> activation.Options:
        """How to activate, from what was asked for."""
        return activation.Options(
            backup_extension=wishes.backup_extension or None,
            backup_command=wishes.backup_command or None,
            backup_overwrite=wishes.backup_overwrite,
            dry_run=wishes.dry_run,
            verbose=wishes.verbose,
            skip_sanity_checks="SKIP_SANITY_CHECKS" in os.environ or self.layout.root is not None,
            output=self.output,
            ask=None if wishes.dry_run else wishes.ask,
        )

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


def prepare(
    request: Request, trace: Callable[[str], None] = _silent, output: Callable[[str], None] = _silent
) -> Session:
    """The session for a request; see `Session` for what both are given."""
    return Session(request, trace, output)


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
