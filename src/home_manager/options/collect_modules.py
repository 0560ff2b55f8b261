"""Collecting modules through their imports, each once, without those that are disabled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from home_manager.diagnostics import Failure, Failures, Label, failure
from home_manager.options.definition import Turn
from home_manager.options.errors.catchable import refused
from home_manager.options.errors.subjects import Imported
from home_manager.options.location import Shared
from home_manager.options.module import UNKNOWN_FILE, ModuleSpec, source_of
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
    disabled: set[str] = set()
    nodes: list[Node] = []
    files: dict[str, Node] = {}
    base = special_args.get("modulesPath", "")
    base = text_of(base) if is_text(force(base)) else ""

    def load(value: object, file: str, key: str) -> Node:
        source = source_of(value, file, key, shared)
        # A file is read once; which of several modules of one key counts is only known when all are there.
        known = files.get(source.key)
        if known is not None:
            return known
        own = catalogue is not None and base and source.key.startswith(f"{base}/")
        if own and catalogue is not None and catalogue.has(_relative(source.key, base)):
            source = ModuleSpec(source.key, source.file)
        try:
            spec = source.instantiate(arguments)
        except InfiniteRecursion as circle:
            circle.diagnostic = failure(
                "infinite-recursion",
                f"the structure of the module `{source.file}` depends on the configuration",
                hints=("use neither `config` nor arguments from `_module.args` in `imports`; use `mkIf` in `config`",),
            ).diagnostic
            raise
        if class_ is not None and spec.class_ is not None and spec.class_ != class_:
            raise refused(
                "module-class",
                f"the module `{spec.file}` is of class `{spec.class_}`, but `{class_}` is expected here",
            )
        node = Node(spec.key, spec)
        nodes.append(node)
        if source.key == source.file:
            files[source.key] = node
        for item in spec.disabled:
            disabled.add(_key_of(item, spec.file, base))
        failed: list[Failure] = []
        for n, item in enumerate(spec.imports, 1):
            try:
                node.imports.append(load(item, spec.file, f"{spec.key}:anon-{n}"))
            except Failure as problem:
                diagnostic = problem.diagnostic
                by_hand = diagnostic.code == "nix-argument" and len(problem.frames) < 2
                if (not diagnostic.labels or by_hand) and spec.imports_span is not None:
                    label = Label(spec.imports_span, "imported here")
                    problem.diagnostic = replace(diagnostic, labels=diagnostic.labels or (label,))
                    problem.about = Imported(spec.imports_span, n - 1, item)
                    if shared.root is not None:
                        shared.frontend.suggest(problem, shared.root)
                problem.add_frame(f"while importing a module into `{spec.file}`")
                if isinstance(problem, InfiniteRecursion):
                    raise
                failed.append(problem)
        if failed:
            # One file says nothing of another: all that cannot be read are told of together.
            raise failed[0] if len(failed) == 1 else Failures(tuple(each for one in failed for each in one.finished()))
        return node

    start = [load(each, UNKNOWN_FILE, f":anon-{n}") for n, each in enumerate(modules, 1)]
    for node in nodes:
        node.disabled = node.key in disabled
    seen: set[str] = set()

    def fresh(some: Iterable[tuple[Node, int]]) -> list[tuple[Node, int]]:
        result: list[tuple[Node, int]] = []
        for node, side in some:
            if node.key not in seen and not node.disabled:
                seen.add(node.key)
                result.append((node, side))
        return result

    found: list[tuple[ModuleSpec, Turn]] = []
    depth, current = 0, fresh((node, 0 if n < first else 2) for n, node in enumerate(start))
    while current:
        found.extend((node.spec, (depth, side)) for node, side in current)
        current = fresh((inner, side) for node, side in current for inner in node.imports)
        depth += 1
    return Collected(found, start, frozenset(_relative(key, base) for key in disabled))


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
