"""Collecting modules through their imports, each once, without those that are disabled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from home_manager.diagnostics import Failure, Failures, Label, failure
from home_manager.options.definition import Turn
from home_manager.options.errors.catchable import refused
from home_manager.options.errors.subjects import Imported
from home_manager.options.location import Shared
from home_manager.options.module import UNKNOWN_FILE, ModuleSource, ModuleSpec, source_of
from home_manager.options.module_catalogue import ModuleCatalogue
from home_manager.options.types.base import is_text, text_of
from home_manager.values import Value
from home_manager.values.lazy import InfiniteRecursion, force


class Node:
    """A module with what it imports, and whether another module disables it."""

    __slots__ = ("disabled", "imports", "key", "spec")

    def __init__(self, key: str, spec: ModuleSpec) -> None:
        self.key = key
        self.spec = spec
        self.imports: list[Node] = []
        self.disabled = False


@dataclass(frozen=True, slots=True, eq=False)
class Collected:
    """The modules that count, each with its turn; the graph of imports; and the keys of what is disabled."""

    modules: list[tuple[ModuleSpec, Turn]]
    graph: list[Node]
    disabled: frozenset[str]


def collect(
    modules: Sequence[object],
    arguments: Mapping[str, Value],
    shared: Shared,
    class_: str | None,
    special_args: Mapping[str, Value],
    catalogue: ModuleCatalogue | None = None,
    first: int = 0,
) -> Collected:
    """The modules given, and those that they import: breadth first, each key once. So many of those given come `first`.

    The catalogue's modules are there whether somebody imports them by their file in `modulesPath` or not.
    """
    base = special_args.get("modulesPath", "")
    loader = _Loader(arguments, shared, class_, text_of(base) if is_text(force(base)) else "", catalogue)
    # Everything is loaded before anything is left out: `disabledModules` of one module may name any other.
    start = [loader.load(each, UNKNOWN_FILE, f":anon-{n}") for n, each in enumerate(modules, 1)]
    for node in loader.nodes:
        node.disabled = node.key in loader.disabled
    found = _breadth_first((node, 0 if n < first else 2) for n, node in enumerate(start))
    return Collected(found, start, frozenset(_relative(key, loader.base) for key in loader.disabled))


def _breadth_first(start: Iterable[tuple[Node, int]]) -> list[tuple[ModuleSpec, Turn]]:
    """The modules that count, with their turns: depth and side decide about the order of definitions, as in nixpkgs."""
    seen: set[str] = set()

    def fresh(some: Iterable[tuple[Node, int]]) -> list[tuple[Node, int]]:
        result: list[tuple[Node, int]] = []
        for node, side in some:
            if node.key not in seen and not node.disabled:
                seen.add(node.key)
                result.append((node, side))
        return result

    found: list[tuple[ModuleSpec, Turn]] = []
    depth, current = 0, fresh(start)
    while current:
        found.extend((node.spec, (depth, side)) for node, side in current)
        current = fresh((inner, side) for node, side in current for inner in node.imports)
        depth += 1
    return found


class _Loader:
    """The modules that were loaded, in the order in which they were met, and the keys that some of them disable."""

    def __init__(
        self,
        arguments: Mapping[str, Value],
        shared: Shared,
        class_: str | None,
        base: str,
        catalogue: ModuleCatalogue | None,
    ) -> None:
        self.nodes: list[Node] = []
        self.disabled: set[str] = set()
        self.base = base
        self._arguments = arguments
        self._shared = shared
        self._class = class_
        self._catalogue = catalogue
        self._files: dict[str, Node] = {}

    def load(self, value: object, file: str, key: str) -> Node:
        """The module that a value stands for, with all that it imports; `file` is where it stands."""
        source = source_of(value, file, key, self._shared)
        # A file is read once; which of several modules of one key counts is only known when all are there.
        known = self._files.get(source.key)
        if known is not None:
            return known
        spec = self._instantiated(source)
        node = Node(spec.key, spec)
        self.nodes.append(node)
        if source.key == source.file:
            # Known before its imports are followed, so that files may import each other.
            self._files[source.key] = node
        for item in spec.disabled:
            self.disabled.add(_key_of(item, spec.file, self.base))
        self._load_imports(node)
        return node

    def _instantiated(self, source: ModuleSource) -> ModuleSpec:
        if self._is_of_catalogue(source.key):
            # It takes part by being mentioned; its import says nothing more.
            source = ModuleSpec(source.key, source.file)
        try:
            spec = source.instantiate(self._arguments)
        except InfiniteRecursion as circle:
            circle.diagnostic = failure(
                "infinite-recursion",
                f"the structure of the module `{source.file}` depends on the configuration",
                hints=("use neither `config` nor arguments from `_module.args` in `imports`; use `mkIf` in `config`",),
            ).diagnostic
            raise
        if self._class is not None and spec.class_ is not None and spec.class_ != self._class:
            raise refused(
                "module-class",
                f"the module `{spec.file}` is of class `{spec.class_}`, but `{self._class}` is expected here",
            )
        return spec

    def _is_of_catalogue(self, key: str) -> bool:
        if self._catalogue is None or not self.base or not key.startswith(f"{self.base}/"):
            return False
        return self._catalogue.has(_relative(key, self.base))

    def _load_imports(self, node: Node) -> None:
        """One file says nothing of another, so all that cannot be read are told of together."""
        spec = node.spec
        failed: list[Failure] = []
        for n, item in enumerate(spec.imports, 1):
            try:
                node.imports.append(self.load(item, spec.file, f"{spec.key}:anon-{n}"))
            except Failure as problem:
                self._explain(problem, spec, n - 1, item)
                problem.add_frame(f"while importing a module into `{spec.file}`")
                if isinstance(problem, InfiniteRecursion):
                    raise
                failed.append(problem)
        if failed:
            raise failed[0] if len(failed) == 1 else Failures(tuple(each for one in failed for each in one.finished()))

    def _explain(self, problem: Failure, spec: ModuleSpec, index: int, item: object) -> None:
        """Marks the list of imports where the failure has no place of its own, or only that of the module's arguments."""
        diagnostic = problem.diagnostic
        about_arguments = diagnostic.code == "nix-argument" and len(problem.frames) < 2
        if spec.imports_span is None or (diagnostic.labels and not about_arguments):
            return
        label = Label(spec.imports_span, "imported here")
        problem.diagnostic = replace(diagnostic, labels=diagnostic.labels or (label,))
        problem.about = Imported(spec.imports_span, index, item)
        if self._shared.root is not None:
            self._shared.frontend.suggest(problem, self._shared.root)


def _relative(key: str, base: str) -> str:
    """The key of a module that comes with the program, by its file there; any other key as it is."""
    return key.removeprefix(f"{base}/") if base else key


def _key_of(item: object, file: str, base: str) -> str:
    value = force(item)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict) and "key" in value:
        return str(force(value["key"]))
    if isinstance(value, str):
        return value if value.startswith("/") else f"{base}/{value}"
    if is_text(value):
        return text_of(value)
    if isinstance(value, ModuleSpec) or hasattr(value, "key"):
        return str(value.key)
    raise refused(
        "disabled-module",
        "a disabled module is named by a path, a string, or a set with a `key`",
        notes=(f"in `{file}`",),
    )
