"""Expressions that became Python give what the nodes give: values, messages, places, steps, traces."""

from __future__ import annotations

import gc
import random
from collections.abc import Callable
from pathlib import Path
from types import FunctionType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz.outcomes import lay_out
from fuzz.programs import Programs
from home_manager.diagnostics import Failure, Source
from home_manager.nix import jit
from home_manager.nix.evaluation import Evaluator, call, deep_force, print_value, with_deep_stack
from home_manager.nix.io import SystemIO
from home_manager.nix.nar_paths import NamedObjects
from home_manager.values.classes import Attrs

pytestmark = pytest.mark.skipif(jit.COMPILED, reason="the compiled build does without")

NEVER = 1 << 60
LANGUAGE = sorted((Path(__file__).parents[2] / "lang").glob("*.nix"))

CALLS = [
    'f = n: if n < 2 then n else f (n - 1) + f (n - 2); values = [ 7 1.5 "x" ];',
    'f = n: if n == 0 then throw "zero" else 1 + f (n - 1); values = [ 3 ];',
    "f = n: n / 2 * 2 != n; values = [ 3 (-3) 0.5 9223372036854775807 null ];",
    "f = x: x * x * x; values = [ 3 2000000 3000000 (-3000000) ];",
    "f = x: [ (x + 9223372036854775807) (x - 1) (0 - x) (x / 0) ]; values = [ 0 ];",
    'f = x: { a = x + 1; b = x / 2 * 2 == x; c = "${toString x}{}\'"; }; values = [ 4 (-5) [ 1 2 ] ];',
    'f = x: "a ${x} b"; values = [ "s" 1 { outPath = "/p"; } "ä" ];',
    'f = x: x + "b" + x; values = [ "s" 1 ./. ];',
    'f = x: x.a.b or 5; values = [ { } { a = 3; } { a.b = 1; } { a = { }; } 7 { a.b = throw "b"; } ];',
    'f = x: x.a.b; values = [ { } { a = 3; } { a.b = 1; } 7 { a = throw "a"; } ];',
    'f = x: [ (x ? a) (x ? a.b) ]; values = [ { } { a.b = 1; } 7 (throw "x") ];',
    'f = x: ({ a = 1; ${"b"} = 2; }).${x}; values = [ "a" "b" "c" 1 ];',
    'f = x: { ${x} = 1; ${null} = 2; a = 3; }; values = [ "b" "a" null 5 ];',
    'f = x: let a = { y = b; }; b = x + 1; in a.y; values = [ 1 "s" ];',
    'f = x: rec { a = { y = b; z = x; }; b = x * 2; c = if b > 3 then "big" else "small"; }; values = [ 1 2 "s" ];',
    "f = x: (if x then { a = 1; } else null) // { b = 2; }; values = [ true false 3 ];",
    "f = x: { a = 1; } // x; values = [ { } { a = 2; } [ ] ];",
    "f = x: x ++ [ 1 ]; values = [ [ ] [ 2 ] { } ];",
    "f = x: x && !x || x -> x; values = [ true false null ];",
    'f = x: [ (x == null) (x == "s") (x != 1) (x == x) (x == [ ]) ]; values = [ null "s" 1 1.0 [ ] (a: a) ];',
    'f = x: [ (x < 1) (x >= "s") ]; values = [ 0 "t" [ 1 ] null ];',
    "f = x: with { y = 1; }; [ x y ]; values = [ 1 ];",
    "f = x: assert x > 1; x; values = [ 2 1 ];",
    'inherit (builtins) head tail length elemAt substring; values = [ [ 1 2 ] [ ] "abc" 5 ];'
    " f = x: [ (length x) (head (tail x)) (elemAt x 1) (substring 1 2 x) ];",
    "f = { a, b ? a + 1, ... }@all: [ a b (all.c or null) ]; values = [ { a = 1; } { a = 1; c = 2; } { } 3 ];",
    'g = a: b: c: [ a b c ]; f = x: (g x) 1 (x + 1); values = [ 1 "s" ];',
    'g = a: b: a; f = x: g x (throw "never"); values = [ 1 (throw "x") ];',
    'g = a: a + 1; f = x: [ (g (x.n + 1)) (g (g x.n)) ]; values = [ { n = 1; } { n = "s"; } { } ];',
    "f = x: x 1 2; values = [ (a: b: a + b) (a: a) builtins.add 5 { __functor = self: a: b: a * b; } ];",
    "f = x: (x: x.y.z) x; values = [ null { y.z = 2; } ];",
    "f = x: let y = y + x; in y; values = [ 1 ];",
    'f = x: builtins.tryEval (if x > 1 then throw "big" else x); values = [ 1 2 ];',
    'f = x: builtins.trace "seen ${x}" x; values = [ "a" "b" ];',
    'f = x: map (y: { inherit x y; z = y; }) [ 1 x (throw "lazy") ]; values = [ 1 ];',
    'f = x: builtins.foldl\' (a: b: a // { ${b} = x; }) { } [ "a" "b" "a" ]; values = [ 1 ];',
    'f = x: 5.0 + x; values = [ 1 2.5 "s" ];',
    "f = x: (x: x) x.y; values = [ { y = 1; } { } ];",
    'f = x: (x.a.b or (throw "d")) + 1; values = [ { } { a = { }; } { a.b = 1; } 7 ];',
    'f = x: [ (null + x) ]; values = [ (throw "later") "s" ];',
    'f = x: { } + x; values = [ (throw "later") ];',
    'f = x: x + "\udca4"; values = [ "\udcc3" "a" ];',
    'f = x: ./a + x; values = [ "s" ./b ];',
    'g = a: b: a - b; f = x: g x (builtins.trace "b" 1); values = [ 1 (throw "a") "s" ];',
    'g = a: b: a - b; f = x: g x.y (builtins.trace "b" 1); values = [ { y = builtins.trace "a" 1; } { } ];',
    'g = a: b: a + b; f = x: g x (builtins.trace "b" "b"); values = [ { } "s" { outPath = builtins.trace "a" "a"; } ];',
    'g = a: b: a // b; f = x: g (builtins.trace "a" { }) x; values = [ { } 1 ];',
    'g = a: b: a == a + b; f = x: g x (builtins.trace "b" "b"); values = [ { } "s" ];',
    'f = x: builtins.elemAt (builtins.trace "list" [ 1 ]) x; values = [ 0 "s" (throw "x") ];',
    'f = x: builtins.all x (builtins.trace "list" [ 1 ]); values = [ (a: true) 1 (throw "x") ];',
    'f = x: builtins.getAttr x (builtins.trace "set" { a = 1; }); values = [ "a" 1 (throw "x") ];',
    'f = x: builtins.substring x 1 (builtins.trace "text" "abc"); values = [ 1 (-1) "s" ];',
    'f = x: builtins.replaceStrings [ x ] [ "b" ] (builtins.trace "text" "abc"); values = [ "a" 1 (throw "x") ];',
]
"""What a hot function may do; each is called with each of its values."""


@pytest.fixture
def outcome(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str, int], tuple[object, ...]]:
    """Everything that can be seen of an evaluation, with expressions becoming Python after so many evaluations."""
    lay_out(tmp_path)

    def run(text: str, often: int) -> tuple[object, ...]:
        monkeypatch.setattr("home_manager.nix.jit.tiers.OFTEN", often)
        traces: list[str] = []
        io = SystemIO(objects=NamedObjects("/nix/store"), environment={"HOME": str(tmp_path)}, trace=traces.append)
        evaluator = Evaluator(io, store_dir="/nix/store")
        source = Source(str(tmp_path / "p.nix"), text)
        try:
            value = with_deep_stack(lambda: print_value(deep_force(evaluator.eval_source(source, str(tmp_path)))))
        except Failure as failure:
            diagnostic = failure.diagnostic
            places = [str(label) for label in diagnostic.labels]
            frames = [str(frame) for frame in failure.frames]
            return "failure", str(failure), places, frames, diagnostic.notes, diagnostic.hints, traces, evaluator.depth
        return "value", value, traces, evaluator.depth

    return run


@pytest.mark.parametrize("functions", CALLS)
def test_a_hot_function_does_what_it_did(functions: str, outcome: Callable[[str, int], tuple[object, ...]]) -> None:
    program = f"let {functions} in map (value: builtins.deepSeq (f value) (f value)) [ (builtins.elemAt values %d) ]"
    for index in range(9):
        assert outcome(program % index, 0) == outcome(program % index, NEVER)


@pytest.mark.parametrize("file", LANGUAGE, ids=lambda file: file.stem)
def test_the_programs_of_the_language_tests(file: Path, outcome: Callable[[str, int], tuple[object, ...]]) -> None:
    text = file.read_text("utf-8", "surrogateescape")
    assert outcome(text, 0) == outcome(text, NEVER)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 1 << 40))
def test_generated_programs(seed: int, outcome: Callable[[str, int], tuple[object, ...]]) -> None:
    text = Programs(random.Random(seed)).program()
    if "builtins" not in text:  # the time is in there
        assert outcome(text, 0) == outcome(text, NEVER)


def test_what_is_evaluated_often_becomes_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("home_manager.nix.jit.tiers.OFTEN", 10)
    evaluator = Evaluator(SystemIO(), store_dir="/nix/store")
    function = evaluator.eval_text("x: x * 2 + 1")
    body = function.code.body  # type: ignore[attr-defined]
    for number in range(10):
        assert call(function, number) == number * 2 + 1
    assert not isinstance(body.eval, FunctionType)
    assert call(function, 10) == 21
    assert isinstance(body.eval, FunctionType)
    assert [call(function, number) for number in (3, 1 << 61, 0.5)] == [7, (1 << 62) + 1, 2.0]


def test_a_known_function_may_become_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("home_manager.nix.jit.tiers.OFTEN", 0)
    evaluator = Evaluator(SystemIO(), store_dir="/nix/store")
    make = evaluator.eval_text("head: f: let g = x: [ (head x) (f x) ]; in g")
    builtins = evaluator.builtins
    one = call(make, builtins["head"], evaluator.eval_text("x: 1"))
    other = call(make, builtins["length"], builtins["isList"])
    for function, expected in ((one, "[ 5 1 ]"), (other, "[ 2 true ]"), (one, "[ 5 1 ]")):
        assert print_value(deep_force(call(function, [5, 6]))) == expected


@pytest.mark.parametrize(
    "body",
    [
        "(x.a or " * 40 + "x" + ")" * 40,
        "builtins.head [ (" * 40 + "x" + ") ]" * 40,
        "if x == 0 then 1 else " * 150 + "x",
        "[ " + "(x + 1) " * 4000 + "]",
        " + ".join(["x"] * 300),
    ],
    ids=["selections", "calls", "choices", "elements", "operands"],
)
def test_large_functions(body: str, outcome: Callable[[str, int], tuple[object, ...]]) -> None:
    program = f"map (x: {body}) [ 1 2 ]"
    assert outcome(program, 0) == outcome(program, NEVER)
    assert outcome(program, 0)[0] == "value"


def test_deep_recursion_keeps_its_limit(outcome: Callable[[str, int], tuple[object, ...]]) -> None:
    count = "let count = n: if n == 0 then 0 else 1 + count (n - 1); in count "
    assert outcome(count + "9000", 0)[:2] == ("value", "9000")
    failed = outcome(count + "11000", 0)
    assert failed[:2] == ("failure", "stack overflow; max-call-depth exceeded")
    assert failed[-1] == 0


def test_no_failure_is_kept_by_what_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("home_manager.nix.jit.tiers.OFTEN", 0)
    evaluator = Evaluator(SystemIO(), store_dir="/nix/store")
    function = evaluator.eval_text(
        'let g = x: if x then 1 else 2; in x: (builtins.tryEval (g (throw "early"))).success || x.a or (1 + 1) == 3'
    )
    gc.collect()
    gc.disable()  # as in a process that ends with its command
    try:
        before = sum(isinstance(each, Failure) for each in gc.get_objects())
        for _ in range(50):
            assert call(function, Attrs()) is False
        assert sum(isinstance(each, Failure) for each in gc.get_objects()) < before + 10
    finally:
        gc.enable()


def test_a_line_is_part_of_few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("home_manager.nix.jit.tiers.OFTEN", 0)
    evaluator = Evaluator(SystemIO(), store_dir="/nix/store")
    function = evaluator.eval_text("x: " + " + ".join(["x"] * 200))
    assert call(function, 2) == 400
    steps = function.code.body.eval.__globals__["STEPS"]  # type: ignore[attr-defined]
    assert max(map(len, steps.values())) < 100
