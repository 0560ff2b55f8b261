"""`lib.hm.dag`: values that say which others they come before and after."""

from __future__ import annotations

from home_manager.frontends.nix.lib.arguments import (
    Later,
    LazyCall,
    attrs_of,
    equal,
    joined_attrs,
    list_of,
    select,
    string_of,
)
from home_manager.frontends.nix.lib.list_orders import toposort
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.values import Attrs, Builtin, Value
from home_manager.values.lazy import Delayed, force

topic = Topic()
topic.constant("empty", Attrs())


def entry(before: Value, after: Value, data: Value) -> Attrs:
    """One value with its place in the order."""
    return Attrs({"data": data, "before": before, "after": after})


def is_entry(value: Value) -> bool:
    value = force(value)
    return isinstance(value, dict) and "data" in value and "after" in value and "before" in value


topic.function("isEntry", 1)(is_entry)
topic.function("entryBetween", 3)(entry)
topic.function("entryAnywhere", 1)(lambda data: entry([], [], data))
topic.function("entryAfter", 2)(lambda after, data: entry([], after, data))
topic.function("entryBefore", 2)(lambda before, data: entry(before, [], data))


@topic.function("isDag", 1)
def is_dag(value: Value) -> Value:
    value = force(value)
    return isinstance(value, dict) and all([is_entry(item) for item in value.values()])


def contains_name(names: Value, name: Value) -> bool:
    for item in list_of(names):  # noqa: SIM110 - `any` would call back out of C
        if equal(item, name):
            return True
    return False


BEFORE = Builtin("before", 2, lambda a, b: contains_name(select(b, "after"), select(a, "name")))


def sorted_entries(dag: Value) -> dict[str, Value]:
    """`{ result = [ { name, data } … ]; }`, or the `cycle` and `loops` that make an order impossible."""
    source = attrs_of(dag)
    names = sorted(source)
    earlier: dict[str, list[Value]] = {}
    for name in names:
        for other in list_of(select(source[name], "before")):
            found = earlier.setdefault(str(string_of(other)), [])
            if name not in found:
                found.append(name)
    nodes: list[Value] = [
        Attrs(
            {
                "name": name,
                "data": Delayed(lambda name=name: select(source[name], "data")),  # type: ignore[misc]
                "after": list_of(select(source[name], "after")) + earlier.get(name, []),
            }
        )
        for name in names
    ]
    result = attrs_of(toposort(BEFORE, nodes))
    if "result" not in result:
        return result
    return Attrs(
        {
            "result": [
                Attrs({"name": select(node, "name"), "data": attrs_of(node)["data"]})
                for node in list_of(result["result"])
            ]
        }
    )


topic.function("topoSort", 1)(sorted_entries)


@topic.function("map", 2)
def map_data(function: Value, dag: Value) -> Value:
    source = attrs_of(dag)

    def changed(name: str) -> Value:
        value = source[name]
        return joined_attrs(value, Attrs({"data": LazyCall(function, name, Delayed(lambda: select(value, "data")))}))

    return Attrs({name: Later(changed, name) for name in source})


def chain(tag: Value, before: Value, after: Value, items: Value) -> Attrs:
    """Entries `tag-0`, `tag-1`, … one after the other, the first after `after` and the last before `before`."""
    prefix, values = string_of(tag), list_of(items)
    result = Attrs()
    previous = after
    for index, value in enumerate(values):
        name = f"{prefix}-{index}"
        result[name] = entry(before if index == len(values) - 1 else [], previous, value)
        previous = [name]
    return result


topic.function("entriesBetween", 4)(chain)
topic.function("entriesAnywhere", 2)(lambda tag, items: chain(tag, [], [], items))
topic.function("entriesAfter", 3)(lambda tag, after, items: chain(tag, [], after, items))
topic.function("entriesBefore", 3)(lambda tag, before, items: chain(tag, before, [], items))
