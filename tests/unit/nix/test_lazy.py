"""Lazy values: computed once, again after a failure, and never by way of themselves."""

from __future__ import annotations

import pytest

from home_manager.diagnostics import Failure, failure
from home_manager.values.lazy import Delayed, InfiniteRecursion, Lazy, force


class Named(Lazy):
    """A lazy value with a name, that needs others."""

    __slots__ = ("needs", "title")

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.needs: list[Lazy] = []

    def compute(self) -> object:
        return [each.force() for each in self.needs]

    def name(self) -> str:
        return self.title


def test_computed_once() -> None:
    calls: list[int] = []
    lazy = Delayed(lambda: calls.append(1) or Delayed(lambda: 5))
    assert [force(lazy), lazy.force(), force(5)] == [5, 5, 5]
    assert calls == [1]


def test_a_failure_is_found_again() -> None:
    def fail() -> object:
        raise failure("test", "no")

    lazy = Delayed(fail)
    for _ in range(2):
        with pytest.raises(Failure, match="no"):
            lazy.force()


def test_a_circle_is_told_by_name() -> None:
    a, b, c, outside = Named("a"), Named("b"), Named("c"), Named("outside")
    a.needs, b.needs, c.needs, outside.needs = [b], [c], [a], [a]
    with pytest.raises(InfiniteRecursion) as caught:
        outside.force()
    assert caught.value.diagnostic.notes == ("`a` needs `b`, which needs `c`, which needs `a`",)


def test_a_small_circle() -> None:
    a = Named("a")
    a.needs = [a]
    with pytest.raises(InfiniteRecursion) as caught:
        a.force()
    assert caught.value.diagnostic.notes == ("`a` is needed to compute `a`",)
