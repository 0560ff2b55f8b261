"""Regular expressions: grammar, whole matches, splitting; longest alternative, bytes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home_manager.nix.builtins.regex import Pattern, full_match, split_text
from home_manager.nix.builtins.regex_syntax import InvalidPattern, PatternTooLarge


@pytest.mark.parametrize(
    ("pattern", "text", "groups"),
    [
        ("ab", "ab", []),
        ("ab", "abc", None),
        ("a(b)(c)", "abc", ["b", "c"]),
        ("(a)(b)?", "a", ["a", None]),
        ("[[:space:]]+([[:upper:]]+)", "  FOO", ["FOO"]),
        ("[]a]+", "a]", []),
        ("[^]a]", "b", []),
        ("[a\\]", "\\", []),
        ("[a-]", "-", []),
        ("[-a]", "-", []),
        ("a**", "aaa", []),
        ("()", "", [""]),
        ("a|", "", []),
        ("(a*)*", "aa", [""]),
        ("(a|b*)*", "ab", [""]),
        ("((a)|b)*", "ab", ["b", "a"]),
        ("\\.\\*", ".*", []),
        ("a{2,3}", "aaa", []),
        ("a]}", "a]}", []),
        ("..", "é", []),
        ("[[:ALPHA:]]", "x", []),
        ("x$", "x", []),
        ("^^x", "x", []),
    ],
)
def test_match(pattern: str, text: str, groups: list[str | None] | None) -> None:
    assert full_match(Pattern(pattern), text) == groups


@pytest.mark.parametrize(
    "pattern",
    [
        "*a",
        "^*",
        "a{,3}",
        "a{2,1}",
        "a{1",
        "a{",
        "\\",
        "\\d",
        "\\-",
        "(",
        "a)",
        "[",
        "[a",
        "[z-a]",
        "[[:foo:]]",
        "[a--]x[",
        "[[:alpha:]-z]",
        "[a-[:alpha:]]",
        "+",
        "?",
        "{",
    ],
)
def test_invalid(pattern: str) -> None:
    with pytest.raises(InvalidPattern):
        Pattern(pattern)


def test_too_large() -> None:
    with pytest.raises(PatternTooLarge):
        Pattern("((a{1,300}){1,300}){2}")


@pytest.mark.parametrize(
    ("pattern", "text", "parts"),
    [
        ("(a)b", "abc", ["", ["a"], "c"]),
        ("([ac])", "abc", ["", ["a"], "b", ["c"], ""]),
        ("(a)|(c)", "abc", ["", ["a", None], "b", [None, "c"], ""]),
        ("x", "abc", ["abc"]),
        ("", "ab", ["", [], "a", [], "b", [], ""]),
        ("a*", "baac", ["", [], "b", [], "", [], "c", [], ""]),
        # The longest alternative wins, wherever it stands.
        ("(a|ab)", "abab", ["", ["ab"], "", ["ab"], ""]),
        ("(a|ab)(c|bcd)", "abcd", ["", ["a", "bcd"], ""]),
        ("(|a)", "a", ["", ["a"], "", [""], ""]),
        ("^a", "aa", ["", [], "a"]),
        ("(é)", "aéb", ["a", ["é"], "b"]),
        (".", "é", ["", [], "", [], ""]),
    ],
)
def test_split(pattern: str, text: str, parts: list[object]) -> None:
    assert split_text(Pattern(pattern), text) == parts


@given(st.text(max_size=30))
def test_split_loses_nothing(text: str) -> None:
    """The parts and the matches between them are the text."""
    parts = split_text(Pattern("([^a-f]+|,)"), text)
    assert "".join(p if isinstance(p, str) else p[0] or "" for p in parts) == text


@given(st.text(alphabet="ab.*[]()|\\^$+?{}é", max_size=12))
def test_escaped_text_matches_itself(text: str) -> None:
    escaped = re.sub(r"([.\[\\()*+?{|^$])", r"\\\1", text)
    assert full_match(Pattern(escaped), text) == []


def test_long_text_needs_no_deep_stack() -> None:
    text = "ab" * 5000
    assert split_text(Pattern("((a|ab)*)"), text) == ["", [text, "ab"], "", ["", None], ""]
