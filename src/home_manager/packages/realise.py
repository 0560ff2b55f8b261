"""From what a home needs to what its providers lock and make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from home_manager.diagnostics import Diagnostic, Failure, Failures, Source, Span, failure
from home_manager.nix.syntax.lexer import tokenize
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
    """The lock with all packages that `roots` need; itself where nothing changes.

    What others need stays: the homes of a flake have one lock.

    Raises `Failure` for packages that the user named and nobody has, unless they are to be skipped.
    """
    needed = needed_packages(recipes, roots)
    open_requests = [recipe.request(mention(recipe.attribute)) for recipe in needed.values() if recipe.entry is None]
    locked = lock_packages(lock, open_requests, sources, progress) if open_requests else lock
    lacking = {**lacking_recipes(recipes), **{each.key: each for each in needed.values() if _is_lacking(locked, each)}}
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

    Evaluation does not keep where each package came from; the name in an expression of the definitions is as good a guess
    as there is: `with pkgs; [ ripgrep ]` and `pkgs.ripgrep` both have it. Names in strings, paths and comments, and those
    of attributes that are defined, mean something else.
    """
    places = list(spans)
    files = {id(span.source): span.source for span in places}
    whole = [*files.values(), *(source for source in sources if id(source) not in files)]
    known: dict[int, list[_Chain]] = {}

    def mention(attribute: tuple[str, ...]) -> Span | None:
        for words in dict.fromkeys((attribute, attribute[-1:])):
            for span in (*places, *(Span(source, 0, len(source.text)) for source in whole)):
                if id(span.source) not in known:
                    known[id(span.source)] = list(_chains(span.source.text))
                for chain in known[id(span.source)]:
                    found = chain.place(words)
                    if found is not None and span.start <= found[0] and found[1] <= span.end:
                        return Span(span.source, *found)
        return None

    return mention


@dataclass(frozen=True, slots=True)
class _Chain:
    """Names that are selected one from the other, `pkgs.python3Packages.requests`, with their places."""

    names: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def place(self, words: tuple[str, ...]) -> tuple[int, int] | None:
        for at in range(len(self.names) - len(words) + 1):
            if self.names[at : at + len(words)] == words:
                return self.starts[at], self.ends[at + len(words) - 1]
        return None


NO_PACKAGES = frozenset(("config", "options", "lib", "cfg"))
"""What such a chain begins with where it leads to no package."""
DEFINING = frozenset(("=", ",", "?", ":", "@"))
"""What follows a name that is defined: of an attribute, or of an argument."""


def _chains(text: str) -> Iterator[_Chain]:
    """The chains of names in a text that are expressions."""
    tokens = tokenize(text)
    kinds, values, at = tokens.kinds, tokens.values, 0
    while at < len(kinds):
        if kinds[at] != "ID" or (at and kinds[at - 1] == "."):
            at += 1
            continue
        first = at
        while kinds[at + 1 : at + 3] in ([".", "ID"], [".", "STRING"]):
            at += 2
        at += 1
        if values[first] in NO_PACKAGES or (at < len(kinds) and kinds[at] in DEFINING):
            continue
        taken = range(first, at, 2)
        yield _Chain(
            tuple(str(values[n]) for n in taken),
            tuple(tokens.starts[n] for n in taken),
            tuple(tokens.ends[n] for n in taken),
        )
