"""Attribute paths and nested sets of `lib.attrsets`."""

from __future__ import annotations

from collections.abc import Callable

from home_manager.frontends.nix.lib.arguments import (
    Later,
    LazyCall,
    attrs_of,
    equal,
    holds,
    list_of,
    select,
    string_of,
)
from home_manager.frontends.nix.lib.escaping import show_attr_path
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.errors import abort, throw
from home_manager.nix.evaluation import call
from home_manager.values import MISSING, Attrs, Value
from home_manager.values.classes import attribute, offered
from home_manager.values.lazy import Delayed, force

topic = Topic()


def path_of(value: Value) -> list[str]:
    """An attribute path: a list of strings."""
    return [str(string_of(part)) for part in list_of(value)]


def follow(path: list[str], value: Value, read: Callable[[dict[str, Value], str], Value] = attribute) -> Value:
    """What stands at a path, or `MISSING`; whether it is there is asked with `offered`."""
    for name in path:
        here = force(value)
        value = read(here, name) if isinstance(here, dict) else MISSING
        if value is MISSING:
            return MISSING
    return value


@topic.function("attrByPath", 3)
def attr_by_path(path: Value, default: Value, attrs: Value) -> Value:
    found = follow(path_of(path), attrs, offered)
    return default if found is MISSING else found


@topic.function("hasAttrByPath", 2)
def has_attr_by_path(path: Value, attrs: Value) -> Value:
    return follow(path_of(path), attrs, offered) is not MISSING


@topic.function("longestValidPathPrefix", 2)
def longest_valid_path_prefix(path: Value, value: Value) -> Value:
    names = list_of(path)
    for index, item in enumerate(names):
        here = force(value)
        value = here.get(string_of(item), MISSING) if isinstance(here, dict) else MISSING
        if value is MISSING:
            return names[:index]
    return names


def nested(path: list[str], value: Value) -> Value:
    """The attribute set that has one value, at a path."""
    for name in reversed(path):
        value = Attrs({name: value})
    return value


@topic.function("setAttrByPath", 2)
def set_attr_by_path(path: Value, value: Value) -> Value:
    return nested(path_of(path), value)


@topic.function("getAttrFromPath", 2)
def get_attr_from_path(path: Value, attrs: Value) -> Value:
    names = path_of(path)
    found = follow(names, attrs)
    if found is MISSING:
        raise abort(f"cannot find attribute '{'.'.join(names)}'")
    return found


topic.function("showAttrPath", 1)(lambda path: show_attr_path(path_of(path)))


def update_at(depth: int, value: Value, updates: list[tuple[list[str], Value]]) -> Value:
    """A value after updates whose paths agree up to `depth`; `MISSING` stands for no value."""
    here = [update for path, update in updates if len(path) == depth]
    deeper: dict[str, list[tuple[list[str], Value]]] = {}
    for entry in updates:
        if len(entry[0]) > depth:
            deeper.setdefault(entry[0][depth], []).append(entry)
    if deeper:
        source: dict[str, Value] = Attrs()
        if value is not MISSING:
            forced = force(value)
            if not isinstance(forced, dict):
                path = next(iter(deeper.values()))[0][0]
                raise throw(
                    f"updateManyAttrsByPath: Path '{show_attr_path(path)}' needs to be updated, but path "
                    f"'{show_attr_path(path[:depth])}' of the given value is not an attribute set, so we can't "
                    "update an attribute inside of it."
                )
            source = forced
        result = Attrs(source)
        for name, entries in deeper.items():
            old = source.get(name, MISSING)
            result[name] = Later(update_at, depth + 1, old, entries)
        value = result
    elif value is MISSING:
        value = Delayed(lambda: refuse_update(updates[0][0]))
    for update in here:
        value = LazyCall(update, value)
    return value


def refuse_update(path: list[str]) -> Value:
    raise throw(
        f"updateManyAttrsByPath: Path '{show_attr_path(path)}' does not exist in the given value, but the first "
        "update to this path tries to access the existing value."
    )


@topic.function("updateManyAttrsByPath", 2)
def update_many_attrs_by_path(updates: Value, value: Value) -> Value:
    entries = [(path_of(select(item, "path")), select(item, "update")) for item in list_of(updates)]
    return update_at(0, value, entries)


def filtered_deeply(predicate: Value, attrs: dict[str, Value]) -> Attrs:
    result = Attrs()
    for name, value in attrs.items():
        if holds(predicate, name, value):
            result[name] = Later(filtered_below, predicate, value)
    return result


def filtered_below(predicate: Value, value: Value) -> Value:
    value = force(value)
    return filtered_deeply(predicate, value) if isinstance(value, dict) else value


@topic.function("filterAttrsRecursive", 2)
def filter_attrs_recursive(predicate: Value, attrs: Value) -> Value:
    return filtered_deeply(predicate, attrs_of(attrs))


@topic.function("collect", 2)
def collect(predicate: Value, attrs: Value) -> Value:
    result: list[Value] = []
    todo = [attrs]
    while todo:
        value = todo.pop()
        if holds(predicate, value):
            result.append(value)
            continue
        forced = force(value)
        if isinstance(forced, dict):
            todo.extend([forced[name] for name in sorted(forced, reverse=True)])
    return result


def mapped_deeply(condition: Value, function: Value, path: list[Value], attrs: dict[str, Value]) -> Attrs:
    """Every leaf of nested sets given to a function with its path; a set for which `condition` fails is a leaf."""

    def at(name: str, value: Value) -> Value:
        here = [*path, name]
        forced = force(value)
        if isinstance(forced, dict) and (condition is None or holds(condition, forced)):
            return mapped_deeply(condition, function, here, forced)
        return call(function, here, forced)

    return Attrs({name: Later(at, name, value) for name, value in attrs.items()})


@topic.function("mapAttrsRecursive", 2)
def map_attrs_recursive(function: Value, attrs: Value) -> Value:
    return mapped_deeply(None, function, [], attrs_of(attrs))


@topic.function("mapAttrsRecursiveCond", 3)
def map_attrs_recursive_cond(condition: Value, function: Value, attrs: Value) -> Value:
    return mapped_deeply(condition, function, [], attrs_of(attrs))


def leaves(predicate: Value, function: Value, path: list[Value], attrs: dict[str, Value], into: list[Value]) -> None:
    for name in sorted(attrs):
        here = [*path, name]
        value = force(attrs[name])
        if isinstance(value, dict) and (predicate is None or holds(predicate, here, value)):
            leaves(predicate, function, here, value, into)
        else:
            into.append(LazyCall(function, here, value))


@topic.function("mapAttrsToListRecursive", 2)
def map_attrs_to_list_recursive(function: Value, attrs: Value) -> Value:
    result: list[Value] = []
    leaves(None, function, [], attrs_of(attrs), result)
    return result


@topic.function("mapAttrsToListRecursiveCond", 3)
def map_attrs_to_list_recursive_cond(predicate: Value, function: Value, attrs: Value) -> Value:
    result: list[Value] = []
    leaves(predicate, function, [], attrs_of(attrs), result)
    return result


def updated_until(predicate: Value, path: list[Value], left: dict[str, Value], right: dict[str, Value]) -> Attrs:
    """`left` with the attributes of `right`, sets of both joined further; `predicate path l r` says where to stop."""

    def both(name: str, old: Value, new: Value) -> Value:
        here = [*path, name]
        if predicate is None:
            before, after = force(old), force(new)
            if not (isinstance(before, dict) and isinstance(after, dict)):
                return after
            return updated_until(None, here, before, after)
        if holds(predicate, here, old, new):
            return new
        return updated_until(predicate, here, attrs_of(old), attrs_of(new))

    result = Attrs(left, origin=(left, right))
    for name, value in right.items():
        old = left.get(name, MISSING)
        if old is MISSING:
            result[name] = value
        else:
            result[name] = Later(both, name, old, value)
    return result


@topic.function("recursiveUpdateUntil", 3)
def recursive_update_until(predicate: Value, left: Value, right: Value) -> Value:
    return updated_until(predicate, [], attrs_of(left), attrs_of(right))


@topic.function("recursiveUpdate", 2)
def recursive_update(left: Value, right: Value) -> Value:
    return updated_until(None, [], attrs_of(left), attrs_of(right))


def matches(pattern: dict[str, Value], attrs: dict[str, Value]) -> bool:
    for name in sorted(pattern):
        found = attrs.get(name, MISSING)
        if found is MISSING:
            return False
        wanted, value = force(pattern[name]), force(found)
        if isinstance(wanted, dict):
            if not (isinstance(value, dict) and matches(wanted, value)):
                return False
        elif not equal(wanted, value):
            return False
    return True


@topic.function("matchAttrs", 2)
def match_attrs(pattern: Value, attrs: Value) -> Value:
    return matches(attrs_of(pattern), attrs_of(attrs))
