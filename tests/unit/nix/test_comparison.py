"""Laws of equality, order and sorting."""

from __future__ import annotations

from functools import cmp_to_key

from hypothesis import given
from hypothesis import strategies as st

from home_manager.nix.evaluation import equal, less, merge_sort
from home_manager.values import Attrs, PathValue, Value
from home_manager.values.lazy import Delayed

scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 5), st.floats(-2, 2), st.text("ab", max_size=2), st.just(PathValue("/a"))
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("xyz"), inner, max_size=2).map(Attrs)
    ),
    max_leaves=6,
)


def copied(value: Value) -> Value:
    """The same value made of other objects, lazy inside."""
    if isinstance(value, dict):
        return Attrs({name: Delayed(lambda item=item: copied(item)) for name, item in reversed(value.items())})
    if isinstance(value, list):
        return [Delayed(lambda item=item: copied(item)) for item in value]
    return value


@given(values)
def test_a_value_equals_its_copy(value: Value) -> None:
    assert equal(value, copied(value))
    assert equal(Delayed(lambda: value), value)


@given(values, values)
def test_equality_is_symmetric(a: Value, b: Value) -> None:
    assert equal(a, b) is equal(b, a)


def test_booleans_are_no_numbers() -> None:
    assert not equal(True, 1)
    assert not equal([0], [False])
    assert equal(1, 1.0)


@given(st.lists(st.one_of(st.integers(-9, 9), st.floats(-9, 9))))
def test_sorting_agrees_with_python(items: list[Value]) -> None:
    assert merge_sort(items, less) == sorted(items, key=cmp_to_key(lambda a, b: -1 if less(a, b) else int(less(b, a))))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers())))
def test_sorting_is_stable(items: list[tuple[int, int]]) -> None:
    assert merge_sort(list(items), lambda a, b: a[0] < b[0]) == sorted(items, key=lambda item: item[0])  # type: ignore[index]


@given(st.lists(st.lists(st.integers(0, 3), max_size=3), min_size=2, max_size=2))
def test_lists_are_ordered_like_pythons(pair: list[list[int]]) -> None:
    a, b = pair
    assert less(a, b) is (a < b)
