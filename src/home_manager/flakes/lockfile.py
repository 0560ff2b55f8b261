"""`flake.lock`: a graph of inputs and the trees that they are, read and written as the original does."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from home_manager.diagnostics import Failure, failure
from home_manager.flakes.references import is_locked, is_relative, text_of
from home_manager.nix.builtins.flakerefs import Reference

VERSION = 7

InputPath = tuple[str, ...]
"""The way to an input from the root: its name, or the names of flakes above it and then its own."""


@dataclass(eq=False, slots=True)
class Node:
    """An input with those that it has itself; each is another node, or the path of the input that it follows.

    The root has neither reference. A node without `locked` stands for an input that this program replaces (`replaced`
    says by what) and that no lock file knows yet: it is not written.
    """

    inputs: dict[str, Node | InputPath] = field(default_factory=dict)
    original: Reference | None = None
    locked: Reference | None = None
    is_flake: bool = True
    parent: InputPath | None = None
    replaced: str = ""


def show(path: InputPath) -> str:
    return "/".join(path)


def parse(text: str, name: str) -> Node:
    """The graph in a lock file; `name` is for messages."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise _wrong(name, str(error)) from None
    if not isinstance(data, dict):
        raise _wrong(name, "it is no object of JSON")
    version = data.get("version", 0)
    if not isinstance(version, int) or not 5 <= version <= VERSION:
        raise _wrong(name, f"its version is {version}, and 5 to {VERSION} are known")
    try:
        return _graph(data, name)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise _wrong(name, f"it lacks {error}" if isinstance(error, KeyError) else str(error)) from None


def _wrong(name: str, why: str) -> Failure:
    return failure(
        "flake-lock",
        f"the lock file `{name}` cannot be used: {why}",
        hints=("restore it from version control, or have it made anew with --recreate-lock-file",),
    )


def _graph(data: Mapping[str, object], name: str) -> Node:
    nodes = data["nodes"]
    assert isinstance(nodes, dict)
    root_key = str(data["root"])
    root = Node()
    made: dict[str, Node] = {root_key: root}

    def fill(node: Node, entry: Mapping[str, object]) -> None:
        inputs = entry.get("inputs", {})
        assert isinstance(inputs, dict)
        for key in sorted(inputs):
            value = inputs[key]
            if isinstance(value, list):
                node.inputs[key] = tuple(str(part) for part in value)
                continue
            if value == root_key:
                raise ValueError("it contains a cycle to the root")
            child = made.get(value)
            if child is None:
                if value not in nodes:
                    raise ValueError(f"it refers to `{value}`, which is not in it")
                child = made[value] = _node(nodes[value])
                fill(child, nodes[value])
            node.inputs[key] = child

    fill(root, nodes[root_key])
    return root


def _node(entry: Mapping[str, object]) -> Node:
    locked = _reference(entry["locked"]) | _reference(entry.get("info", {}))
    parent = entry.get("parent")
    node = Node(
        original=_reference(entry["original"]),
        locked=locked,
        is_flake=entry.get("flake", True) is not False,
        parent=tuple(str(part) for part in parent) if isinstance(parent, list) else None,
    )
    if not is_locked(locked) and not is_relative(locked) and "narHash" not in locked:
        raise ValueError(f"its entry `{text_of(locked)}` is not locked")
    return node


def _reference(value: object) -> Reference:
    if not isinstance(value, dict) or not all(isinstance(each, (str, int, bool)) for each in value.values()):
        raise TypeError("one of its references is not a set of texts and numbers")
    return dict(value)


def as_data(root: Node) -> tuple[dict[str, object], dict[Node, str]]:
    """A graph as it is written, and the key of every node."""
    nodes: dict[str, object] = {}
    keys: dict[Node, str] = {}
    taken: set[str] = set()

    def dump(key: str, node: Node) -> str:
        if node in keys:
            return keys[node]
        if key in taken:
            number = 2
            while f"{key}_{number}" in taken:
                number += 1
            key = f"{key}_{number}"
        taken.add(key)
        keys[node] = key
        entry: dict[str, object] = {}
        inputs: dict[str, object] = {}
        for name, child in sorted(node.inputs.items()):
            if isinstance(child, tuple):
                inputs[name] = list(child)
            elif child.locked is not None:
                inputs[name] = dump(name, child)
        if inputs:
            entry["inputs"] = inputs
        if node.locked is not None:
            entry["original"] = node.original
            entry["locked"] = {name: value for name, value in node.locked.items() if name != "__final"}
            if not node.is_flake:
                entry["flake"] = False
            if node.parent is not None:
                entry["parent"] = list(node.parent)
        nodes[key] = entry
        return key

    root_key = dump("root", root)
    return {"nodes": nodes, "root": root_key, "version": VERSION}, keys


def render(root: Node) -> str:
    """The text of the lock file."""
    return json.dumps(as_data(root)[0], indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def find(root: Node, path: InputPath, visited: tuple[InputPath, ...] = ()) -> Node | None:
    """The node of an input, by way of those that it follows."""
    if path in visited:
        circle = " -> ".join(show(each) for each in (*visited[visited.index(path) :], path))
        raise failure("flake-follows", f"inputs follow each other in a circle: {circle}")
    here = root
    for name in path:
        child = here.inputs.get(name)
        if isinstance(child, tuple):
            child = find(root, child, (*visited, path))
        if child is None:
            return None
        here = child
    return here


def all_inputs(root: Node) -> dict[InputPath, Node | InputPath]:
    """Every input by its path; what is reached twice is listed once."""
    found: dict[InputPath, Node | InputPath] = {}
    seen: set[Node] = set()

    def walk(prefix: InputPath, node: Node) -> None:
        if node in seen:
            return
        seen.add(node)
        for name, child in sorted(node.inputs.items()):
            if isinstance(child, Node) and child.locked is None:
                continue
            found[(*prefix, name)] = child
            if isinstance(child, Node):
                walk((*prefix, name), child)

    walk((), root)
    return found


def unlocked(root: Node) -> Reference | None:
    """An input that does not always name the same content."""
    for node in _nodes(root, set()):
        if node.locked is not None and not is_locked(node.locked) and not is_relative(node.locked):
            return node.locked
    return None


def _nodes(node: Node, seen: set[Node]) -> Iterator[Node]:
    if node not in seen:
        seen.add(node)
        yield node
        for child in node.inputs.values():
            if isinstance(child, Node):
                yield from _nodes(child, seen)


def difference(old: Node, new: Node) -> str:
    """What changed from one lock file to the next, for people."""
    before, after = all_inputs(old), all_inputs(new)
    lines: list[str] = []
    for path in sorted({*before, *after}):
        if path not in before:
            lines += [f"• Added input '{show(path)}':", f"    {_describe(after[path])}"]
        elif path not in after:
            lines.append(f"• Removed input '{show(path)}'")
        elif not _same(before[path], after[path]):
            lines += [f"• Updated input '{show(path)}':", f"    {_describe(before[path])}"]
            lines.append(f"  → {_describe(after[path])}")
    return "\n".join(lines)


def _same(one: Node | InputPath, other: Node | InputPath) -> bool:
    if isinstance(one, Node) and isinstance(other, Node):
        return one.locked == other.locked
    return one == other


def _describe(edge: Node | InputPath) -> str:
    if isinstance(edge, tuple):
        return f"follows '{show(edge)}'"
    assert edge.locked is not None
    text = f"'{text_of(edge.locked)}'"
    if "lastModified" in edge.locked:
        text += time.strftime(" (%Y-%m-%d)", time.gmtime(int(edge.locked["lastModified"])))
    return text
