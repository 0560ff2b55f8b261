"""What is said of a flake names its files where they lie, not where their copies will be in the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from home_manager.diagnostics import Diagnostic, Failure, Failures
from home_manager.paths import folder_of_caller
from home_manager.store import Recipes


def is_own(file: str, recipes: Recipes) -> bool:
    """Whether a file is the user's: it lies outside of the store, and was not fetched."""
    tree = recipes.mounted(file)
    if tree is not None:
        return not tree.tree.directory.startswith(f"{folder_of_caller('XDG_CACHE_HOME', '.cache')}/")
    return not file.startswith(recipes.prefix)


def text_where_it_lies(text: str, recipes: Recipes) -> str:
    """The text with the store paths of sources replaced."""
    for tree in recipes.trees:
        text = text.replace(tree.path, tree.tree.directory)
    return text


def where_it_lies(failed: Failure, recipes: Recipes | None) -> Failure:
    """The failure with the store paths of sources replaced in all of its texts."""
    if recipes is None or not recipes.trees:
        return failed

    def shown(text: str) -> str:
        return text_where_it_lies(text, recipes)

    if isinstance(failed, Failures):
        changed: Failure = Failures(tuple(_changed(each, shown) for each in failed.diagnostics))
        changed.frames = failed.frames
    else:
        changed = failed
        changed.diagnostic = _changed(failed.diagnostic, shown)
    changed.frames = [replace(frame, text=shown(frame.text)) for frame in changed.frames]
    return changed


def _changed(diagnostic: Diagnostic, shown: Callable[[str], str]) -> Diagnostic:
    return replace(
        diagnostic,
        message=shown(diagnostic.message),
        labels=tuple(replace(label, text=shown(label.text)) for label in diagnostic.labels),
        notes=tuple(map(shown, diagnostic.notes)),
        hints=tuple(map(shown, diagnostic.hints)),
        frames=tuple(replace(frame, text=shown(frame.text)) for frame in diagnostic.frames),
    )
