"""The import graph of the program, with imports in functions and those for types alone, which linters do not count."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

SRC = Path(__file__).parents[2] / "src"
Kind = Literal["top", "function", "type"]


@dataclass(frozen=True, slots=True)
class Import:
    """One import of a module of ours: who imports what, where, and whether a comment stands above it or behind it."""

    importer: str
    imported: str
    kind: Kind
    line: int
    explained: bool


def module_names() -> dict[str, Path]:
    """Every module of the program by its dotted name."""
    return {
        ".".join(path.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted(SRC.rglob("*.py"))
    }


def imports() -> list[Import]:
    """Every import of one of our modules by another."""
    modules = module_names()
    return [each for name, path in modules.items() for each in _imports_of(name, path, modules)]


def _imports_of(name: str, path: Path, modules: dict[str, Path]) -> Iterator[Import]:
    text = path.read_text("utf-8")
    lines = text.split("\n")
    pending: list[tuple[ast.AST, Kind]] = [(ast.parse(text), "top")]
    while pending:
        node, kind = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            kind = "function"
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            kind = "type"
        found: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.append(inner if inner in modules else node.module)
        elif isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom | ast.Import):
            for imported in dict.fromkeys(found):
                if imported in modules and imported != name:
                    yield Import(name, imported, kind, node.lineno, _is_explained(lines, node.lineno - 1))
        pending.extend((child, kind) for child in ast.iter_child_nodes(node))


def _is_explained(lines: list[str], at: int) -> bool:
    """Whether a comment stands behind a line, or above the block of imports that it is in."""
    if "  # " in lines[at]:
        return True
    while at and lines[at - 1].strip().startswith(("from ", "import ")):
        at -= 1
    return lines[at - 1].strip().startswith("#")


def circles(edges: list[Import]) -> list[list[str]]:
    """The strongly connected components with more than one module."""
    graph: dict[str, set[str]] = {}
    for edge in edges:
        graph.setdefault(edge.importer, set()).add(edge.imported)
    back: dict[str, set[str]] = {}
    for importer, imported in graph.items():
        for each in imported:
            back.setdefault(each, set()).add(importer)
    order: list[str] = []
    seen: set[str] = set()
    for root in sorted({*graph, *back}):
        stack: list[tuple[str, bool]] = [(root, False)]
        while stack:
            name, done = stack.pop()
            if done:
                order.append(name)
            elif name not in seen:
                seen.add(name)
                stack.append((name, True))
                stack.extend((each, False) for each in graph.get(name, ()))
    found: list[list[str]] = []
    placed: set[str] = set()
    for root in reversed(order):
        members: list[str] = []
        todo = [root]
        while todo:
            name = todo.pop()
            if name not in placed:
                placed.add(name)
                members.append(name)
                todo.extend(back.get(name, ()))
        if len(members) > 1:
            found.append(sorted(members))
    return sorted(found)
