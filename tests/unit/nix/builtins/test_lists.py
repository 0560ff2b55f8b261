"""Lists: values, laziness, refusals."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Show = Callable[..., str]


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("map (x: x + 1) [ 1 2 ]", "[ 2 3 ]"),
        ("map 1 [ ]", "[ ]"),
        ("__length (map (x: throw x) [ 1 2 ])", "2"),
        ("__filter (x: x > 1) [ 1 2 3 ]", "[ 2 3 ]"),
        ("__elem true [ 1 ]", "false"),
        ("__elem 1 [ true 1.0 ]", "true"),
        ("__elem 1 [ 1 (throw ''x'') ]", "true"),
        ("__elem { a = 1; } [ { a = 1; } ]", "true"),
        ("__concatLists [ [ 1 ] [ ] [ 2 ] ]", "[ 1 2 ]"),
        ("__foldl' (a: b: a + b) 0 [ 1 2 3 ]", "6"),
        ("__foldl' (a: b: b) (throw ''x'') [ 1 ]", "1"),
        ("__foldl' __add 0 [ 1 2 ]", "3"),
        ("__foldl' (a: { b }: a + b) 0 [ { b = 1; } { b = 2; } ]", "3"),
        ("__any (x: x == 1) [ 0 1 (throw ''x'') ]", "true"),
        ("__all (x: x == 1) [ 1 0 (throw ''x'') ]", "false"),
        ("__genList (x: x * x) 4", "[ 0 1 4 9 ]"),
        ("__genList { __functor = s: x: x; } 2", "[ 0 1 ]"),
        ("__sort (a: b: a < b) [ 3 1 2 ]", "[ 1 2 3 ]"),
        (
            "map (x: x.v) (__sort (a: b: a.k < b.k) (map (v: { k = v / 10; inherit v; }) [ 21 10 22 11 20 ]))",
            "[ 10 11 21 22 20 ]",
        ),
        ("__sort __lessThan [ ''b'' ''a'' ]", '[ "a" "b" ]'),
        ("__partition (x: x > 1) [ 1 2 3 ]", "{ right = [ 2 3 ]; wrong = [ 1 ]; }"),
        ("__groupBy toString [ 1 2 1 ]", '{ "1" = [ 1 1 ]; "2" = [ 2 ]; }'),
        ("__concatMap (x: [ x x ]) [ 1 2 ]", "[ 1 1 2 2 ]"),
        ("__elemAt [ 1 2 ] 1", "2"),
        ("__tail [ 1 2 ]", "[ 2 ]"),
        ("__length [ (throw ''x'') ]", "1"),
    ],
)
def test_values(show: Show, expression: str, shown: str) -> None:
    assert show(expression) == shown


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("map 1 [ 1 ]", "expected a function but found an integer: 1"),
        ("__filter (x: 1) [ 1 ]", "expected a Boolean but found an integer: 1"),
        ("__foldl' (a: b: a) 0 1", "expected a list but found an integer: 1"),
        ("__genList (x: x) (-1)", "cannot create list of size -1"),
        ("__elemAt [ 1 ] 3", "'builtins.elemAt' called with index 3 on a list of size 1"),
        ("__head [ ]", "'builtins.head' called on an empty list"),
        ("__sort __lessThan [ 1 ''a'' ]", 'cannot compare a string with an integer; values are "a" and 1'),
        ("__concatMap (x: x) [ 1 ]", "expected a list but found an integer: 1"),
        ("__foldl' (a: b: throw ''no'') 0 [ 1 ]", "no"),
    ],
)
def test_refusals(show: Show, expression: str, message: str) -> None:
    assert show(expression) == f"error: {message}"


def test_frames_say_which_argument(show: Show) -> None:
    shown = show("map 1 [ 1 ]", frames=True)
    assert "while evaluating the first argument passed to builtins.map" in shown


def test_endless_recursion_through_map_is_refused(show: Show) -> None:
    assert "stack overflow" in show("let f = n: __head (map f [ (n + 1) ]); in f 0")


def test_depth_is_right_after_caught_errors(show: Show) -> None:
    caught = "(__tryEval (__foldl' (x: y: throw ''e'') 0 [ 1 ])).success"
    assert show(f"__foldl' (a: b: {caught} || a) false (__genList (x: x) 20000)") == "false"
