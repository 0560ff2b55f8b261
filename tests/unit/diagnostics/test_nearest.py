"""The names that the user may have meant."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from home_manager.diagnostics import nearest
from home_manager.diagnostics.nearest import distance

NAMES = ["enable", "enableZshIntegration", "extraConfig", "package", "packages", "settings", "session-variables"]


def test_typing_mistakes() -> None:
    assert nearest("enabel", NAMES) == ["enable"]
    assert nearest("pakcage", NAMES)[0] == "package"
    assert nearest("session_variables", NAMES) == ["session-variables"]
    assert nearest("ENABLE", NAMES) == ["enable"]
    assert nearest("xyz", NAMES) == []
    assert nearest("enable", ["enable"]) == []


WORDS = st.text("abc", max_size=7)


@given(WORDS, WORDS)
def test_distance_is_symmetric_and_zero_only_for_equals(a: str, b: str) -> None:
    assert distance(a, b, 10) == distance(b, a, 10)
    assert (distance(a, b, 10) == 0) == (a == b)
    assert distance(a, b, 10) <= max(len(a), len(b))


@given(WORDS, WORDS, st.integers(0, 7))
def test_the_limit_only_cuts_off(a: str, b: str, limit: int) -> None:
    exact = distance(a, b, 20)
    assert distance(a, b, limit) == exact if exact <= limit else distance(a, b, limit) > limit
