"""The way out: everything that was put into a home is taken away again, and then what was kept for it."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

from home_manager import __version__, activation
from home_manager.activation import Layout, ReplacedFiles, Report, System
from home_manager.configuration.generation import generation_recipe
from home_manager.configuration.manifest_builder import files_recipe
from home_manager.diagnostics import Failure, failure
from home_manager.home import ejected_home, generation_metadata, plan_pins
from home_manager.home.collect_garbage import changing, roots
from home_manager.home.home import Home
from home_manager.manifest import Manifest, Meta
from home_manager.packages.providers import Progress
from home_manager.store import Lock, Pins, Profile, Recipes, Store
from home_manager.store.garbage_collection import collect

NAMED = 50
"""How many things that switches took and that cannot be given back are named."""


@dataclass(frozen=True, slots=True)
class Uninstalled:
    """What was taken away: the files of the home by its `report`, and `generations`, how many there were.

    `notes` name what was left. In a dry run nothing was.
    """

    report: Report
    generations: int
    notes: tuple[str, ...] = ()


def uninstall(home: Home, progress: Progress, *, dry_run: bool = False) -> Uninstalled:
    """Removes our links, the profile, all generations and the store; files of the user's own stay as they are, and what
    switches took from the user is in its place again.

    The home is first switched to a generation without anything, as one transaction; a crash after it leaves a home
    without our files, and the command can be given again.
    """
    layout, profile = home.layout, home.profile
    before = profile.generations()
    if profile.current is None and (before or not os.path.isdir(layout.store)):
        raise failure(
            "no-generation",
            "there is nothing to uninstall: no generation is in use in this home",
            hints=("`home-manager generations` lists those that there are",),
        )
    if dry_run:
        report = _emptied(home)
        # What is said of the pointer speaks of the generation without anything, which is never seen.
        return Uninstalled(replace(report, planned=report.planned[:-1]), len(before))
    with changing(layout, "home-manager uninstall") as (lock, recovered):
        report = Report()
        if profile.current is not None:
            progress.stage("taking the files away")
            with Store(layout.store) as store, store.hold():
                report = _emptied(home, store, lock)
        progress.stage("removing the generations")
        notes = forget(layout, profile)
    return Uninstalled(replace(report, recovered=recovered), len(before), (*report.notes, *notes))


def _emptied(home: Home, store: Store | None = None, lock: Lock | None = None) -> Report:
    """Switches the home to a generation without files and packages; without a store as a dry run."""
    layout, was = home.layout, home.current_manifest()
    assert was is not None
    empty = Manifest(
        was.username, was.home_directory, was.state_version, systemd=was.systemd, meta=Meta(tool_version=__version__)
    )
    recipes = Recipes(str(layout.store))
    path = recipes.add(generation_recipe(empty, recipes.add(files_recipe((), "ignore"))))
    if store is not None:
        store.realise(recipes, [path])
    options = activation.Options(
        dry_run=store is None,
        skip_sanity_checks="SKIP_SANITY_CHECKS" in os.environ or layout.root is not None,
        command="home-manager uninstall",
        preview={} if store is None else None,
        output=home.output,
    )
    return activation.activate(empty, path, layout=layout, options=options, lock=lock)


def forget(layout: Layout, profile: Profile) -> tuple[str, ...]:
    """Removes the profile and the store, all but what is needed there by an ejected home and by the user's own links.

    Notes say what was left.
    """
    system = System()
    needed = ejected_home.roots(layout)
    current = profile.current
    if current is not None:
        profile.remove(entry.number for entry in profile.generations() if entry.number != current.number)
        # The numbered link first: a pointer to nothing still tells that this was begun.
        system.unlink(profile.link_of(current.number))
    profile.clear()
    notes = []
    plan_pins.clear(layout)
    generation_metadata.forget(layout)
    if needed or Pins(layout.pins).roots():
        if needed:
            notes.append(
                f"`{layout.store}` was left, with the programs and files that something in the home still names"
            )
        else:
            notes.append(f"`{layout.store}` was left, with what the links need that `home-manager build` made")
        with Store(layout.store) as store:
            collect(store, roots(layout))
    else:
        try:
            with Store(layout.store) as store:
                # Whoever is building something holds the store; then it must not vanish.
                collect(store, ())
            system.remove_tree(str(layout.store))
            system.remove_tree(str(layout.pins))
        except Failure as busy:
            notes.append(f"`{layout.store}` was left: {busy}")
    system.remove_tree(str(layout.journal))
    news = f"{layout.data}/news-read-ids"
    if system.status(news) is not None:
        system.unlink(news)
    kept = ReplacedFiles(system, layout).all()
    notes += [f"`{each.place}` is what stood at `{each.target}` before a switch put it aside" for each in kept[:NAMED]]
    if system.status(str(layout.backups)) is not None:
        system.unlink(str(layout.backups))
    if system.names(str(layout.replaced)):
        notes.append(f"`{layout.replaced}` has files of yours that switches replaced")
    else:
        system.remove_tree(str(layout.replaced))
    system.remove_tree(str(layout.repl_history))
    system.remove_tree(str(layout.lock))
    for directory in (layout.profiles, layout.state, layout.data):
        if system.is_directory(str(directory)) and not system.names(str(directory)):
            system.remove_directory(str(directory))
    if system.is_directory(str(layout.cache)):
        notes.append(f"`{layout.cache}` holds what was downloaded, and can be removed")
    return tuple(notes)
