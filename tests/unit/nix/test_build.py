"""Nodes are built of a text's forms only where evaluation comes to them, and what is wrong is found before."""

from __future__ import annotations

import pytest

from home_manager.diagnostics import Failure, Source
from home_manager.nix.evaluation import Evaluator, force
from home_manager.nix.io import SystemIO
from home_manager.nix.lowering import ir
from home_manager.nix.lowering.lower import build
from home_manager.nix.lowering.resolve import SMALLEST_PIECE, resolve
from home_manager.nix.syntax.parser import parse
from home_manager.values import Attrs

LONG = '"' + "x" * SMALLEST_PIECE + '"'


@pytest.fixture
def evaluator() -> Evaluator:
    return Evaluator(SystemIO(), store_dir="/nix/store")


def pieces_of(text: str, evaluator: Evaluator) -> tuple[Source, ir.Pieces]:
    source = Source("«test»", text)
    return source, resolve(parse(source, "/"), source, evaluator.globals)


def test_a_piece_is_built_when_it_is_evaluated(evaluator: Evaluator) -> None:
    source, pieces = pieces_of(f"{{ a = [ {LONG} ]; b = x: {LONG}; c = 1; }}", evaluator)
    assert len(pieces) == 4  # the whole, the value of `a` and its element, and the body of `b`
    value = build(pieces, source, evaluator.runtime, evaluator.globals).eval([None])
    assert isinstance(value, Attrs)
    assert [each is None for each in pieces] == [True, False, False, False]
    force(value["a"])
    assert [each is None for each in pieces] == [True, True, False, False]
    evaluator.builtins["b"] = value["b"]
    assert evaluator.eval_text("builtins.b 1") == LONG[1:-1]
    assert pieces[3] is None


def test_what_is_short_is_built_with_what_is_around_it(evaluator: Evaluator) -> None:
    _, pieces = pieces_of("{ a = [ 1 2 ]; b = x: x + 1; }", evaluator)
    assert len(pieces) == 1


def test_an_undefined_variable_is_found_in_what_is_never_evaluated(evaluator: Evaluator) -> None:
    with pytest.raises(Failure, match="undefined variable 'nowhere'"):
        pieces_of(f"{{ a = [ {LONG} nowhere ]; b = 1; }}", evaluator)


def test_equal_names_are_one_object(evaluator: Evaluator) -> None:
    _, pieces = pieces_of("a: [ { name = a.name; } { name = a.name; } ]", evaluator)
    body = ir.piece(pieces, 0)[6]
    first, second = body[3]
    assert first[0] == second[0] == ir.SET
    assert first[3] is second[3]
    assert first[5][0][7] is second[5][0][7] is first[3][0]
