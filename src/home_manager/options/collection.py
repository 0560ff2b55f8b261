"""Collecting modules through their imports, each once, without those that are disabled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from home_manager.diagnostics import Failure, Label, failure
from home_manager.lazy import InfiniteRecursion, force
from home_manager.nix.values import Value
from home_manager.options.module import ModuleSpec, source_of
from home_manager.options.place import World
from home_manager.options.types.base import is_text, text_of


class _Node:
    """A module with what it imports."""

    __slots__ = ("imports", "key", "spec")

    def __init__(self, key: str, spec: ModuleSpec) -> None:
        self.key = key
        self.spec = spec
        self.imports: list[_Node] = []


def collect(
    modules: Sequence[object],
    arguments: Mapping[str, Value],
    world: World,
    class_: str | None,
    prefix: tuple[str, ...],
    special_args: Mapping[str, Value],
) -> list[tuple[ModuleSpec, int]]:
    """The modules given, and those that they import, each with its level: breadth first, each key once."""
    disabled: set[str] = set()
    nodes: dict[str, _Node] = {}
    base = special_args.get("modulesPath", "")
    base = text_of(base) if is_text(force(base)) else ""

    def load(value: object, file: str, key: str) -> _Node:
        source = source_of(value, file, key, world)
        known = nodes.get(source.key)
        if known is not None:
            return known
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
            raise failure(
                "module-class",
                f"the module `{spec.file}` is of class `{spec.class_}`, but `{class_}` is expected here",
            )
        known = nodes.get(spec.key)
        if known is not None:
            nodes[source.key] = known
            return known
        node = _Node(spec.key, spec)
        nodes[spec.key] = nodes[source.key] = node
        for item in spec.disabled:
            disabled.add(_key_of(item, spec.file, base))
        for n, item in enumerate(spec.imports, 1):
            try:
                node.imports.append(load(item, spec.file, f"{spec.key}:anon-{n}"))
            except Failure as problem:
                diagnostic = problem.diagnostic
                if not diagnostic.labels and spec.imports_span is not None:
                    label = Label(spec.imports_span, "imported here")
                    problem.diagnostic = replace(diagnostic, labels=(label,))
                problem.add_frame(f"while importing a module into `{spec.file}`")
                raise
        return node

    start = [load(each, "<unknown-file>", f":anon-{n}") for n, each in enumerate(modules, 1)]
    seen: set[str] = set()

    def fresh(some: Sequence[_Node]) -> list[_Node]:
        result: list[_Node] = []
        for node in some:
            if node.key not in seen and node.key not in disabled:
                seen.add(node.key)
                result.append(node)
        return result

    found: list[tuple[ModuleSpec, int]] = []
    level, current = 0, fresh(start)
    while current:
        found.extend((node.spec, level) for node in current)
        current = fresh([inner for node in current for inner in node.imports])
        level += 1
    return found


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
    raise failure(
        "disabled-module",
        "a disabled module is named by a path, a string, or a set with a `key`",
        notes=(f"in `{file}`",),
    )
