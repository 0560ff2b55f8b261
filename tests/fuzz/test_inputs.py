"""Inputs of any sort: each gives a value or a diagnostic, within the memory and the time that it may have."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.long_run import known_programs
from fuzz.mutations import NESTED, some_input
from fuzz.outcomes import Outcome, lay_out, ours
from fuzz.watched import run

KNOWN = known_programs()

inputs = st.builds(lambda choose: some_input(choose, KNOWN), st.randoms(use_true_random=False))


def outcome(data: bytes) -> Outcome:
    return ours(data.decode("utf-8", "surrogateescape"), Path("/nowhere/input.nix"))


@settings(max_examples=100)
@given(st.one_of(inputs, st.binary(max_size=80)))
def test_an_input_has_a_value_or_a_diagnostic(data: bytes) -> None:
    assert outcome(data).kind in ("value", "failure")


@pytest.mark.parametrize(("opening", "closing"), NESTED)
def test_nested_forms(opening: str, closing: str) -> None:
    text = opening * 300 + "1" + closing * 300
    assert outcome(text.encode()).kind in ("value", "failure")


@pytest.mark.slow
@pytest.mark.parametrize(("opening", "closing"), NESTED)
def test_deeply_nested_forms(opening: str, closing: str) -> None:
    text = opening * 20_000 + "1" + closing * 20_000
    assert outcome(text.encode()).kind in ("value", "failure")


@pytest.mark.slow
def test_many_inputs(tmp_path: Path) -> None:
    lay_out(tmp_path)
    found = run(seed=1, count=4000, seconds=60, jobs=1, known=KNOWN, folder=tmp_path)
    assert found.inputs > 100 and not found.bad


def test_inputs_of_a_seed_are_the_same() -> None:
    assert [some_input(random.Random(7), KNOWN) for _ in range(2)] == [some_input(random.Random(7), KNOWN)] * 2
