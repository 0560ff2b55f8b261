"""Attribute sets: values, laziness, refusals, and sets whose attributes are found by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from home_manager.nix.evaluation import Evaluator, call
from home_manager.values import MISSING, Attrs, OpenAttrs, Value

Show = Callable[..., str]


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("__attrNames { b = 1; a = 2; B = throw ''x''; }", '[ "B" "a" "b" ]'),
        ("__attrValues { b = 1; a = 2; }", "[ 2 1 ]"),
        ("__getAttr ''a'' { a = 1; }", "1"),
        ("__hasAttr ''a'' { a = throw ''x''; }", "true"),
        ("removeAttrs { a = 1; b = 2; } [ ''a'' ''c'' ]", "{ b = 2; }"),
        ("__listToAttrs [ { name = ''a''; value = 1; } { name = ''a''; } ]", "{ a = 1; }"),
        ("__intersectAttrs { a = 1; b = 2; c = 5; } { b = 3; }", "{ b = 3; }"),
        ("__intersectAttrs { b = 2; } { a = 1; b = 3; }", "{ b = 3; }"),
        ("__catAttrs ''a'' [ { a = 1; } { } { a = 2; } ]", "[ 1 2 ]"),
        ("__mapAttrs (n: v: n + v) { a = ''x''; }", '{ a = "ax"; }'),
        ("__attrNames (__mapAttrs (throw ''x'') { a = 1; })", '[ "a" ]'),
        ("__attrNames (__mapAttrs (n: throw ''x'') { a = 1; })", '[ "a" ]'),
        ("__zipAttrsWith (n: vs: vs) [ { a = 1; } { a = 2; b = 3; } ]", "{ a = [ 1 2 ]; b = [ 3 ]; }"),
        ("__functionArgs ({ a, b ? 1, ... }: a)", "{ a = false; b = true; }"),
        ("__functionArgs map", "{ }"),
        ("__unsafeGetAttrPos ''b'' { a = 1; }", "null"),
    ],
)
def test_values(show: Show, expression: str, shown: str) -> None:
    assert show(expression) == shown


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("__getAttr ''x'' { y = 1; }", "attribute 'x' missing"),
        ("__listToAttrs [ { name = ''a''; } ]", "attribute 'value' missing"),
        ("__attrNames 1", "expected a set but found an integer: 1"),
        ("__functionArgs 1", "'functionArgs' requires a function"),
    ],
)
def test_refusals(show: Show, expression: str, message: str) -> None:
    assert show(expression) == f"error: {message}"


def test_positions_in_files(show: Show, io: object) -> None:
    shown = show("__unsafeGetAttrPos ''x'' (removeAttrs (import /etc/one.nix) [ ''y'' ])")
    assert shown == '{ column = 3; file = "/etc/one.nix"; line = 1; }'


class Endless(OpenAttrs):
    """Every name of one letter is there; listing them would never end."""

    def find(self, name: str) -> Value:
        return name.upper() if len(name) == 1 else MISSING

    def names(self) -> Iterable[str]:
        raise AssertionError("listed")


def test_single_names_of_open_sets(io: object) -> None:
    evaluator = Evaluator(io, store_dir="/nix/store")  # type: ignore[arg-type]
    built_in = evaluator.builtins
    assert call(built_in["getAttr"], "x", Endless()) == "X"
    assert call(built_in["hasAttr"], "xy", Endless()) is False
    assert call(built_in["intersectAttrs"], Attrs({"a": 1, "long": 2}), Endless()) == {"a": "A"}
    assert call(built_in["catAttrs"], "q", [Endless()]) == ["Q"]
