"""The modules of a package, loaded when something names them."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

from home_manager.authoring.module_entry import (
    Entry,
    Path,
    classes_of,
    inside,
    level_of,
    starred,
)
from home_manager.authoring.modules import Module, Program
from home_manager.authoring.options_class import Options, defined, nested
from home_manager.authoring.part import Sink
from home_manager.authoring.renamed_options import Removed, Renamed
from home_manager.authoring.trees import Layered, Trie
from home_manager.options.definition import Definition, Pushed, Turn, push_down
from home_manager.options.eval_modules import Evaluation
from home_manager.options.location import parse_path, show_path


class Catalogue:
    """All modules of a package, by what they declare and define."""

    def __init__(self, entries: Iterable[Entry], names: Callable[[], Iterable[str]] | None = None) -> None:
        self.entries = sorted(entries, key=lambda entry: (order_of(entry.position), entry.module))
        self._names = names
        self.mounts = Trie()
        self.sinks = Trie()
        ranks = {position: rank for rank, position in enumerate(dict.fromkeys(each.position for each in self.entries))}
        for entry in self.entries:
            entry.rank = ranks[entry.position]
            for mount in entry.mounts:
                self.mounts.add(mount, entry)
            for sink in entry.sinks:
                self.sinks.add(sink, entry)
        self.options: Mapping[str, object] = Layered((), self.mounts)
        self._activators: dict[str, list[Entry]] = {}

    def has(self, file: str) -> bool:
        """Whether there are modules of a file of the original: `programs/git.nix`."""
        wanted = _bare(file)
        return any(_bare(entry.position) == wanted for entry in self.entries)

    def without(self, disabled: Collection[str]) -> Catalogue:
        """The catalogue without the modules of some files of the original: `programs/git.nix`."""
        gone = {_bare(name) for name in disabled}
        left = [entry for entry in self.entries if _bare(entry.position) not in gone]
        return self if len(left) == len(self.entries) else Catalogue(left, self._names)

    def session(self, evaluation: Evaluation) -> CatalogueSession:
        return CatalogueSession(self, evaluation)

    def named(self, name: str) -> Sequence[Path]:
        """Where an option of that name is declared."""
        end = f".{show_path((name,))}"
        return [parse_path(path) for path in self.option_names() if path.endswith(end)][:20]

    def option_names(self) -> Iterable[str]:
        """The full names of all options outside of submodules: as they were written down, else from all modules."""
        if self._names is not None:
            return self._names()
        return sorted(
            show_path(path) for entry in self.entries for base, tree in entry.trees() for path in _paths(base, tree)
        )

    def activators(self, entry: Entry) -> list[Entry]:
        """The modules whose definitions may enable this one."""
        known = self._activators.get(entry.module)
        if known is None:
            wanted: list[Entry] = []
            for mount in entry.mounts:
                for other, sink in self.sinks.crossing(mount):
                    if other is not entry and (len(sink) <= len(mount) or sink[len(mount) :] == ("enable",)):
                        wanted.append(other)
            known = self._activators[entry.module] = list(dict.fromkeys(wanted))
        return known


def _bare(position: str) -> str:
    """The name of a module's file, whether it is a folder or not."""
    return position.removesuffix("/default.nix").removesuffix(".nix")


def _paths(base: Path, tree: Mapping[str, Any]) -> Iterator[Path]:
    if "*" in base:
        return
    for name, entry in tree.items():
        if isinstance(entry, Mapping):
            yield from _paths((*base, name), entry)
        else:
            yield (*base, name)


_LAST = ("nixos/", "deprecations.nix", "misc/nixpkgs.nix", "services/", "programs/")
"""The files, and directories of files, that the original lists after all others, in this order."""


def order_of(position: str) -> tuple[int, str]:
    """The place of a file in the order in which the original lists its modules."""
    group = next((n for n, area in enumerate(_LAST, 1) if position.startswith(area)), 0)
    return group, position


class CatalogueSession:
    """The catalogue in one evaluation: which modules take part, and their definitions of an option."""

    def __init__(self, catalogue: Catalogue, evaluation: Evaluation) -> None:
        self.catalogue = catalogue
        self.evaluation = evaluation
        self._active: dict[str, bool] = {}
        self._sinks: dict[str, list[tuple[Path, Options, Sink]]] = {}

    def active(self, entry: Entry) -> bool:
        """Whether a module takes part: it always does, or something names it, here or in a module that does."""
        known = self._active.get(entry.module)
        if known is None:
            seen = {entry.module}
            queue = [entry]
            known = False
            while queue:
                here = queue.pop()
                if here.always or any(map(self.evaluation.mentions, here.mentions())):
                    known = True
                    break
                for other in self.catalogue.activators(here):
                    if other.module not in seen:
                        seen.add(other.module)
                        queue.append(other)
            self._active[entry.module] = known
        return known

    def takes_part(self, path: Path) -> bool:
        """Whether the module with the options at a path takes part; one that is not known does not."""
        return any(self.active(entry) for entry, _ in self.catalogue.mounts.crossing(path))

    def sinks_of(self, entry: Entry) -> list[tuple[Path, Options, Sink]]:
        """The definitions of a module, each with its path and its `self`."""
        known = self._sinks.get(entry.module)
        if known is None:
            known = []
            for cls in entry.classes()[0]:
                base = cls._namespace()
                scope = cls(self.evaluation, base)
                known.extend((sink.names(base), scope, sink) for sink in cls._sinks(base))
            self._sinks[entry.module] = known
        return known

    def definitions(self, path: Path) -> list[tuple[Turn, Definition]]:
        found: list[tuple[Turn, Definition]] = []
        contributors = {entry.module: entry for entry, _ in self.catalogue.sinks.crossing(path)}
        # The last file comes first, as in the original; modules that stand for one file keep their order.
        for entry in sorted(contributors.values(), key=lambda entry: (-entry.rank, entry.module)):
            if self.active(entry):
                found.extend(self._of(entry, path))
        return found

    def _of(self, entry: Entry, path: Path) -> Iterator[tuple[Turn, Definition]]:
        """What one module says about an option: directly, about something inside it, or about a set that it is in."""
        for names, scope, sink in self.sinks_of(entry):
            turn = (level_of(sink.position) if sink.position else entry.level), 1
            if names == path:
                yield from ((turn, each) for each in defined(scope, sink, scope._file()))
            elif names[: len(path)] == path:
                for each in defined(scope, sink, scope._file()):
                    yield turn, each.of(nested(names[len(path) :], each.value))
            elif path[: len(names)] == names:
                for each in defined(scope, sink, scope._file()):
                    yield from ((turn, inner) for inner in _within(each, path[len(names) :]))


def _within(definition: Definition, names: Path) -> list[Definition]:
    """What a definition of a namespace says about an option inside it."""
    level: list[Pushed] = []
    push_down(definition.value, definition.file, (), (0, 0), level)
    for name in names[:-1]:
        deeper: list[Pushed] = []
        for each in level:
            if name in each.attrs:
                push_down(each.value(name), each.file, (), (0, 0), deeper)
        level = deeper
    return [each.definition(names[-1]) for each in level if names[-1] in each.attrs]


def describe(module: str, position: str = "") -> Entry:
    """The entry of a file, from its classes: what an index has to say about it."""
    modules, extensions = classes_of(module)
    mounts: list[Path] = []
    sinks: list[Path] = []
    always = False
    for cls in modules:
        base = cls._namespace()
        tree = cls._tree(base)
        own_sinks = [sink.names(base) for sink in cls._sinks(base)]
        enables = "enable" in tree
        if enables and len(base) > 1:
            mounts.append(base)
        else:
            mounts.extend((*base, name) for name in tree)
        sinks.extend(own_sinks)
        always = always or not (_is_gated(cls) or cls.by_mention)
        for part in cls._parts():
            if isinstance(part, (Renamed, Removed)):
                mounts.extend(path for path, _ in part.outside(cls, base))
    mounts.extend(starred(cls.extends) for cls in extensions)
    extending = any(cls._sinks(inside(starred(cls.extends))) for cls in extensions)
    return Entry(module, list(dict.fromkeys(mounts)), list(dict.fromkeys(sinks)), always, position, extending)


def _is_gated(cls: type[Module]) -> bool:
    if not issubclass(cls, Program):
        return False
    enable = cls.enable
    return getattr(enable, "default", False) is False


def find_modules(package: str) -> list[str]:
    """The names of all module files of a package: a directory with a filled `__init__.py` is one module."""
    root = os.path.dirname(str(import_module(package).__file__))
    found: list[str] = []

    def walk(directory: str, name: str, depth: int) -> None:
        for entry in sorted(os.listdir(directory)):
            path = os.path.join(directory, entry)
            if entry.startswith(("_", ".")):
                continue
            if entry.endswith(".py") and depth:
                found.append(f"{name}.{entry[:-3]}")
            elif os.path.isdir(path):
                init = os.path.join(path, "__init__.py")
                if depth and os.path.exists(init) and _has_code(init):
                    found.append(f"{name}.{entry}")
                else:
                    walk(path, f"{name}.{entry}", depth + 1)

    walk(root, package, 0)
    return found


def _has_code(path: str) -> bool:
    with open(path, encoding="utf-8") as file:
        return "import" in file.read()


def scan(package: str, positions: Mapping[str, str] | None = None) -> Catalogue:
    """The catalogue of a package, from importing all of it. `positions` are those that differ from the paths."""
    known = positions or {}
    return Catalogue(
        [describe(module, known.get(module.partition("modules.")[2], "")) for module in find_modules(package)]
    )
