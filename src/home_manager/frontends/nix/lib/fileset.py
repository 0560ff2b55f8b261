"""`lib.fileset`: sets of files below a directory, to be copied to the store as one source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import (
    Later,
    attribute,
    attrs_of,
    flag_of,
    has,
    holds,
    integer_of,
    is_string_like,
    select,
    string_of,
    to_string,
    type_name,
)
from home_manager.frontends.nix.lib.fileset_trees import (
    VERSION,
    FileSet,
    difference,
    empty,
    fileset,
    intersection,
    listed,
    mirrored,
    show,
    source_filter,
    union,
)
from home_manager.frontends.nix.lib.filesystem import below, entries, kind_of
from home_manager.frontends.nix.lib.options import check_arguments, is_tagged
from home_manager.frontends.nix.lib.path import parts_of
from home_manager.frontends.nix.lib.sources import filtered_source
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.frontends.nix.lib.trivial import is_function
from home_manager.nix.errors import throw
from home_manager.nix.evaluation import call
from home_manager.values import Attrs, Builtin, PathValue, Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from collections.abc import Callable

    from home_manager.frontends.nix.lib.library import Library

FUTURE_HINT = (
    "lib.fileset.fileFilter: The predicate function passed as the first argument must be able to handle extra "
    "attributes for future compatibility. If you're using `{ name, file, hasExt }:`, use `{ name, file, hasExt, ... }:`"
    " instead."
)

topic = Topic()
topic.entries["empty"] = lambda library: empty()


def parent_and_name(path: str) -> tuple[str, str]:
    parent, _, name = path.rpartition("/")
    return parent or "/", name


def single(library: Library, path: str) -> Attrs:
    """The file set of one file or of everything in a directory."""
    kind = string_of(call(library.builtin("readFileType"), PathValue(path)))
    if kind == "directory":
        return fileset(path, kind)
    parent, name = parent_and_name(path)
    return fileset(parent, Attrs({name: kind}))


def coerced(library: Library, context: str, value: Value) -> FileSet | str:
    """A file set from one or from a path, or why it is none."""
    value = force(value)
    if is_tagged(value, "fileset"):
        version = integer_of(select(value, "_internalVersion"))
        if version <= VERSION:
            return FileSet(attrs_of(value))
        return (
            f"{context} is a file set created from a future version of the file set library with a different internal "
            f"representation:\n    - Internal version of the file set: {version}\n"
            f"    - Internal version of the library: {VERSION}\n"
            "    Make sure to update your Nixpkgs to have a newer version of `lib.fileset`."
        )
    if isinstance(value, PathValue):
        if kind_of(library, value) is None:
            return (
                f"{context} ({value.text}) is a path that does not exist.\n"
                "    To create a file set from a path that may not exist, use `lib.fileset.maybeMissing`."
            )
        return FileSet(single(library, value.text))
    if has(value, "_isLibCleanSourceWith"):
        return (
            f"{context} is a `lib.sources`-based value, but it should be a file set or a path instead.\n"
            "    To convert a `lib.sources`-based value to a file set you can use `lib.fileset.fromSource`.\n"
            "    Note that this only works for sources created from paths."
        )
    if is_string_like(value):
        return (
            f'{context} ("{to_string(value)}") is a string-like value, but it should be a file set or a path instead.\n'
            "    Paths represented as strings are not supported by `lib.fileset`, use `lib.sources` or derivations "
            "instead."
        )
    return f"{context} is of type {type_name(value)}, but it should be a file set or a path instead."


def needed(library: Library, context: str, value: Value) -> FileSet:
    found = coerced(library, context, value)
    if isinstance(found, str):
        raise throw(found)
    return found


topic.bound("isFileset", 1)(lambda library, value: isinstance(coerced(library, "", value), FileSet))


@topic.bound("union", 2)
def union_of_two(library: Library, first: Value, second: Value) -> Value:
    names = ("First argument", "Second argument")
    values = zip(names, (first, second), strict=True)
    return union([needed(library, f"lib.fileset.union: {name}", value) for name, value in values])


@topic.bound("unions", 1)
def union_of_many(library: Library, items: Value) -> Value:
    values = force(items)
    if not isinstance(values, list):
        raise throw(f"lib.fileset.unions: Argument is of type {type_name(values)}, but it should be a list instead.")
    return union([needed(library, f"lib.fileset.unions: Element {index}", value) for index, value in enumerate(values)])


@topic.bound("intersection", 2)
def intersection_of_two(library: Library, first: Value, second: Value) -> Value:
    left = needed(library, "lib.fileset.intersection: First argument", first)
    return intersection(left, needed(library, "lib.fileset.intersection: Second argument", second))


@topic.bound("difference", 2)
def difference_of_two(library: Library, positive: Value, negative: Value) -> Value:
    left = needed(library, "lib.fileset.difference: First argument (positive set)", positive)
    right = needed(library, "lib.fileset.difference: Second argument (negative set)", negative)
    return difference(library, left, right)


@topic.bound("maybeMissing", 1)
def maybe_missing(library: Library, path: Value) -> Value:
    value = force(path)
    if not isinstance(value, PathValue):
        if is_string_like(value):
            raise throw(
                f'lib.fileset.maybeMissing: Argument ("{to_string(value)}") is a string-like value, but it should be a '
                "path instead."
            )
        raise throw(
            f"lib.fileset.maybeMissing: Argument is of type {type_name(value)}, but it should be a path instead."
        )
    return empty() if kind_of(library, value) is None else single(library, value.text)


@topic.bound("trace", 1)
def trace(library: Library, item: Value) -> Value:
    show(library, needed(library, "lib.fileset.trace: Argument", item))
    return library.evaluator.eval_text("x: x")


@topic.bound("traceVal", 1)
def trace_value(library: Library, item: Value) -> Value:
    found = needed(library, "lib.fileset.traceVal: Argument", item)
    show(library, found)
    return found.value


@topic.bound("toList", 1)
def to_list(library: Library, item: Value) -> Value:
    found = needed(library, "lib.fileset.toList: Argument", item)
    result: list[Value] = []
    if found.base is not None:
        listed(library, PathValue(found.base), found.tree, result)
    return result


def root_of(library: Library, root: Value) -> str:
    """The directory that a source is made of."""
    value, start = force(root), "lib.fileset.toSource: `root`"
    if not isinstance(value, PathValue):
        if has(value, "_isLibCleanSourceWith"):
            raise throw(
                f"{start} is a `lib.sources`-based value, but it should be a path instead.\n"
                "    To use a `lib.sources`-based value, convert it to a file set using `lib.fileset.fromSource` and "
                "pass it as `fileset`.\n    Note that this only works for sources created from paths."
            )
        if is_string_like(value):
            raise throw(
                f"{start} ({to_string(value)}) is a string-like value, but it should be a path instead.\n"
                "    Paths in strings are not supported by `lib.fileset`, use `lib.sources` or derivations instead."
            )
        raise throw(f"{start} is of type {type_name(value)}, but it should be a path instead.")
    kind = kind_of(library, value)
    if kind is None:
        raise throw(f"{start} ({value.text}) is a path that does not exist.")
    if kind != "directory":
        raise throw(
            f"{start} ({value.text}) is a file, but it should be a directory instead. Potential solutions:\n"
            "    - If you want to import the file into the store _without_ a containing directory, use string "
            "interpolation or `builtins.path` instead of this function.\n"
            "    - If you want to import the file into the store _with_ a containing directory, set `root` to the "
            f"containing directory, such as {parent_and_name(value.text)[0]}, and set `fileset` to the file path."
        )
    return value.text


@topic.bound("toSource", 1)
def to_source(library: Library, arguments: Value) -> Value:
    given = attrs_of(arguments)
    check_arguments("toSource", given, frozenset(("root", "fileset")))
    root = root_of(library, select(given, "root"))
    item = needed(library, "lib.fileset.toSource: `fileset`", select(given, "fileset"))
    start = parts_of(root)
    if item.base is not None and item.parts[: len(start)] != start:
        raise throw(
            f"lib.fileset.toSource: `fileset` could contain files in {item.base}, which is not under the `root` "
            f"({root}). Potential solutions:\n    - Set `root` to {item.base} or any directory higher up. This "
            "changes the layout of the resulting store path.\n    - Set `fileset` to a file set that cannot contain "
            f"files outside the `root` ({root}). This could change the files included in the result."
        )
    keep = source_filter(library, item)
    check = Builtin("filter", 2, lambda path, kind: keep(to_string(path), string_of(kind)))
    return filtered_source(library, PathValue(root), check, "source")


def filtered_tree(library: Library, path: Value, keep: Callable[[Value, str, str], bool], deep: bool) -> Attrs:
    """The tree of a directory; `keep` is asked about files, and with `deep` about directories as well."""

    def one(name: str, kind: Value) -> Value:
        inner, what = below(path, name), string_of(kind)
        if what != "directory":
            return what if keep(inner, name, what) else None
        return None if deep and not keep(inner, name, what) else filtered_tree(library, inner, keep, deep)

    return Attrs({name: Later(one, name, kind) for name, kind in entries(library, path).items()})


@topic.bound("fileFilter", 2)
def file_filter(library: Library, predicate: Value, path: Value) -> Value:
    start = "lib.fileset.fileFilter:"
    if not is_function(predicate):
        kind = type_name(predicate)
        raise throw(f"{start} First argument is of type {kind}, but it should be a function instead.")
    value = force(path)
    if not isinstance(value, PathValue):
        if is_tagged(value, "fileset"):
            raise throw(
                f"{start} Second argument is a file set, but it should be a path instead.\n"
                "    If you need to filter files in a file set, use `intersection fileset (fileFilter pred ./.)` "
                "instead."
            )
        raise throw(f"{start} Second argument is of type {type_name(value)}, but it should be a path instead.")
    found = kind_of(library, value)
    if found is None:
        raise throw(f"{start} Second argument ({value.text}) is a path that does not exist.")

    def keep(_: Value, name: str, what: str) -> bool:
        has_extension = Builtin("hasExt", 1, lambda ext: name.endswith(f".{string_of(ext)}"))
        return holds(predicate, Attrs({"name": name, "type": what, "hasExt": has_extension, FUTURE_HINT: None}))

    if found == "directory":
        return fileset(value.text, Later(filtered_tree, library, value, keep, False))
    parent, name = parent_and_name(value.text)
    return fileset(parent, Attrs({name: Later(lambda: found if keep(value, name, found) else None)}))


@topic.bound("fromSource", 1)
def from_source(library: Library, source: Value) -> Value:
    value, start = force(source), "lib.fileset.fromSource: The source origin"
    filtered = has(value, "_isLibCleanSourceWith")
    path = force(select(value, "origSrc")) if filtered else value
    if not isinstance(path, PathValue):
        if is_string_like(path):
            raise throw(
                f'{start} of the argument is a string-like value ("{to_string(path)}"), but it should be a path '
                "instead.\n    Sources created from paths in strings cannot be turned into file sets, use "
                "`lib.sources` or derivations instead."
            )
        raise throw(f"{start} of the argument is of type {type_name(path)}, but it should be a path instead.")
    kind = kind_of(library, path)
    if kind is None:
        raise throw(f"{start} ({path.text}) of the argument is a path that does not exist.")
    if not filtered or kind != "directory":
        return single(library, path.text)
    check = select(value, "filter")

    def keep(inner: Value, name: str, what: str) -> bool:
        return holds(check, to_string(inner), what)

    return fileset(path.text, Later(filtered_tree, library, path, keep, True))


def tracked(library: Library, function: str, argument: str, path: Value, extra: dict[str, Value]) -> Value:
    """The files of a checkout that git knows."""
    value, start = force(path), f"lib.fileset.{function}:"
    if not isinstance(value, PathValue):
        raise throw(f"{start} Expected the {argument} to be a path, but it's a {type_name(value)} instead.")
    if kind_of(library, value) != "directory":
        raise throw(f"{start} Expected the {argument} ({value.text}) to be a directory, but it's a file instead.")
    checkout = kind_of(library, below(value, ".git")) is not None
    if flag_of(call(library.topic("path")["hasStorePathPrefix"], value)):
        if not checkout:
            return single(library, value.text)
        raise throw(
            f"{start} The {argument} ({value.text}) is a store path within a working tree of a Git repository.\n"
            "    A whole repository was copied to the store, which this function cannot use; fetch it with `fetchGit` "
            "instead."
        )
    if not checkout:
        raise throw(
            f"{start} Expected the {argument} ({value.text}) to point to a local working tree of a Git repository, but "
            "it's not."
        )
    fetched = call(library.builtin("fetchGit"), Attrs({"url": value, "shallow": True, **extra}))
    copy = string_of(select(fetched, "outPath"))
    return fileset(value.text, mirrored(library, PathValue(str(copy))))


topic.bound("gitTracked", 1)(lambda library, path: tracked(library, "gitTracked", "argument", path, {}))


@topic.bound("gitTrackedWith", 2)
def git_tracked_with(library: Library, arguments: Value, path: Value) -> Value:
    submodules = attribute(arguments, "recurseSubmodules", False)
    if not isinstance(submodules, bool):
        raise throw(
            "lib.fileset.gitTrackedWith: Expected the attribute `recurseSubmodules` of the first argument to be a "
            f"boolean, but it's a {type_name(submodules)} instead."
        )
    return tracked(library, "gitTrackedWith", "second argument", path, {"submodules": submodules})
