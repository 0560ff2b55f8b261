"""`lib.filesystem`: what lies where, and packages found in directories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import Later, attrs_of, list_of, select, string_of
from home_manager.frontends.nix.lib.attrsets import recurse_into_attrs
from home_manager.frontends.nix.lib.options import check_arguments
from home_manager.frontends.nix.lib.scopes import make_scope
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.errors import throw
from home_manager.nix.evaluation import LazyCall, call, coerce_to_path
from home_manager.nix.path_text import canonical
from home_manager.values import Attrs, Builtin, PathValue, Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

topic = Topic()
topic.builtins("baseNameOf", "dirOf", "isPath", "readDir", "readFileType", "hashFile")
topic.entries["pathType"] = lambda library: library.builtin("readFileType")


def below(path: Value, name: str) -> Value:
    """`path + "/name"`: a path stays a path, a string a string."""
    value = force(path)
    if isinstance(value, PathValue):
        return PathValue(canonical(f"{value.text}/{name}"))
    return f"{coerce_to_path(value)}/{name}"


def kind_of(library: Library, path: Value) -> str | None:
    """What kind of file is there, if there is one."""
    if force(call(library.builtin("pathExists"), path)) is not True:
        return None
    return string_of(call(library.builtin("readFileType"), path))


def entries(library: Library, directory: Value) -> dict[str, Value]:
    return attrs_of(call(library.builtin("readDir"), directory))


topic.bound("pathIsDirectory", 1)(lambda library, path: kind_of(library, path) == "directory")
topic.bound("pathIsRegularFile", 1)(lambda library, path: kind_of(library, path) == "regular")


@topic.bound("haskellPathsInDir", 1)
def haskell_paths_in_dir(library: Library, root: Value) -> Value:
    result = Attrs()
    for name in sorted(entries(library, root)):
        path = below(root, name)
        if kind_of(library, below(path, f"{name}.cabal")) is not None:
            result[name] = path
    return result


@topic.bound("locateDominatingFile", 2)
def locate_dominating_file(library: Library, pattern: Value, file: Value) -> Value:
    """The nearest directory, from a file upwards, that has entries which match."""
    here = file
    if coerce_to_path(file) != "/":
        parent = call(library.builtin("dirOf"), file)
        name = string_of(call(library.builtin("baseNameOf"), file))
        if force(entries(library, parent).get(name)) != "directory":
            here = parent
    while True:
        found = [call(library.builtin("match"), pattern, name) for name in sorted(entries(library, here))]
        matches = [item for item in found if item is not None]
        if matches:
            return Attrs({"path": here, "matches": matches})
        if coerce_to_path(here) == "/":
            return None
        here = call(library.builtin("dirOf"), here)


@topic.bound("listFilesRecursive", 1)
def list_files_recursive(library: Library, directory: Value) -> Value:
    result: list[Value] = []
    for name, kind in sorted(entries(library, directory).items()):
        path = below(directory, name)
        if force(kind) == "directory":
            result += list_of(list_files_recursive(library, path))
        else:
            result.append(path)
    return result


@topic.bound("packagesFromDirectoryRecursive", 1)
def packages_from_directory(library: Library, arguments: Value) -> Value:
    """`callPackage` of every package.nix or other Nix file below a directory, by name."""
    given = attrs_of(arguments)
    check_arguments("packagesFromDirectoryRecursive", given, frozenset(("callPackage", "newScope", "directory")))
    directory, call_package = select(given, "directory"), select(given, "callPackage")
    default = below(directory, "package.nix")
    if kind_of(library, default) is not None:
        return call(call_package, default, Attrs())
    if "newScope" not in given:
        return packages_in(library, given)

    def scope(self: Value) -> Value:
        inner = {name: Later(select, self, name) for name in ("callPackage", "newScope")}
        return packages_in(library, {**given, **inner})

    return recurse_into_attrs(make_scope(given["newScope"], Builtin("packages", 1, scope)))


def packages_in(library: Library, given: dict[str, Value]) -> Attrs:
    result = Attrs()
    for name, value in sorted(entries(library, given["directory"]).items()):
        kind, path = force(value), below(given["directory"], name)
        if kind == "directory":
            inner = Attrs({**given, "directory": path})
            result[name] = Later(packages_from_directory, library, inner)
        elif kind == "regular" and name.endswith(".nix"):
            result[name.removesuffix(".nix")] = LazyCall(given["callPackage"], path, Attrs())
        elif kind != "regular":
            raise throw(
                f"lib.filesystem.packagesFromDirectoryRecursive: Unsupported file type {kind} at path "
                f"{coerce_to_path(path)}\n"
            )
    return result


@topic.bound("resolveDefaultNix", 1)
def resolve_default_nix(library: Library, path: Value) -> Value:
    value = force(path)
    if kind_of(library, value) == "directory":
        return f"{value}/default.nix" if isinstance(value, str) else below(value, "default.nix")
    if isinstance(value, str) and value.endswith("/"):
        return f"{value}default.nix"
    return value
