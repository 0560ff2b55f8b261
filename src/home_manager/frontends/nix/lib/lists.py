"""`lib.lists`: making, folding, filtering and searching lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import (
    LazyCall,
    attrs_of,
    equal,
    flag_of,
    holds,
    integer_of,
    list_of,
    string_of,
)
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.errors import throw
from home_manager.nix.evaluation import call
from home_manager.values import Attrs, Value
from home_manager.values.lazy import Lazy, force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

topic = Topic()
topic.builtins(
    "head", "tail", "length", "isList", "elemAt", "concatLists", "filter", "elem", "genList", "map", "concatMap",
    "any", "all", "partition", "groupBy", "sort", "foldl'",
)  # fmt: skip


@topic.function("singleton", 1)
def singleton(value: Value) -> Value:
    return [value]


@topic.function("forEach", 2)
def for_each(items: Value, function: Value) -> Value:
    return [LazyCall(function, item) for item in list_of(items)]


class Folded(Lazy):
    """The fold of the rest of a list from the right, which the function may never look at."""

    __slots__ = ("function", "index", "items", "start")

    def __init__(self, function: Value, start: Value, items: list[Value], index: int) -> None:
        super().__init__()
        self.function = function
        self.start = start
        self.items = items
        self.index = index

    def compute(self) -> Value:
        if self.index == len(self.items):
            return force(self.start)
        rest = Folded(self.function, self.start, self.items, self.index + 1)
        return call(self.function, self.items[self.index], rest)


@topic.function("foldr", 3)
def foldr(function: Value, start: Value, items: Value) -> Value:
    values = list_of(items)
    return Folded(function, start, values, 0) if values else start


@topic.value("fold")
def fold(library: Library) -> Value:
    return call(library.builtin("warn"), "fold has been deprecated, use foldr instead", library.topic("lists")["foldr"])


@topic.function("foldl", 3)
def foldl(function: Value, start: Value, items: Value) -> Value:
    result = start
    for item in list_of(items):
        result = LazyCall(function, result, item)
    return result


@topic.function("imap0", 2)
def imap0(function: Value, items: Value) -> Value:
    return [LazyCall(function, index, item) for index, item in enumerate(list_of(items))]


@topic.function("imap1", 2)
def imap1(function: Value, items: Value) -> Value:
    return [LazyCall(function, index, item) for index, item in enumerate(list_of(items), 1)]


@topic.function("ifilter0", 2)
def ifilter0(predicate: Value, items: Value) -> Value:
    return [item for index, item in enumerate(list_of(items)) if holds(predicate, index, item)]


def flattened(value: Value, into: list[Value]) -> None:
    forced = force(value)
    if isinstance(forced, list):
        for item in forced:
            flattened(item, into)
    else:
        into.append(forced)


@topic.function("flatten", 1)
def flatten(value: Value) -> Value:
    result: list[Value] = []
    flattened(value, result)
    return result


@topic.function("remove", 2)
def remove(value: Value, items: Value) -> Value:
    return [item for item in list_of(items) if not equal(item, value)]


@topic.function("findSingle", 4)
def find_single(predicate: Value, default: Value, multiple: Value, items: Value) -> Value:
    found = [item for item in list_of(items) if holds(predicate, item)]
    if not found:
        return default
    return found[0] if len(found) == 1 else multiple


@topic.function("findFirstIndex", 3)
def find_first_index(predicate: Value, default: Value, items: Value) -> Value:
    for index, item in enumerate(list_of(items)):
        if holds(predicate, item):
            return index
    return default


@topic.function("findFirst", 3)
def find_first(predicate: Value, default: Value, items: Value) -> Value:
    for item in list_of(items):
        if holds(predicate, item):
            return item
    return default


@topic.function("count", 2)
def count(predicate: Value, items: Value) -> Value:
    number = 0
    for item in list_of(items):
        number += holds(predicate, item)
    return number


@topic.function("optional", 2)
def optional(condition: Value, item: Value) -> Value:
    return [item] if flag_of(condition) else []


@topic.function("optionals", 2)
def optionals(condition: Value, items: Value) -> Value:
    return items if flag_of(condition) else []


@topic.function("toList", 1)
def to_list(value: Value) -> Value:
    value = force(value)
    return value if isinstance(value, list) else [value]


@topic.function("range", 2)
def number_range(first: Value, last: Value) -> Value:
    return list(range(integer_of(first), integer_of(last) + 1))


@topic.function("replicate", 2)
def replicate(number: Value, item: Value) -> Value:
    return [item] * integer_of(number)


@topic.function("groupBy'", 4)
def group_by_folding(function: Value, start: Value, key: Value, items: Value) -> Value:
    groups: dict[str, Value] = {}
    for item in list_of(items):
        name = str(string_of(call(key, item)))
        groups[name] = LazyCall(function, groups.get(name, start), item)
    return Attrs(groups)


@topic.function("zipListsWith", 3)
def zip_lists_with(function: Value, first: Value, second: Value) -> Value:
    return [LazyCall(function, a, b) for a, b in zip(list_of(first), list_of(second), strict=False)]


@topic.function("zipLists", 2)
def zip_lists(first: Value, second: Value) -> Value:
    return [Attrs({"fst": a, "snd": b}) for a, b in zip(list_of(first), list_of(second), strict=False)]


@topic.function("reverseList", 1)
def reverse_list(items: Value) -> Value:
    return list_of(items)[::-1]


@topic.function("take", 2)
def take(number: Value, items: Value) -> Value:
    return list_of(items)[: counted(number)]


@topic.function("takeEnd", 2)
def take_end(number: Value, items: Value) -> Value:
    values = list_of(items)
    return values[max(0, len(values) - integer_of(number)) :]


@topic.function("drop", 2)
def drop(number: Value, items: Value) -> Value:
    return list_of(items)[counted(number) :]


@topic.function("dropEnd", 2)
def drop_end(number: Value, items: Value) -> Value:
    values = list_of(items)
    return values[: max(0, len(values) - integer_of(number))]


def counted(number: Value) -> int:
    """A number of elements, which cannot be negative."""
    value = integer_of(number)
    if value < 0:
        raise throw(f"cannot create list of size {value}")
    return value


@topic.function("hasPrefix", 2)
def has_prefix(prefix: Value, items: Value) -> Value:
    start = list_of(prefix)
    return equal(list_of(items)[: len(start)], start)


@topic.function("removePrefix", 2)
def remove_prefix(prefix: Value, items: Value) -> Value:
    start, values = list_of(prefix), list_of(items)
    if not equal(values[: len(start)], start):
        raise throw("lib.lists.removePrefix: First argument is not a list prefix of the second argument")
    return values[len(start) :]


@topic.function("sublist", 3)
def sublist(start: Value, number: Value, items: Value) -> Value:
    first = integer_of(start)
    if first < 0:
        raise throw(f"lists.sublist: start must not be negative, but is {first}")
    return list_of(items)[first : first + counted(number)]


@topic.function("commonPrefix", 2)
def common_prefix(first: Value, second: Value) -> Value:
    values, others = list_of(first), list_of(second)
    length = 0
    while length < min(len(values), len(others)) and equal(values[length], others[length]):
        length += 1
    return values[:length]


@topic.function("last", 1)
def last(items: Value) -> Value:
    values = list_of(items)
    if not values:
        raise throw("lists.last: list must not be empty!")
    return values[-1]


@topic.function("init", 1)
def init(items: Value) -> Value:
    values = list_of(items)
    if not values:
        raise throw("lists.init: list must not be empty!")
    return values[:-1]


@topic.function("crossLists", 2)
def cross_lists(function: Value, lists: Value) -> Value:
    results = [function]
    for column in list_of(lists):
        results = [LazyCall(partial, item) for partial in results for item in list_of(column)]
    return results


def distinct(items: list[Value]) -> list[Value]:
    """The items without repetitions, in order; strings are compared by hash."""
    strings: set[str] = set()
    others: list[Value] = []
    result: list[Value] = []
    for item in items:
        value = force(item)
        if isinstance(value, str):
            if value not in strings:
                strings.add(value)
                result.append(item)
        elif not contains(others, value):
            others.append(value)
            result.append(item)
    return result


def contains(items: list[Value], value: Value) -> bool:
    """Whether a list has an equal element."""
    for item in items:  # noqa: SIM110 - `any` would call back out of C
        if equal(item, value):
            return True
    return False


@topic.function("unique", 1)
def unique(items: Value) -> Value:
    return distinct(list_of(items))


@topic.function("uniqueStrings", 1)
def unique_strings(items: Value) -> Value:
    return sorted({str(string_of(item)) for item in list_of(items)})


@topic.function("allUnique", 1)
def all_unique(items: Value) -> Value:
    values = list_of(items)
    return len(distinct(values)) == len(values)


@topic.function("intersectLists", 2)
def intersect_lists(wanted: Value, items: Value) -> Value:
    others = list_of(wanted)
    return [item for item in list_of(items) if contains(others, item)]


@topic.function("subtractLists", 2)
def subtract_lists(unwanted: Value, items: Value) -> Value:
    others = list_of(unwanted)
    return [item for item in list_of(items) if not contains(others, item)]


@topic.function("mutuallyExclusive", 2)
def mutually_exclusive(first: Value, second: Value) -> Value:
    values, others = list_of(first), list_of(second)
    for item in values:  # noqa: SIM110 - `any` would call back out of C
        if contains(others, item):
            return False
    return True


@topic.function("concatAttrValues", 1)
def concat_attr_values(attrs: Value) -> Value:
    source = attrs_of(attrs)
    result: list[Value] = []
    for name in sorted(source):
        result += list_of(source[name])
    return result


@topic.function("replaceElemAt", 3)
def replace_element_at(items: Value, index: Value, item: Value) -> Value:
    values, at = list_of(items), integer_of(index)
    if not 0 <= at < len(values):
        raise throw(f"'lists.replaceElemAt' called with index {at} on a list of size {len(values)}")
    return [*values[:at], item, *values[at + 1 :]]
