"""Calculations that are made at once instead of later: the same values, and nothing that could be noticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home_manager.diagnostics import Failure
from home_manager.nix.evaluation import Evaluator, deep_force, print_value
from home_manager.nix.io import SystemIO
from home_manager.values.lazy import Lazy

EVALUATOR = Evaluator(SystemIO(), store_dir="/nix/store")

CONDITIONS = ("x < y", "x == y", "x <= 3 && y != 2", "!(x > y) || x == 1", "x == 0 -> y < 5")
NUMBERS = st.sampled_from((-(2**62), -(2**31), -7, -1, 0, 1, 2, 3, 1000, 2**30, 2**61, 2**63 - 1))
LEAVES = st.sampled_from(("x", "y", "2", "7"))
CALCULATIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(("+", "-", "*", "/")), inner),
        st.builds("(if {} then {} else {})".format, st.sampled_from(CONDITIONS), inner, inner),
    ),
    max_leaves=6,
)


def outcome(text: str) -> str:
    """The value of a program, or its error."""
    try:
        return print_value(deep_force(EVALUATOR.eval_text(text)))
    except Failure as failure:
        return failure.diagnostic.message


@given(CALCULATIONS, NUMBERS, NUMBERS)
def test_the_same_value_at_once_as_later(calculation: str, x: int, y: int) -> None:
    arguments = f"({x}) ({y})"
    evaluated = outcome(f"(x: y: {calculation}) {arguments}")
    # The arguments are there when the list, the set, the binding are made, or not yet.
    forced = "builtins.seq x (builtins.seq y"
    assert outcome(f"builtins.head ((x: y: {forced} [ {calculation} ])) {arguments})") == evaluated
    assert outcome(f"((x: y: {forced} {{ a = {calculation}; }})) {arguments}).a") == evaluated
    assert outcome(f"(x: y: {forced} (let a = {calculation}; b = a; in b))) {arguments}") == evaluated
    assert outcome(f"let y = {y}; in builtins.seq y (builtins.head (map (x: {calculation}) [ ({x}) ]))") == evaluated


@pytest.mark.parametrize(
    "text",
    [
        '(x: { a = x + 1; }) (throw "asked")',
        '(x: [ (x * 2) (if x == 1 then x else 2) ]) (throw "asked")',
        "(x: { a = x + 9223372036854775807; }) 5",
        "(x: y: { a = x / y; }) 1 0",
        '(x: { a = x + 1; b = x < "b"; c = !x && x; }) 1',
        'map (x: x) [ (throw "asked") ]',
        'map (x: { a = x; }) [ (throw "asked") ]',
        "builtins.genList (n: 1 / n) 2",
    ],
)
def test_nothing_fails_before_it_is_asked_for(text: str) -> None:
    assert EVALUATOR.eval_text(text) is not None


def test_what_is_made_at_once() -> None:
    def made(text: str) -> list[bool]:
        value = EVALUATOR.eval_text(text)
        assert isinstance(value, list)
        return [not isinstance(each, Lazy) for each in value]

    assert made("(n: builtins.seq n [ (n * 2) (n < 3) { inherit n; } [ n ] ]) 7") == [True, True, True, True]
    assert made("builtins.genList (n: { a = n; b = n * n; }) 2") == [True, True]
    assert made('(n: [ (n * 2) "${n}" (n n) ]) 7') == [True, False, False]
    assert made('map (n: n) [ 1 (throw "x") ]') == [True, False]


def test_slots_that_are_not_yet_filled_are_not_looked_at() -> None:
    text = "(n: builtins.seq n (let a = b + n; b = c * 2; c = n + 1; d = a + c; in [ a b c d ])) 4"
    assert outcome(text) == "[ 14 10 5 19 ]"
    assert (
        outcome("(n: builtins.seq n rec { a = b * n; b = n * 3; c = [ a b ]; }) 2")
        == "{ a = 12; b = 6; c = [ 12 6 ]; }"
    )
    assert outcome("(n: rec { a = n; b = a * 2; __overrides = { a = 10; }; }.b) 1") == "20"


def test_the_same_failure_each_time() -> None:
    program = '(x: let a = x + "s"; in [ (builtins.tryEval (a)).success (builtins.tryEval a).success ]) (throw "no")'
    assert outcome(program) == "[ false false ]"
