"""`home.lock` moved on: the newest version of every package, or of some, in the place of what was locked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from home_manager.diagnostics import failure
from home_manager.diagnostics.nearest import nearest
from home_manager.home.home import Home, places_of
from home_manager.packages.package_lock import Entry, Locked, PackageLock
from home_manager.packages.providers import Progress
from home_manager.packages.realise import PackageSources, lock_packages, needed_packages


@dataclass(frozen=True, slots=True)
class Change:
    """A package whose entry of the lock is another one now; `None` before the first and after the last."""

    key: str
    old: Entry | None
    new: Entry | None

    @property
    def versions(self) -> tuple[str, str]:
        """The versions before and after, `-` where there is none."""
        return _version(self.old), _version(self.new)


def _version(entry: Entry | None) -> str:
    return entry.version or entry.provider if isinstance(entry, Locked) else "-"


def update(home: Home, names: Sequence[str], progress: Progress) -> list[Change]:
    """Locks the configuration's packages anew, or those that are named, and says what changed; nothing is written yet.

    The providers are asked for their newest state. What one package is may decide which others there are: those are
    locked as well.
    """
    configuration = home.evaluate()
    home_lock = home.configuration.lock_in(places_of(home.layout))
    system = str(configuration.evaluation.value("nixpkgs.system"))
    old = home_lock.of(system)
    needed = {recipe.key: recipe for recipe in needed_packages(configuration.recipes, [configuration.path]).values()}
    wanted = set(names) or set(needed)
    if unknown := sorted(wanted - set(needed)):
        raise _not_needed(unknown[0], list(needed))
    requests = [recipe.request() for key, recipe in needed.items() if key in wanted]
    sources: PackageSources = home.package_sources(configuration)
    progress.stage("looking for newer versions")
    kept = PackageLock({key: entry for key, entry in old.packages.items() if key not in wanted}, old.pins)
    home_lock.set(system, lock_packages(kept, requests, sources, progress, refresh=True))
    home.evaluate_locked(progress)
    new = home_lock.of(system)
    return changes(old, new)


def changes(old: PackageLock, new: PackageLock) -> list[Change]:
    """The differences of two locks, by name."""
    found = []
    for key in sorted({*old.packages, *new.packages}):
        before, after = old.get(key), new.get(key)
        if _bare(before) != _bare(after):
            found.append(Change(key, before, after))
    return found


def _bare(entry: Entry | None) -> object:
    """What a package is, without what only describes it."""
    return replace(entry, meta={}) if isinstance(entry, Locked) else entry and entry.providers


def _not_needed(name: str, keys: Sequence[str]) -> Exception:
    near = nearest(name, keys)
    return failure(
        "package-not-in-lock",
        f"the configuration does not need a package `{name}`",
        hints=(f"did you mean `{near[0]}`?" if near else "`home-manager packages` lists those that it needs",),
    )
