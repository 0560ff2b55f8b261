"""The declarations of all modules as one tree, of which a branch is made when it is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from home_manager.authoring.module_entry import Entry, inside, starred
from home_manager.authoring.options_class import inner_values, nested
from home_manager.options.declaration import Option
from home_manager.options.definition import mk_merge
from home_manager.options.module import ModuleSpec
from home_manager.values import MISSING, Value


class Trie:
    """Entries by path."""

    __slots__ = ("children", "entries", "path")

    def __init__(self, path: tuple[str, ...] = ()) -> None:
        self.path = path
        self.children: dict[str, Trie] = {}
        self.entries: list[Entry] = []

    def add(self, path: tuple[str, ...], entry: Entry) -> None:
        here = self
        for name in path:
            child = here.children.get(name)
            if child is None:
                child = here.children[name] = Trie((*here.path, name))
            here = child
        if entry not in here.entries:
            here.entries.append(entry)

    def crossing(self, path: tuple[str, ...]) -> Iterator[tuple[Entry, tuple[str, ...]]]:
        """The entries above, at and below a path, each with its own path."""
        here: Trie = self
        for entry in here.entries:
            yield entry, here.path
        for name in path:
            child = here.children.get(name)
            if child is None:
                return
            here = child
            for entry in here.entries:
                yield entry, here.path
        for child in here.children.values():
            yield from child._all()

    def _all(self) -> Iterator[tuple[Entry, tuple[str, ...]]]:
        for entry in self.entries:
            yield entry, self.path
        for child in self.children.values():
            yield from child._all()

    def extensions(self) -> list[Entry]:
        """Every entry below."""
        return list(dict.fromkeys(entry for entry, _ in self._all()))


class Layered(Mapping[str, Any]):
    """Several trees as one: those that are there, and the branches of modules not yet loaded."""

    __slots__ = ("_known", "_trees", "_trie")

    def __init__(self, trees: Sequence[Mapping[str, Any]], trie: Trie | None) -> None:
        self._trees = trees
        self._trie = trie
        self._known: dict[str, Any] = {}

    def get(self, name: str, default: Any = None) -> Any:
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._find(name)
        return default if known is MISSING else known

    def _find(self, name: str) -> Any:
        options: list[Option] = []
        trees: list[Mapping[str, Any]] = []

        def sort(entry: object) -> None:
            if isinstance(entry, Option):
                options.append(entry)
            elif isinstance(entry, tuple):
                options.extend(entry)
            elif isinstance(entry, Mapping):
                trees.append(entry)

        for tree in self._trees:
            sort(tree.get(name))
        child = self._trie.children.get(name) if self._trie is not None else None
        if child is not None:
            for entry in child.entries:
                for declared in entry.declared_at(child.path):
                    sort(declared)
        if options:
            inner = child.children.get("*") if child is not None else None
            if inner is not None:
                options[0] = _extended(options[0], inner)
            return options[0] if len(options) == 1 else tuple(options)
        if child is not None and not child.children:
            child = None
        if not trees and child is None:
            return MISSING
        return trees[0] if len(trees) == 1 and child is None else Layered(trees, child)

    def __getitem__(self, name: str) -> Any:
        found = self.get(name, MISSING)
        if found is MISSING:
            raise KeyError(name)
        return found

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.get(name, MISSING) is not MISSING

    def __iter__(self) -> Iterator[str]:
        names = [name for tree in self._trees for name in tree]
        if self._trie is not None:
            names.extend(name for name in self._trie.children if name != "*")
        return iter(dict.fromkeys(names))

    def __len__(self) -> int:
        return len(list(iter(self)))


def _extended(option: Option, trie: Trie) -> Option:
    """An option whose submodule gets the options that other modules add to it."""
    type_ = option.type
    modules = None if type_ is None else type_.sub_modules()
    if type_ is None or modules is None:
        return option
    return replace(option, type=type_.with_modules([*modules, Extension(trie)]))


class Extension:
    """What other modules add to a submodule, as a module of it."""

    __slots__ = ("_options", "file", "key", "trie")

    def __init__(self, trie: Trie) -> None:
        self.trie = trie
        self.key = "extensions of " + ".".join(trie.path)
        self.file = "modules"
        self._options = Layered((), trie)

    def instantiate(self, arguments: Mapping[str, Value]) -> ModuleSpec:
        evaluation = arguments.evaluation  # type: ignore[attr-defined]
        parts: list[Value] = []
        for entry in self.trie.extensions():
            for cls in entry.classes()[1] if entry.extending else ():
                path = starred(cls.extends)
                if path[: len(self.trie.path)] != self.trie.path or "*" in path[len(self.trie.path) :]:
                    continue
                base = inside(path)
                scope = cls(evaluation, base)
                for sink in cls._sinks(base):
                    parts.extend(nested(sink.names(base), value) for value in inner_values(scope, sink))
        return ModuleSpec(self.key, self.file, options=self._options, config=mk_merge(parts) if parts else None)
