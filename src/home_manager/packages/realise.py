"""From what a home needs to what its providers lock and make."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from home_manager.diagnostics import Diagnostic, Failure, Failures, Source, Span, failure
from home_manager.packages.package_lock import Entry, Lacking, Locked, PackageLock
from home_manager.packages.providers.interface import PackageRequest, Progress, Provider, Realised, WantedPackage
from home_manager.packages.reference import PackageRecipe
from home_manager.store import Recipes, Store

FindReference = Callable[[tuple[str, ...]], Span | None]
"""Finds where the user wrote a package."""


def needed_packages(recipes: Recipes, roots: Iterable[str], store: Store | None = None) -> dict[str, PackageRecipe]:
    """The packages that `roots` need, directly or through others, by path; with a store those that it lacks."""
    found: dict[str, PackageRecipe] = {}
    seen: set[str] = set()
    waiting = list(roots)[::-1]
    while waiting:
        path = waiting.pop()
        recipe = recipes.get(path)
        if path in seen or recipe is None:
            continue
        seen.add(path)
        if store is not None and store.exists(path):
            continue
        if isinstance(recipe, PackageRecipe):
            found[path] = recipe
        else:
            waiting += sorted(recipes.dependencies(path), reverse=True)
    return found


@dataclass(frozen=True, slots=True)
class PackageSources:
    """Where packages come from: providers by name, the order in which they are asked, and orders for single packages."""

    provider: Callable[[str], Provider]
    order: Sequence[str]
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def order_for(self, request: PackageRequest) -> Sequence[str]:
        return self.chosen.get(request.text, self.order)


def lock_packages(
    lock: PackageLock,
    requests: Sequence[PackageRequest],
    sources: PackageSources,
    progress: Progress,
    *,
    refresh: bool = False,
) -> PackageLock:
    """The lock with entries for all requests: of the first provider that has a package, or that none has it."""
    entries: dict[str, Entry] = {}
    lacking: dict[str, list[Lacking]] = {}
    asked: dict[str, Provider] = {}
    open_requests = list({request.key: request for request in requests}.values())
    rank = 0
    while open_requests:
        groups: dict[str, list[PackageRequest]] = {}
        for request in open_requests:
            order = sources.order_for(request)
            if rank < len(order):
                groups.setdefault(order[rank], []).append(request)
        open_requests = []
        for name, group in groups.items():
            provider = asked.setdefault(name, sources.provider(name))
            for request, answer in zip(group, provider.lock(group, progress, refresh=refresh), strict=True):
                if isinstance(answer, Locked):
                    entries[request.key] = answer
                else:
                    lacking.setdefault(request.key, []).append(answer)
                    open_requests.append(request)
        rank += 1
    for key, answers in lacking.items():
        if key not in entries:
            entries[key] = Lacking(
                tuple(name for answer in answers for name in answer.providers),
                tuple(note for answer in answers for note in answer.notes),
                tuple(dict.fromkeys(name for answer in answers for name in answer.near)),
            )
    pins = {name: dict(provider.pin()) for name, provider in asked.items()}
    return lock.with_entries(entries, pins)


def lock_needed(
    lock: PackageLock,
    recipes: Recipes,
    roots: Iterable[str],
    sources: PackageSources,
    progress: Progress,
    mention: FindReference,
    *,
    skip_missing: bool = False,
) -> PackageLock:
    """The lock with all packages that `roots` need, and no others; itself where nothing changes.

    Raises `Failure` for packages that the user named and nobody has, unless they are to be skipped.
    """
    needed = needed_packages(recipes, roots)
    open_requests = [recipe.request(mention(recipe.attribute)) for recipe in needed.values() if recipe.entry is None]
    locked = lock_packages(lock, open_requests, sources, progress) if open_requests else lock
    lacking = {**lacking_recipes(recipes), **{each.key: each for each in needed.values() if _is_lacking(locked, each)}}
    locked = locked.only({*(recipe.key for recipe in needed.values()), *lacking})
    if not skip_missing:
        named = (each.request(mention(each.attribute)) for each in lacking.values())
        if problem := lacking_packages(locked, named):
            raise problem
    return lock if locked == lock else locked


def needed_keys(recipes: Recipes, roots: Iterable[str]) -> list[str]:
    """The names in the lock of all packages that `roots` need."""
    return sorted({recipe.key for recipe in needed_packages(recipes, roots).values()})


def lacking_recipes(recipes: Recipes) -> dict[str, PackageRecipe]:
    """The packages that an evaluation asked for and no provider has, by their names in the lock.

    What stands in them is left out, so that nothing need mention them any more.
    """
    found = (recipes.get(path) for path in recipes)
    return {each.key: each for each in found if isinstance(each, PackageRecipe) and isinstance(each.entry, Lacking)}


def not_in_lock(keys: Sequence[str], path: str) -> Failure:
    """The failure for packages that a frozen lock does not have."""
    return failure(
        "lock-frozen",
        f"{len(keys)} packages are not in `{path}`" if len(keys) > 1 else f"`{keys[0]}` is not in `{path}`",
        notes=(", ".join(keys),) if len(keys) > 1 else (),
        hints=("run the command without `--frozen`, which locks them",),
    )


def _is_lacking(lock: PackageLock, recipe: PackageRecipe) -> bool:
    return isinstance(lock.get(recipe.key), Lacking)


def lacking_packages(lock: PackageLock, requests: Iterable[PackageRequest]) -> Failure | None:
    """The failure for those of the requested packages that the user named and no provider has; all at once."""
    problems: dict[str, Diagnostic] = {}
    for request in requests:
        entry = lock.get(request.key)
        if isinstance(entry, Lacking) and request.mention is not None:
            problems[request.key] = _lacking(request, entry).diagnostic
    if not problems:
        return None
    found = tuple(problems.values())
    return Failure(found[0]) if len(found) == 1 else Failures(found)


def _lacking(request: PackageRequest, entry: Lacking) -> Failure:
    near = [f"`{name}`" for name in entry.near]
    hints = [f"did you mean {' or '.join(near)}?"] if near else []
    return failure(
        "package-unknown",
        f"there is no package `{request.text}`" if near else f"no provider has the package `{request.text}`",
        span=request.mention,
        label="wanted here" if request.mention else "",
        notes=(f"asked: {', '.join(entry.providers)}", *entry.notes),
        hints=(*hints, "`--skip-missing` makes the home without what is missing; nothing was changed"),
    )


def realise_packages(
    store: Store, recipes: Recipes, roots: Iterable[str], sources: PackageSources, progress: Progress
) -> list[Realised]:
    """Has the providers make what `roots` need and the store lacks. After a `Failure` nothing is changed."""
    groups: dict[str, list[WantedPackage]] = {}
    for path, recipe in needed_packages(recipes, roots, store).items():
        if isinstance(recipe.entry, Locked):
            groups.setdefault(recipe.entry.provider, []).append(WantedPackage(recipe.request(), recipe.entry, path))
    return [made for name, group in groups.items() for made in sources.provider(name).realise(group, progress)]


def reference_finder(spans: Iterable[Span], sources: Iterable[Source] = ()) -> FindReference:
    """Looks for the name of a package in these places of the configuration, and then in whole files.

    Evaluation does not keep where each package came from; the name in the text of the definitions is as good a guess
    as there is: `with pkgs; [ ripgrep ]` and `pkgs.ripgrep` both have it as a word.
    """
    places = list(spans)
    files = {id(span.source): span.source for span in places}
    whole = [*files.values(), *(source for source in sources if id(source) not in files)]

    def mention(attribute: tuple[str, ...]) -> Span | None:
        words = [".".join(attribute), attribute[-1]]
        for word in dict.fromkeys(words):
            pattern = re.compile(rf"(?<![\w'-]){re.escape(word)}(?![\w'-])")
            for span in (*places, *(Span(source, 0, len(source.text)) for source in whole)):
                found = pattern.search(span.source.text, span.start, span.end)
                while found and _in_comment(span.source.text, found.start()):
                    found = pattern.search(span.source.text, found.end(), span.end)
                if found:
                    return Span(span.source, found.start(), found.end())
        return None

    return mention


def _in_comment(text: str, at: int) -> bool:
    """Whether a place lies behind a `#` of its line."""
    start = text.rfind("\n", 0, at) + 1
    return "#" in text[start:at]
