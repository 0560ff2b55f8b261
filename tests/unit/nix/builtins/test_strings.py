"""Strings: bytes, joining, replacing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home_manager.nix.builtins.strings import _replace_strings
from home_manager.nix.byte_strings import decode, encode, rejoined

Show = Callable[..., str]


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("__stringLength ''é€''", "5"),
        ("__substring 1 2 ''abcd''", '"bc"'),
        ("__substring 2 (-1) ''abcd''", '"cd"'),
        ("__substring 9 1 ''abcd''", '""'),
        ("__substring 0 2 ''é€''", '"é"'),
        ("__concatStringsSep '''' (map (n: __substring n 1 ''é'') [ 0 1 ]) == ''é''", "true"),
        ("__concatStringsSep ''-'' [ ''a'' { outPath = ''b''; } { __toString = s: ''c''; } ]", '"a-b-c"'),
        ("__replaceStrings [ ''a'' ''b'' ] [ ''b'' ''a'' ] ''abc''", '"bac"'),
        ("__replaceStrings [ ''ab'' ''a'' ] [ ''1'' ''2'' ] ''abaab''", '"121"'),
        ("__replaceStrings [ '''' ] [ ''-'' ] ''ab''", '"-a-b-"'),
        ("__replaceStrings [ ''x'' ] [ (throw ''no'') ] ''ab''", '"ab"'),
        ("__replaceStrings [ ''a'' ''x'' ] [ ''1'' (throw ''no'') ] ''ab''", '"1b"'),
        ("toString [ 1 [ 2 3 ] [ ] ''x'' true false null 1.5 ]", '"1 2 3 x 1   1.500000"'),
        ("__match ''(a)(b)?'' ''a''", '[ "a" null ]'),
        ("__split ''(a|ab)'' ''abab''", '[ "" [ "ab" ] "" [ "ab" ] "" ]'),
    ],
)
def test_values(show: Show, expression: str, shown: str) -> None:
    assert show(expression) == shown


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("__substring (-1) 1 ''a''", "negative start position in 'substring'"),
        ("__stringLength 1", "cannot coerce an integer to a string: 1"),
        (
            "__replaceStrings [ ''a'' ] [ ] ''b''",
            "'from' and 'to' arguments passed to builtins.replaceStrings have different lengths",
        ),
        ("__match ''*'' ''a''", "invalid regular expression '*'"),
        ("__split ''(a{1,1000}){1,1000}'' ''a''", "memory limit exceeded by regular expression '(a{1,1000}){1,1000}'"),
    ],
)
def test_refusals(show: Show, expression: str, message: str) -> None:
    assert show(expression) == f"error: {message}"


@pytest.mark.parametrize(
    "expression",
    [
        "__substring 0 1 s",
        "__substring 0 0 s",
        "__concatStringsSep '','' [ ''a'' s ]",
        "__concatStringsSep s [ ''a'' ''b'' ]",
        "__replaceStrings [ ''x'' ] [ ''y'' ] s",
        "__replaceStrings [ ''a'' ''q'' ] [ s '''' ] ''banana''",
        "toString [ s ]",
        "__elemAt (__split ''#'' s) 0",
        "baseNameOf s",
        "dirOf s",
        "__toJSON { a = [ s ]; }",
        "__toXML s",
    ],
)
def test_contexts_are_kept(show: Show, expression: str) -> None:
    assert show(f"let s = __toFile ''f'' ''t''; in __hasContext ({expression})") == "true"


@given(st.binary(max_size=20), st.integers(0, 20))
def test_bytes_survive_being_taken_apart(data: bytes, at: int) -> None:
    text = decode(data)
    assert encode(text) == data
    assert rejoined(decode(data[:at]) + decode(data[at:])) == text


@given(
    st.lists(st.tuples(st.text("ab", min_size=1, max_size=2), st.text("xyz", max_size=2)), min_size=2, max_size=4),
    st.text("abc", max_size=12),
)
def test_replacing_takes_the_first_that_fits(pairs: list[tuple[str, str]], text: str) -> None:
    expected, at = "", 0
    while at < len(text):
        for source, target in pairs:
            if text.startswith(source, at):
                expected += target
                at += len(source)
                break
        else:
            expected += text[at]
            at += 1
    assert _replace_strings([p[0] for p in pairs], [p[1] for p in pairs], text) == expected
