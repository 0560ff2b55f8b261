"""From what a home needs to what its provider must bring."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from home_manager.diagnostics import Source, Span
from home_manager.packages.providers.interface import PackageRequest, Progress, Provider, Realised
from home_manager.packages.reference import PackageRecipe
from home_manager.store import Recipes, Store

Mention = Callable[[tuple[str, ...]], Span | None]
"""Finds where the user wrote a package."""


def wanted_packages(
    store: Store, recipes: Recipes, roots: Iterable[str], mention: Mention | None = None
) -> list[PackageRequest]:
    """The packages that `roots` need, directly or through others, and that are not there yet."""
    found: list[PackageRequest] = []
    seen: set[str] = set()
    waiting = list(roots)[::-1]
    while waiting:
        path = waiting.pop()
        recipe = recipes.get(path)
        if path in seen or recipe is None:
            continue
        seen.add(path)
        if isinstance(recipe, PackageRecipe):
            if not store.exists(path):
                found.append(recipe.request(path, mention(recipe.attribute) if mention else None))
        elif not store.exists(path):
            waiting += sorted(recipes.dependencies(path), reverse=True)
    return found


def realise_packages(
    store: Store,
    recipes: Recipes,
    roots: Iterable[str],
    providers: Mapping[str, Provider],
    progress: Progress,
    mention: Mention | None = None,
) -> list[Realised]:
    """Has the providers bring what `roots` need; says what was brought. After a `Failure` nothing is changed."""
    requests = wanted_packages(store, recipes, roots, mention)
    by_provider: dict[str, list[PackageRequest]] = {}
    for request in requests:
        recipe = recipes.get(request.path)
        assert isinstance(recipe, PackageRecipe)
        by_provider.setdefault(recipe.provider, []).append(request)
    found: list[Realised] = []
    for name, group in by_provider.items():
        provider = providers.get(name)
        if provider is None:
            from home_manager.diagnostics import failure

            raise failure(
                "provider-unknown",
                f"there is no provider of packages called `{name}`",
                hints=(f"choose one of: {', '.join(sorted(providers)) or 'none is there'}",),
            )
        found += provider.realise(group, progress)
    return found


def mention_in(spans: Iterable[Span], sources: Iterable[Source] = ()) -> Mention:
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
