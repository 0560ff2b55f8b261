"""The entries of a `dagOf` value in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from home_manager.options.errors.catchable import refused
from home_manager.values import Value
from home_manager.values.lazy import force


def topological(entries: Mapping[str, Value]) -> list[tuple[str, Value]]:
    """The data of the entries by name, in an order that respects `before` and `after`."""
    forced: dict[str, dict[str, Value]] = {}
    for name in entries:
        entry = force(entries[name])
        assert isinstance(entry, dict)
        forced[name] = entry
    order = sort({name: (_names(each["before"]), _names(each["after"])) for name, each in forced.items()})
    return [(name, force(forced[name]["data"])) for name in order]


def sort(entries: Mapping[str, tuple[Sequence[str], Sequence[str]]]) -> list[str]:
    """The names in order; each entry has the names that it comes before, and those that it comes after.

    Where the graph leaves a choice, the order is that of nixpkgs' `toposort` of the sorted names, on which generated
    files depend: the search goes from the first name left to one that must precede it until there is none; what it
    passed on the way comes first in the next round, then the rest as the search has rearranged it.
    """
    names = sorted(entries)
    after = {name: set(entries[name][1]) for name in names}
    for name in names:
        for later in entries[name][0]:
            if later in after:
                after[later].add(name)
    order: list[str] = []
    left = names
    while len(left) > 1:
        current, way, rest = left[0], list[str](), left[1:]
        while True:
            wanted = after[current]
            if any(name in wanted for name in way):
                circle = [*reversed(way), current]
                raise refused(
                    "dag-cycle",
                    f"the entries {', '.join(f'`{name}`' for name in circle)} come before each other in a circle",
                    hints=("remove one of their `before` or `after` names",),
                )
            earlier = [name for name in rest if name in wanted]
            if not earlier:
                break
            rest = [*earlier[1:], *(name for name in rest if name not in wanted)]
            way = [current, *way]
            current = earlier[0]
        order.append(current)
        left = [*way, *rest]
    return order + left


def _names(value: Value) -> list[str]:
    value = force(value)
    assert isinstance(value, list)
    return [str(force(each)) for each in value]
