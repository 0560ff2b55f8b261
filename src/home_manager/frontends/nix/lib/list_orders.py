"""Comparison and sorting of `lib.lists`: by value, naturally or by a partial order."""

from __future__ import annotations

import re

from home_manager.frontends.nix.lib.arguments import flag_of, holds, integer_of, less, list_of, merge_sort, string_of
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.errors import throw
from home_manager.nix.evaluation import call
from home_manager.values import Attrs, Value

topic = Topic()


class Keyed:
    """An item with the value that it is sorted by."""

    __slots__ = ("item", "key")

    def __init__(self, key: Value, item: Value) -> None:
        self.key = key
        self.item = item


def precedes(a: Value, b: Value) -> bool:
    assert isinstance(a, Keyed) and isinstance(b, Keyed)
    return less(a.key, b.key)


@topic.function("sortOn", 2)
def sort_on(key: Value, items: Value) -> Value:
    keyed: list[Value] = [Keyed(call(key, item), item) for item in list_of(items)]
    return [pair.item for pair in merge_sort(keyed, precedes) if isinstance(pair, Keyed)]


@topic.function("compareLists", 3)
def compare_lists(compare: Value, first: Value, second: Value) -> Value:
    values, others = list_of(first), list_of(second)
    for a, b in zip(values, others, strict=False):
        order = integer_of(call(compare, a, b))
        if order:
            return order
    return (len(values) > len(others)) - (len(values) < len(others))


def natural_key(text: str) -> list[str | tuple[int, str]]:
    """The text cut at its numbers, which compare as numbers: the longer one is larger."""
    parts = re.split("(0|[1-9][0-9]*)", text)
    return [(len(part), part) if index % 2 else part for index, part in enumerate(parts)]


@topic.function("naturalSort", 1)
def natural_sort(items: Value) -> Value:
    # The parts alternate between text and number, so keys always compare like with like.
    return sorted([string_of(item) for item in list_of(items)], key=natural_key)


def search(
    stop_on_cycles: bool, before: Value, start: Value, visited: list[Value], rest: list[Value]
) -> tuple[str, Value, list[Value], list[Value], list[Value]]:
    """Walks from an element to one that nothing comes before: what it found, the element, loops, visited, rest."""
    here = start
    while True:
        loops = [item for item in visited if holds(before, item, here)]
        earlier: list[Value] = []
        others: list[Value] = []
        for item in rest:
            (earlier if holds(before, item, here) else others).append(item)
        if stop_on_cycles and loops:
            return "cycle", here, loops, visited, rest
        if not earlier:
            return "minimal", here, loops, visited, rest
        visited = [here, *visited]
        rest = earlier[1:] + others
        here = earlier[0]


@topic.function("listDfs", 3)
def list_dfs(stop_on_cycles: Value, before: Value, items: Value) -> Value:
    values = list_of(items)
    if not values:
        raise throw("lists.listDfs: list must not be empty!")
    kind, here, loops, visited, rest = search(flag_of(stop_on_cycles), before, values[0], [], values[1:])
    result = Attrs({kind: here, "visited": visited, "rest": rest})
    if kind == "cycle":
        result["loops"] = loops
    return result


@topic.function("toposort", 2)
def toposort(before: Value, items: Value) -> Value:
    todo = list_of(items)
    result: list[Value] = []
    while len(todo) > 1:
        kind, here, loops, visited, rest = search(True, before, todo[0], [], todo[1:])
        if kind == "cycle":
            return Attrs({"cycle": [here, *visited][::-1], "loops": loops})
        result.append(here)
        todo = visited + rest
    return Attrs({"result": result + todo})
