"""Which keys of a file are ours, and what becomes of them.

Ours are those that the generation before wrote and those that the new one wants. A value that is neither is the
user's; where ours takes its place, that is told, so that the file as it was can be kept.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, replace

from home_manager.activation.merging.merged_tree import (
    MISSING,
    Document,
    Path,
    Tree,
    Unmergeable,
    leaves,
    put_into,
    remove_from,
    same,
    value_at,
)
from home_manager.diagnostics import failure

__all__ = ["Merged", "Unmergeable", "merge", "without_ours"]


@dataclass(frozen=True, slots=True)
class Merged:
    """The file's new text. `overridden` are keys where the user's value gave way to ours, `kept` keys that were ours
    and that the user has changed since, so that they are left; `empty` says that nothing is left in the file."""

    text: str
    overridden: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    empty: bool = False


def merge(format: str, current: str, former: str, wanted: str) -> Merged:
    """The text of a file with the keys of `wanted` set, and those removed that only `former` has.

    Each text may be empty. Raises `Unmergeable` where the user's file cannot be edited in this way.
    """
    read = _reader(format)
    return _merged(read, current, _own(read, former), _own(read, wanted))


def without_ours(format: str, current: str, former: str, original: str = "") -> Merged:
    """The text of a file without the keys that were ours; where the user had one in the `original`, before it was ours,
    the value that it had then."""
    read = _reader(format)
    was, before, now = _own(read, former), read(original).tree(), read(current).tree()
    again: Tree = {}
    for path, value in leaves(was):
        then, there = value_at(before, path), value_at(now, path)
        if then is not MISSING and there is not MISSING and same(there, value):
            put_into(again, path, then)
    return replace(_merged(read, current, was, again), overridden=())


def _merged(read: Callable[[str], Document], current: str, was: Tree, ours: Tree) -> Merged:
    document = read(current)
    now = document.tree()
    expected = copy.deepcopy(now)
    overridden: list[str] = []
    kept: list[str] = []
    for path, value in leaves(was):
        there = value_at(expected, path)
        if there is MISSING or value_at(ours, path) is not MISSING:
            continue
        if same(there, value):
            _drop(document, expected, path, was, ours)
        elif not (isinstance(value, dict) and isinstance(there, dict)):
            kept.append(_shown(path))
    for path, value in leaves(ours):
        there = value_at(expected, path)
        if there is not MISSING and same(there, value):
            continue
        if isinstance(value, dict) and isinstance(there, dict):
            continue  # We want a section to be there, and it is.
        if _is_of_the_user(expected, path, there, value_at(was, path)):
            overridden.append(_shown(path))
        document.put(path, value)
        put_into(expected, path, value)
    text = document.text()
    if text != current and not same(read(text).tree(), expected):
        raise Unmergeable("is written in a way that cannot be edited key by key")
    return Merged(text, tuple(overridden), tuple(kept), not expected and not _remarks(text))


def _own(read: Callable[[str], Document], text: str) -> Tree:
    try:
        return read(text).tree()
    except Unmergeable as why:
        raise failure(
            "merge-source",
            f'the source of a file with `onDisk = "merge"` {why}',
            hints=("make it a file of keys and values in the format of its target",),
        ) from None


def _drop(document: Document, expected: Tree, path: Path, was: Tree, ours: Tree) -> None:
    """Remove a key, and the sections above that it leaves empty and that were ours."""
    document.remove(path)
    remove_from(expected, path)
    for end in range(len(path) - 1, 0, -1):
        above = path[:end]
        if value_at(expected, above) != {} or value_at(ours, above) is not MISSING:
            return
        document.remove(above)
        remove_from(expected, above)


def _is_of_the_user(tree: Tree, path: Path, there: object, was: object) -> bool:
    """Whether setting a path takes something away that we did not write."""
    if there is MISSING:
        for end in range(1, len(path)):
            above = value_at(tree, path[:end])
            if above is not MISSING and not isinstance(above, dict):
                return True
        return False
    return there != {} and (was is MISSING or not same(there, was))


def _shown(path: Path) -> str:
    return ".".join(str(key) for key in path if key != "")


def _remarks(text: str) -> bool:
    """Whether a file without keys holds comments, which are the user's."""
    return any(mark in text for mark in ("#", ";", "//", "/*"))


def _reader(format: str) -> Callable[[str], Document]:
    if format == "json":
        # Start-up: each format brings a library of its own.
        from home_manager.activation.merging.json_text import JsonText

        return JsonText
    if format == "ini":
        # Start-up: each format brings a library of its own.
        from home_manager.activation.merging.ini_text import IniText

        return IniText
    if format == "toml":
        # Start-up: each format brings a library of its own.
        from home_manager.activation.merging.toml_text import TomlText

        return TomlText
    # Start-up: each format brings a library of its own.
    from home_manager.activation.merging.yaml_text import YamlText

    return YamlText
