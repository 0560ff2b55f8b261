"""Generated programs: never a crash, and the same as a real Nix where there is one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz.long_run import real_nix
from fuzz.outcomes import RealNix, lay_out, ours
from fuzz.programs import Programs
from fuzz.reduction import reduced
from home_manager.nix.quoting import quote

programs = st.builds(lambda choose: Programs(choose).program(), st.randoms(use_true_random=False))
"""Whole programs, with mistakes or without; Hypothesis makes those that fail a test smaller."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("programs")
    lay_out(folder)
    return folder


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(text=programs)
def test_a_program_has_a_value_or_a_diagnostic(folder: Path, text: str) -> None:
    assert ours(text, folder / "p.nix").kind in ("value", "failure")


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(text=programs)
def test_a_program_gives_the_same_again(folder: Path, text: str) -> None:
    assert ours(text, folder / "p.nix") == ours(text, folder / "p.nix", at_once=True)


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(text=programs)
def test_what_is_not_needed_is_not_computed(folder: Path, text: str) -> None:
    needless = f'let needless = builtins.trace "computed" (throw "computed"); in (\n{text}\n)'
    around, alone = ours(needless, folder / "p.nix"), ours(text, folder / "p.nix")
    assert around.kind == alone.kind and "computed" not in around.traces


def compare(nix: Path | None, folder: Path, count: int, seed: int) -> None:
    if nix is None:
        pytest.skip("NIX_BIN does not name the directory with a real nix-instantiate")
    real = RealNix(nix, folder)
    texts = [Programs(random.Random(seed + number)).program() for number in range(count)]
    mine = [ours(text, path, at_once=True) for text, path in zip(texts, real.put(texts), strict=True)]
    theirs = real.outcomes(texts, [outcome.kind != "value" for outcome in mine])
    different = [
        (text, a, b)
        for text, a, b in zip(texts, mine, theirs, strict=True)
        if b.kind in ("value", "failure") and not a.agrees(b)
    ]
    assert not different


def test_programs_are_the_same_to_a_real_nix(folder: Path) -> None:
    compare(real_nix(), folder, 30, 1)


@pytest.mark.slow
def test_many_programs_are_the_same_to_a_real_nix(folder: Path) -> None:
    compare(real_nix(), folder, 600, 1000)


def test_the_comparison_sees_differences(folder: Path) -> None:
    value, other, failure = (ours(text, folder / "p.nix") for text in ("1", "2", "throw 1"))
    assert value.agrees(value) and failure.agrees(failure)
    assert not value.agrees(other) and not value.agrees(failure)
    assert not value.agrees(ours('builtins.trace "t" 1', folder / "p.nix"))


def test_reduction_keeps_what_matters() -> None:
    text = 'let a = [ 1 2 { b = "x" + throw "it"; } ]; in if true then builtins.deepSeq a 1 else null'
    assert reduced(text, lambda each: "throw" in each) == "throw"
    assert reduced(quote("abc"), lambda each: each.count('"') == 2) == '""'
