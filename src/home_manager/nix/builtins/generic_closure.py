"""`genericClosure`: everything that can be reached from a start set, each key once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING

from home_manager.diagnostics import Failure
from home_manager.nix.builtins.attrsets import select
from home_manager.nix.operations import call, expect_attrs, expect_function, expect_list, force, less, preview
from home_manager.values import Builtin, Value

if TYPE_CHECKING:
    from home_manager.nix.builtins.evaluator_services import EvaluatorServices

_DOING = "in the attrset passed as argument to builtins.genericClosure"


_EXACT = 1 << 53
"""Integers up to this one are floats as well, so that they can be looked up together."""


class _Keys:
    """The keys met so far. Strings and numbers are looked up; anything else is found by comparing."""

    def __init__(self) -> None:
        self.hashed: dict[object, Value] = {}
        self.kind: type | None = None
        self.ordered: list[tuple[Value, Value]] = []

    def add(self, key: Value, element: Value) -> bool:
        """Whether the key is new; an error where it cannot be compared with those that were there before."""
        kind: type | None = None
        if isinstance(key, str):
            kind = str
        elif (isinstance(key, float) and key == key) or (type(key) is int and abs(key) <= _EXACT):
            kind = float
        if kind is not None and not self.ordered and self.kind in (None, kind):
            self.kind = kind
            if key in self.hashed:
                return False
            self.hashed[key] = element
            return True
        if self.hashed:
            self.ordered = sorted(self.hashed.items())
            self.hashed = {}
        return self._insert(key, element)

    def _insert(self, key: Value, element: Value) -> bool:
        low, high = 0, len(self.ordered)
        while low < high:
            middle = (low + high) // 2
            other, owner = self.ordered[middle]
            try:
                if less(key, other):
                    high = middle
                elif less(other, key):
                    low = middle + 1
                else:
                    return False
            except Failure as error:
                error.add_frame(f"with element {preview(owner)}", nix=True)
                error.add_frame(f"while comparing element {preview(element)}", nix=True)
                raise
        self.ordered.insert(low, (key, element))
        return True


def _generic_closure(arguments: Value) -> Value:
    attrs = expect_attrs(arguments, "while evaluating the first argument passed to builtins.genericClosure")
    start = expect_list(
        select(attrs, "startSet", _DOING),
        "while evaluating the 'startSet' attribute passed as argument to builtins.genericClosure",
    )
    if not start:
        return start
    operator = expect_function(
        select(attrs, "operator", _DOING),
        "while evaluating the 'operator' attribute passed as argument to builtins.genericClosure",
    )
    work = deque(start)
    keys = _Keys()
    result: list[Value] = []
    while work:
        element = work.popleft()
        try:
            key = select(expect_attrs(element), "key", "")
        except Failure as error:
            error.add_frame(f"in genericClosure element {preview(element)}", nix=True)
            raise
        if not keys.add(force(key), element):
            continue
        result.append(element)
        try:
            found = expect_list(
                call(operator, element),
                "while evaluating the return value of the `operator` passed to builtins.genericClosure",
            )
            work.extend([force(item) for item in found])
        except Failure as error:
            error.add_frame(f"while calling operator on genericClosure element {preview(element)}", nix=True)
            raise
    return result


def builtins(ev: EvaluatorServices) -> Iterable[Builtin | tuple[str, Value]]:
    """The built-ins of this topic."""
    return (Builtin("genericClosure", 1, _generic_closure),)
