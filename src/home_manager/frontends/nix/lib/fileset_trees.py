"""Trees of files: what a file set holds below its base, and how trees are joined, cut and shown.

A tree is null (nothing), the kind of a file, "directory" (everything in it), or an attribute set of trees by name. The
layout of a file set is that of version 3 of nixpkgs' library, so that sets of both can be mixed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import Later, attrs_of, flag_of, integer_of, select
from home_manager.frontends.nix.lib.filesystem import below, entries
from home_manager.frontends.nix.lib.path import parts_of
from home_manager.nix.errors import throw
from home_manager.nix.evaluation import call, coerce_to_path
from home_manager.values import Attrs, PathValue, Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

VERSION = 3


def refuse_evaluation() -> Value:
    raise throw(
        "lib.fileset: Directly evaluating a file set is not supported.\n"
        "  To turn it into a usable source, use `lib.fileset.toSource`.\n"
        "  To pretty-print the contents, use `lib.fileset.trace` or `lib.fileset.traceVal`."
    )


def empty() -> Attrs:
    """The file set without files, which goes with any other."""
    return Attrs(
        {
            "_type": "fileset",
            "_internalVersion": VERSION,
            "_internalIsEmptyWithoutBase": True,
            "_noEval": Later(refuse_evaluation),
        }
    )


def fileset(base: str, tree: Value) -> Attrs:
    """The file set of a tree below a directory."""
    return Attrs(
        {
            "_type": "fileset",
            "_internalVersion": VERSION,
            "_internalIsEmptyWithoutBase": False,
            "_internalBase": PathValue(base),
            "_internalBaseRoot": PathValue("/"),
            "_internalBaseComponents": list(parts_of(base)),
            "_internalTree": tree,
            "_noEval": Later(refuse_evaluation),
        }
    )


class FileSet:
    """A file set taken apart: `base` is the path of a directory, `tree` what lies below it."""

    __slots__ = ("base", "parts", "tree", "value")

    def __init__(self, value: dict[str, Value]) -> None:
        self.value = value
        self.base: str | None = None
        self.parts: list[str] = []
        self.tree: Value = None
        version = integer_of(select(value, "_internalVersion"))
        if version < VERSION or not flag_of(select(value, "_internalIsEmptyWithoutBase")):
            self.base = coerce_to_path(select(value, "_internalBase"))
            self.parts = parts_of(self.base)
            self.tree = select(value, "_internalTree")


def shortened(parts: list[str], item: FileSet) -> Value:
    """The tree of a file set as seen from a directory further up."""
    tree = item.tree
    for name in reversed(item.parts[len(parts) :]):
        tree = Attrs({name: tree})
    return tree


def lengthened(parts: list[str], item: FileSet) -> Value:
    """The tree of a file set as seen from a directory further down."""
    tree = force(item.tree)
    for name in parts[len(item.parts) :]:
        if not isinstance(tree, dict):
            break
        tree = force(tree.get(name))
    return tree


def common(first: list[str], second: list[str]) -> list[str]:
    """The parts with which two paths begin."""
    result: list[str] = []
    for a, b in zip(first, second, strict=False):
        if a != b:
            break
        result.append(a)
    return result


def united(trees: list[Value]) -> Value:
    present: list[Value] = []
    for item in trees:
        tree = force(item)
        if isinstance(tree, str):
            return tree
        if tree is not None:
            present.append(tree)
    if not present:
        return None
    by_name: dict[str, list[Value]] = {}
    for tree in present:
        for name, inner in attrs_of(tree).items():
            by_name.setdefault(name, []).append(inner)
    return Attrs({name: Later(united, inner) for name, inner in by_name.items()})


def union(items: list[FileSet]) -> Attrs:
    based = [item for item in items if item.base is not None]
    if not based:
        return empty()
    parts = based[0].parts
    for item in based[1:]:
        parts = common(parts, item.parts)
    trees = [shortened(parts, item) for item in based]
    return fileset("/" + "/".join(parts), Later(united, trees))


def intersected(first: Value, second: Value) -> Value:
    a = force(first)
    b = None if a is None else force(second)
    if isinstance(a, dict) and isinstance(b, dict):
        return Attrs({name: Later(intersected, a[name], b[name]) for name in a if name in b})
    return a if a is None or isinstance(b, str) else b


def intersection(first: FileSet, second: FileSet) -> Attrs:
    if first.base is None or second.base is None:
        return empty()
    shared = common(first.parts, second.parts)
    if shared not in (first.parts, second.parts):
        return empty()
    longest = second if shared == first.parts else first
    trees = [lengthened(longest.parts, item) for item in (first, second)]
    assert longest.base is not None
    return fileset(longest.base, Later(intersected, *trees))


def directory_entries(library: Library, path: Value, tree: Value) -> dict[str, Value]:
    """Everything in a directory with its tree: null for what the tree does not have."""
    found = entries(library, path)
    if not isinstance(tree, dict):
        return found
    return {**{name: None for name in found}, **tree}


def subtracted(library: Library, path: Value, first: Value, second: Value) -> Value:
    a = force(first)
    b = None if a is None else force(second)
    if a is None or isinstance(b, str):
        return None
    if b is None:
        return a
    rest = attrs_of(b)
    return Attrs(
        {
            name: Later(subtracted, library, below(path, name), tree, rest.get(name))
            for name, tree in directory_entries(library, path, a).items()
        }
    )


def difference(library: Library, first: FileSet, second: FileSet) -> Attrs:
    if first.base is None:
        return empty()
    if second.base is None:
        return attrs_value(first)
    shared = common(first.parts, second.parts)
    negative: Value = None
    if shared == first.parts:
        negative = shortened(first.parts, second)
    elif shared == second.parts:
        negative = lengthened(first.parts, second)
    return fileset(first.base, Later(subtracted, library, PathValue(first.base), first.tree, negative))


def attrs_value(item: FileSet) -> Attrs:
    return item.value if isinstance(item.value, Attrs) else Attrs(item.value)


def every(tree: dict[str, Value], fits: Callable[[Value], bool]) -> bool:
    """Whether all subtrees fit; the first that does not is the last that is looked at."""
    for name in sorted(tree):  # noqa: SIM110 - `all` would call back out of C
        if not fits(force(tree[name])):
            return False
    return True


def is_text(tree: Value) -> bool:
    return isinstance(tree, str)


def subtrees(library: Library, path: Value, tree: Value, each: Callable[[Library, Value, Value], Value]) -> Attrs:
    """What a function makes of everything in a directory, when it is looked at."""
    found = directory_entries(library, path, tree)
    return Attrs({name: Later(each, library, below(path, name), inner) for name, inner in found.items()})


def for_filter(library: Library, path: Value, tree: Value) -> Value:
    """A tree in which every directory without files is null, and every complete one is "directory"."""
    tree = force(tree)
    if tree != "directory" and not isinstance(tree, dict):
        return tree
    inside = subtrees(library, path, tree, for_filter)
    if every(inside, lambda inner: inner is None):
        return None
    return "directory" if every(inside, is_text) else inside


def minimal(library: Library, path: Value, tree: Value) -> Value:
    """A tree for people: complete directories as one line, "emptyDir" for those without files on the disk."""
    tree = force(tree)
    if tree != "directory" and not isinstance(tree, dict):
        return tree
    inside = subtrees(library, path, tree, minimal)
    if every(inside, lambda inner: inner == "emptyDir"):
        return "emptyDir"
    if tree == "directory" or every(inside, is_text):
        return "directory"
    return None if every(inside, lambda inner: inner is None or inner == "emptyDir") else inside


def show(library: Library, item: FileSet) -> None:
    """Traces a file set line by line."""

    def line(text: str) -> None:
        force(call(library.builtin("trace"), text, None))

    def suffix(tree: Value) -> str:
        if isinstance(tree, dict):
            return ""
        return " (all files in directory)" if tree == "directory" else f" ({tree})"

    def inner(indent: str, tree: dict[str, Value]) -> None:
        for name in sorted(tree):
            subtree = force(tree[name])
            if subtree is None or subtree == "emptyDir":
                continue
            line(f"{indent}- {name}{suffix(subtree)}")
            if isinstance(subtree, dict):
                inner(indent + "  ", subtree)

    tree = None if item.base is None else minimal(library, PathValue(item.base), item.tree)
    if tree is None or tree == "emptyDir":
        line("(empty)")
        return
    line(f"{item.base}{suffix(tree)}")
    if isinstance(tree, dict):
        inner("", tree)


def source_filter(library: Library, item: FileSet) -> Callable[[str, str], bool]:
    """Whether a path belongs to a file set, or leads to one that does."""
    tree = None if item.base is None else for_filter(library, PathValue(item.base), item.tree)
    base = item.parts

    def keep(path: str, kind: str) -> bool:
        if tree is None:
            return False
        parts = parts_of(path)
        here: Value = tree
        if len(parts) < len(base):
            return base[: len(parts)] == parts
        if parts[: len(base)] != base:
            return False
        for name in parts[len(base) :]:
            if not isinstance(here, dict):
                break
            here = force(here[name])
        if here is None:
            return False
        if kind == "unknown":
            raise throw(
                f"lib.fileset.toSource: `fileset` contains a file that cannot be added to the store: {path}\n"
                "    This file is neither a regular file nor a symlink, the only file types supported by the Nix "
                "store.\n    Therefore the file set cannot be added to the Nix store as is. Make sure to not include "
                "that file to avoid this error."
            )
        return True

    return keep


def listed(library: Library, path: Value, tree: Value, into: list[Value]) -> None:
    """The paths of all files."""
    tree = force(tree)
    if tree == "directory":
        tree = entries(library, path)
    if isinstance(tree, dict):
        for name in sorted(tree):
            listed(library, below(path, name), tree[name], into)
    elif tree is not None:
        into.append(path)


def mirrored(library: Library, path: Value) -> Attrs:
    """The whole tree of a directory."""

    def one(name: str, kind: Value) -> Value:
        return Later(mirrored, library, below(path, name)) if force(kind) == "directory" else kind

    return Attrs({name: one(name, kind) for name, kind in entries(library, path).items()})
