"""Laws of the engine: what holds for every set of definitions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from home_manager.authoring.reading import seen
from home_manager.diagnostics import Failure
from home_manager.options import mk_if, mk_merge, mk_order, mk_override
from home_manager.options.dag import sort
from home_manager.options.location import parse_path, show_path
from unit.options.build import Option, evaluated, merged, module, t

NAMES = st.text("abcde", min_size=1, max_size=2)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text("xyz", max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.tuples(st.integers(1, 2000), st.integers()), min_size=1, max_size=6, unique_by=lambda pair: pair[0]))
def test_the_smallest_priority_number_wins(pairs: list[tuple[int, int]]) -> None:
    definitions = [mk_override(priority, value) for priority, value in pairs]
    assert merged(t.int, *definitions) == min(pairs)[1]


@given(st.lists(st.tuples(st.integers(0, 5), st.lists(st.integers(), max_size=2)), min_size=1, max_size=6))
def test_orders_sort_stably(pairs: list[tuple[int, list[int]]]) -> None:
    definitions = [mk_order(order, value) for order, value in pairs]
    expected = [item for _, value in sorted(pairs, key=lambda pair: pair[0]) for item in value]
    assert merged(t.list_of(t.int), *definitions) == expected


@given(VALUES)
def test_one_plain_definition_is_its_value(value: object) -> None:
    for type_ in (t.anything, t.json, t.raw, t.unspecified):
        assert merged(type_, value) == value


@given(VALUES)
def test_equal_definitions_merge_to_themselves_unless_they_hold_lists(value: object) -> None:
    try:
        assert merged(t.anything, value, value) == value
    except Failure:
        raise AssertionError(value) from None


@given(st.lists(st.booleans(), max_size=5), st.booleans())
def test_conditions_choose_what_is_merged(conditions: list[bool], nested: bool) -> None:
    parts = [mk_if(condition, [n]) for n, condition in enumerate(conditions)]
    wanted = [n for n, condition in enumerate(conditions) if condition]
    config = {"x": mk_merge([mk_merge(parts)] if nested else parts)}
    assert seen(evaluated(module({"x": Option(t.list_of(t.int), [])}, config)).value("x")) == wanted


@given(st.dictionaries(NAMES, st.integers(), max_size=4), st.booleans())
def test_pushing_a_condition_down_changes_nothing(values: dict[str, int], condition: bool) -> None:
    options = {"a": Option(t.attrs_of(t.int), {})}
    outer = evaluated(module(options, mk_if(condition, {"a": values})))
    inner = evaluated(module(options, {"a": {name: mk_if(condition, value) for name, value in values.items()}}))
    assert seen(outer.value("a")) == seen(inner.value("a")) == (values if condition else {})


@given(st.lists(st.text(min_size=1, max_size=6).filter(lambda s: "\\" not in s), min_size=1, max_size=4))
def test_paths_are_read_back(names: list[str]) -> None:
    path = tuple(names)
    if not any(name == "*" or name.startswith("<") or "\n" in name or "${" in name for name in names):
        assert parse_path(show_path(path)) == path


@given(st.lists(st.tuples(NAMES, NAMES), max_size=8))
def test_a_sorted_graph_respects_every_wish(wishes: list[tuple[str, str]]) -> None:
    names = sorted({name for pair in wishes for name in pair})
    edges = {(a, b) for a, b in wishes if a < b}
    entries = {name: ([b for a, b in edges if a == name], list[str]()) for name in names}
    order = sort(entries)
    assert sorted(order) == names
    assert all(order.index(a) < order.index(b) for a, b in edges)
