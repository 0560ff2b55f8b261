"""`lib.path`: paths and parts of paths, without looking at the machine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import list_of, string_of, type_name
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.errors import throw
from home_manager.nix.path_text import canonical
from home_manager.values import Attrs, Builtin, PathValue, Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

topic = Topic()


def why_invalid(value: Value) -> str | None:
    """What is wrong with a value as a path below another one, or `None`."""
    value = force(value)
    if not isinstance(value, str):
        return f"The given value is of type {type_name(value)}, but a string was expected"
    if not value:
        return "The given string is empty"
    if value.startswith("/"):
        return f'The given string "{value}" starts with a `/`, representing an absolute path'
    if ".." in value.split("/"):
        return f'The given string "{value}" contains a `..` component, which is not allowed in subpaths'
    return None


def subpath_of(function: str, what: str, value: Value) -> str:
    reason = why_invalid(value)
    if reason is not None:
        raise throw(f"lib.path.{function}: {what} is not a valid subpath string:\n    {reason}")
    return string_of(value)


def parts_of(subpath: str) -> list[str]:
    """The names in a path, without the ones that stay where they are."""
    return [part for part in subpath.split("/") if part not in ("", ".")]


def subpath_text(parts: list[str]) -> str:
    return "./" + ("/".join(parts) or ".")


def path_of(function: str, position: str, value: Value, end: str = "") -> str:
    value = force(value)
    if not isinstance(value, PathValue):
        raise throw(f"lib.path.{function}: {position} is of type {type_name(value)}, but a path was expected{end}")
    return value.text


@topic.function("append", 2)
def append(path: Value, subpath: Value) -> Value:
    base = path_of("append", "The first argument", path)
    return PathValue(canonical(f"{base}/{subpath_of('append', 'Second argument', subpath)}"))


@topic.function("hasPrefix", 2)
def has_prefix(first: Value, second: Value) -> Value:
    start = parts_of(path_of("hasPrefix", "First argument", first))
    return parts_of(path_of("hasPrefix", "Second argument", second))[: len(start)] == start


@topic.function("removePrefix", 2)
def remove_prefix(first: Value, second: Value) -> Value:
    prefix = path_of("removePrefix", "First argument", first, ".")
    path = path_of("removePrefix", "Second argument", second, ".")
    start, parts = parts_of(prefix), parts_of(path)
    if parts[: len(start)] != start:
        raise throw(
            f'lib.path.removePrefix: The first path argument "{prefix}" is not a component-wise prefix of the second '
            f'path argument "{path}".'
        )
    return subpath_text(parts[len(start) :])


@topic.function("splitRoot", 1)
def split_root(path: Value) -> Value:
    parts = parts_of(path_of("splitRoot", "Argument", path))
    return Attrs({"root": PathValue("/"), "subpath": subpath_text(parts)})


@topic.bound("hasStorePathPrefix", 1)
def has_store_path_prefix(library: Library, path: Value) -> Value:
    """Whether a path lies in an object of the store; a content-addressed placeholder counts as one."""
    parts = parts_of(path_of("hasStorePathPrefix", "Argument", path))
    store = parts_of(string_of(library.builtin("storeDir")))
    if parts[: len(store)] == store and len(parts) > len(store):
        return re.fullmatch(".{32}-.+", parts[len(store)], re.DOTALL) is not None
    return bool(parts) and re.fullmatch("[0-9a-z]{52}", parts[0]) is not None


def join(subpaths: Value) -> Value:
    items = list_of(subpaths)
    for index, item in enumerate(items):
        subpath_of("subpath.join", f"Element at index {index}", item)
    return subpath_text([part for item in items for part in parts_of(string_of(item))])


def components(subpath: Value) -> Value:
    result: list[Value] = list(parts_of(subpath_of("subpath.components", "Argument", subpath)))
    return result


def normalise(subpath: Value) -> Value:
    return subpath_text(parts_of(subpath_of("subpath.normalise", "Argument", subpath)))


topic.constant(
    "subpath",
    Attrs(
        {
            "isValid": Builtin("isValid", 1, lambda value: why_invalid(value) is None),
            "join": Builtin("join", 1, join),
            "components": Builtin("components", 1, components),
            "normalise": Builtin("normalise", 1, normalise),
        }
    ),
)
