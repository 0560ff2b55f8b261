"""A home, and what is done to it: a configuration is built and switched to, and generations are gone back to."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from typing import cast

from home_manager import activation
from home_manager.activation import Decision, Layout, Report
from home_manager.activation.protected_sources import Sources
from home_manager.configuration.context import check_system
from home_manager.configuration.evaluate import Begun, ConfigurationEvaluator, Places
from home_manager.configuration.generation import Evaluated
from home_manager.configuration.request import Request
from home_manager.configuration.specialisations import no_variant, variants_in
from home_manager.diagnostics import Failure, failure
from home_manager.home import unbuilt_files
from home_manager.home.configuration_sources import sources_of
from home_manager.home.generation_metadata import metadata_now, metadata_of, write
from home_manager.home.locate import layout_of
from home_manager.home.switch_options import SwitchOptions
from home_manager.manifest import Manifest, load
from home_manager.packages.package_lock import PackageLock
from home_manager.packages.providers import Progress, Provider
from home_manager.packages.providers.registry import make_provider, provider_order
from home_manager.packages.realise import (
    PackageSources,
    lacking_recipes,
    lock_needed,
    needed_keys,
    not_in_lock,
    realise_packages,
    reference_finder,
)
from home_manager.store import GenerationEntry, Lock, Pins, Profile, Recipes, Store
from home_manager.values import Value
from home_manager.values.lazy import force

ROUNDS = 4
"""How often a configuration is evaluated anew because packages that were locked brought others; twice is usual."""


UNREACHABLE = ("archive-unreachable", "offline")
"""Codes of failures after which a dry run can go on: it only needs to know which packages there are."""


def _silent(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation in the store, with everything that it refers to; `notes` are what came up when it was built."""

    path: str
    manifest: Manifest
    notes: tuple[str, ...] = ()


class Home:
    """A home with its profile and store, and the evaluator of the configuration that is for it.

    `locate` finds the places of the home. Below a root the configuration names them, so that is evaluated for it: not
    before a command asks, which has said by then that it evaluates. `output` is given what the steps of an activation
    print, in pieces as it comes.
    """

    def __init__(
        self,
        locate: Callable[[], Layout],
        configuration: ConfigurationEvaluator,
        output: Callable[[str], None] = _silent,
    ) -> None:
        self._locate = locate
        self.configuration = configuration
        self.output = output

    @cached_property
    def layout(self) -> Layout:
        """The places of this home."""
        return self._locate()

    @property
    def request(self) -> Request:
        """What the user asked for."""
        return self.configuration.request

    @property
    def profile(self) -> Profile:
        return Profile(self.layout.profiles)

    @property
    def store(self) -> Store:
        return Store(self.layout.store)

    # From a configuration to a generation

    def evaluate(self) -> Evaluated:
        """The configuration with everything that activation will ask of it."""
        return self.configuration.evaluate(places_of(self.layout))

    def evaluate_locked(self, progress: Progress) -> Evaluated:
        """The configuration with an entry of the lock for every package that it needs; the lock is only written by `keep_lock`.

        What a package is decides about its path, and its version may decide about others: so the configuration is
        evaluated again with what was locked.
        """
        configuration = self.evaluate()
        home_lock = self.configuration.lock_in(places_of(self.layout))
        for _ in range(ROUNDS):
            system = str(configuration.evaluation.value("nixpkgs.system"))
            old = home_lock.of(system)
            try:
                new = self._locked(configuration, old, progress)
            except Failure as problem:
                if not self.request.read_only or problem.diagnostic.code not in UNREACHABLE:
                    raise
                self.request.warn(
                    f"{problem.diagnostic.message}: packages that are not locked yet are shown without versions"
                )
                return configuration
            if new is old:
                break
            home_lock.set(system, new)
            if all(old.get(key) == entry for key, entry in new.packages.items()):
                break
            configuration = self.evaluate()
        return configuration

    def _locked(self, configuration: Evaluated, lock: PackageLock, progress: Progress) -> PackageLock:
        wishes = self.request.locking
        mention = reference_finder(
            (each.span for each in configuration.evaluation.definitions("home.packages") if each.span is not None),
            configuration.evaluation.sources,
        )
        roots, sources = [configuration.path], self.package_sources(configuration)
        if wishes.frozen:
            missing = [key for key in needed_keys(configuration.recipes, roots) if lock.get(key) is None]
            if missing:
                raise not_in_lock(missing, self.configuration.lock_in(places_of(self.layout)).path)
            return lock
        return lock_needed(
            lock,
            configuration.recipes,
            roots,
            sources,
            progress,
            mention,
            skip_missing=self.request.skip_missing,
        )

    def package_sources(self, configuration: Evaluated) -> PackageSources:
        """Where this configuration's packages come from; what the command line says goes before the configuration."""
        evaluation, request = configuration.evaluation, self.request
        given = cast(Mapping[str, Value], evaluation.value("home.packageProviders"))
        chosen = {
            name: tuple(str(force(each)) for each in cast(Sequence[Value], force(names)))
            for name, names in given.items()
        }
        order = provider_order((request.provider,) if request.provider else chosen.pop("default", ()))
        for names in chosen.values():
            provider_order(names)
        options = {
            name: {key: force(value) for key, value in cast(Mapping[str, Value], force(group)).items()}
            for name, group in cast(Mapping[str, Value], evaluation.value("home.packageProvider")).items()
        }
        flags = {"archive": request.archive, "suite": request.suite}
        options["debian"] |= {name: value for name, value in flags.items() if value}
        system = str(evaluation.value("nixpkgs.system"))

        @cache
        def provider(name: str) -> Provider:
            return make_provider(name, self.store, str(self.layout.cache), system, options)

        return PackageSources(provider, order, {} if request.provider else chosen)

    def begin(self) -> Begun:
        """The evaluation of the configuration as it begins: nothing is computed yet, and nothing was looked for wrong."""
        return self.configuration.begin(places_of(self.layout))

    def build(self, configuration: Evaluated, progress: Progress) -> Generation:
        """Makes the generation with everything that it refers to; packages are fetched first."""
        check_system(configuration.evaluation)
        notes: tuple[str, ...] = ()
        if not self.store.exists(configuration.path):
            notes = self.make(configuration.recipes, configuration, [configuration.path], progress)
        return Generation(configuration.path, configuration.manifest, notes)

    def make(
        self, recipes: Recipes, configuration: Evaluated | None, paths: Sequence[str], progress: Progress
    ) -> tuple[str, ...]:
        """Makes store objects with all that they need, packages first; without a configuration nothing is brought."""
        notes: tuple[str, ...] = ()
        store = self.store
        if configuration is not None:
            made = realise_packages(store, recipes, paths, self.package_sources(configuration), progress)
            notes = (
                *(warning for each in made for warning in each.warnings),
                *(f"`{key}` is left out: no provider has it" for key in sorted(lacking_recipes(recipes))),
            )
        progress.stage("building the generation")
        store.realise(recipes, paths, lambda name, n, total: progress.advance(n, total, "", name))
        return notes

    # From a generation to the home

    def switch(self, configuration: Evaluated, wishes: SwitchOptions, progress: Progress) -> Report:
        """Builds the configuration and makes the home what it says. A dry run builds nothing either."""
        if wishes.dry_run and not self.store.exists(configuration.path):
            unbuilt = Generation(configuration.path, configuration.manifest)
            manifest, recipes = configuration.manifest, configuration.recipes
            links = unbuilt_files.links(manifest, configuration.files, recipes)
            contents = unbuilt_files.contents(manifest, recipes)
            return self._activate(
                unbuilt, wishes, progress, preview=links, contents=contents, recipes=configuration.recipes
            )
        with self._alone(wishes) as lock:
            decisions = self._preflight(configuration, wishes)
            built = self.build(configuration, progress)
            report = self._activate(
                built, wishes, progress, lock=lock, decisions=decisions, recipes=configuration.recipes
            )
        try:
            self.keep_lock()
        except Failure as problem:
            # The home is what it shall be; only the next switch will not know which versions these are.
            return replace(report, notes=(*report.notes, problem.diagnostic.message, *problem.diagnostic.hints))
        return report

    def keep_lock(self) -> None:
        """Writes what was locked for the configuration beside it, unless the command line says not to."""
        if not self.request.locking.no_write:
            self.configuration.lock_in(places_of(self.layout)).write()

    def _preflight(self, configuration: Evaluated, wishes: SwitchOptions) -> Mapping[str, Decision]:
        """Everything in the way is said, or asked about, before packages are brought: what the user decided."""
        if self.store.exists(configuration.path):
            # There is nothing to bring, and the switch looks at once.
            return {}
        manifest, recipes = configuration.manifest, configuration.recipes
        links = unbuilt_files.certain_links(manifest, configuration.files, recipes)
        options = replace(self.options(wishes, recipes), contents=unbuilt_files.contents(manifest, recipes))
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
        self._earlier(number)
        with self._alone(wishes) as lock:
            # Which generations there are may have changed until the home was locked.
            entry = self._earlier(number)
            generation = self.generation_at(entry.path)
            if wishes.specialisation:
                return self._activate(self._variant(generation, wishes.specialisation), wishes, progress, lock=lock)
            return self._activate(generation, wishes, progress, lock=lock, number=entry.number)

    def _earlier(self, number: int | None) -> GenerationEntry:
        """The generation to go back to."""
        entry = self.profile.previous() if number is None else self.profile.get(number)
        if entry is None:
            raise failure(
                "no-earlier-generation",
                "there is no generation to go back to",
                hints=("`home-manager generations` lists those that there are",),
            )
        return entry

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
        recipes: Recipes | None = None,
    ) -> Report:
        options = replace(
            self.options(wishes, recipes), number=number, preview=preview, contents=contents, decisions=decisions or {}
        )
        with self.store as store:
            store.check(generation.path)
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
        message = wishes.message or metadata_of(self.layout, [entry])[number].message
        source = self.request.flake or self.request.config or ""
        metadata = metadata_now(source, message=message, specialisation=wishes.specialisation)
        write(self.layout, replace(metadata, number=number, path=entry.path))

    def options(self, wishes: SwitchOptions, recipes: Recipes | None = None) -> activation.Options:
        """How to activate, from what was asked for; `recipes` are those of the configuration, where one was read."""
        return activation.Options(
            backup_extension=wishes.backup_extension or None,
            backup_command=wishes.backup_command or None,
            backup_overwrite=wishes.backup_overwrite,
            dry_run=wishes.dry_run,
            verbose=wishes.verbose,
            skip_sanity_checks="SKIP_SANITY_CHECKS" in os.environ or self.layout.root is not None,
            output=self.output,
            # Asked for where something is in the way.
            sources=Sources if recipes is None else cache(partial(sources_of, recipes, self.layout)),
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


def open_home(
    request: Request, trace: Callable[[str], None] = _silent, output: Callable[[str], None] = _silent
) -> Home:
    """The home that a request is about; see `ConfigurationEvaluator` and `Home` for what the others are given."""
    configuration = ConfigurationEvaluator(request, trace)

    def named(probable: Layout) -> str:
        return configuration.home_directory(places_of(probable))

    return Home(lambda: layout_of(request, named), configuration, output)


def places_of(layout: Layout) -> Places:
    """What an evaluation has to know of a home."""
    layout.check()
    return Places(str(layout.logical_home), str(layout.store), str(layout.cache), str(layout.state))
