"""Tokens: what is longest wins, and strings, paths and interpolations nest."""

from __future__ import annotations

import pytest

from home_manager.nix.syntax.lexer import tokenize


def kinds(text: str) -> list[str]:
    return tokenize(text).kinds[:-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b'c d-e _f", ["ID", "ID", "ID", "ID"]),
        ("if or inherit' rec", ["if", "or", "ID", "rec"]),
        ("1 1.5 .5 2. 1.5e-3 1e5 007", ["INT", "FLOAT", "FLOAT", "FLOAT", "FLOAT", "INT", "ID", "INT"]),
        ("a.b a.5 a . b", ["ID", ".", "ID", "ID", "FLOAT", "ID", ".", "ID"]),
        ("a/b a / b a//b a /b", ["PATH", "PATH_END", "ID", "/", "ID", "ID", "//", "ID", "ID", "PATH", "PATH_END"]),
        ("./a ../b ~/c /d a-b/c 1/2", ["PATH", "PATH_END"] * 6),
        ("<a/b> < a <= <|", ["SPATH", "<", "ID", "<=", "<|"]),
        ("x:y x: y a_b:c http://a.b/c?d", ["URI", "ID", ":", "ID", "ID", ":", "ID", "URI"]),
        ("... . .. .a", ["...", ".", ".", ".", ".", "ID"]),
        ("a->b a-b a - b", ["ID", ">", "ID", "ID", "ID", "-", "ID"]),
        ("a -> b == c = d", ["ID", "->", "ID", "==", "ID", "=", "ID"]),
        ("1 # c\n/* d */ 2 /**/ 3", ["INT", "INT", "INT"]),
        ('"a" ""', ["STRING", "STRING"]),
        ('"a${b}c"', ['"', "STR", "${", "ID", "}", "STR", "CLOSE"]),
        ('"${{ a = "${b}"; }}"', ['"', "${", "{", "ID", "=", '"', "${", "ID", "}", "CLOSE", ";", "}", "}", "CLOSE"]),
        ("''a${b}''", ["''", "IND", "${", "ID", "}", "CLOSE''"]),
        ("./a/${b}-c/d e", ["PATH", "${", "ID", "}", "STR", "PATH_END", "ID"]),
        ("/${a}", ["PATH", "${", "ID", "}", "PATH_END"]),
        ("é 1", ["CHARACTER", "INT"]),
    ],
)
def test_kinds(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("9223372036854775808", "invalid integer '9223372036854775808'"),
        ("1.0e999", "invalid float '1.0e999'"),
        ("1.0e-999", "invalid float '1.0e-999'"),
        ("./a/ b", "path has a trailing slash"),
        ('"a\0b"', "input string 'a␀b' cannot be represented as Nix string because it contains null bytes"),
    ],
)
def test_mistakes_become_tokens(text: str, message: str) -> None:
    tokens = tokenize(text)
    assert tokens.values[tokens.kinds.index("ERROR")] == message


def test_offsets_cover_the_text() -> None:
    text = "let a = \"x${b}y\"; in ./c/${d} + ''e''"
    tokens = tokenize(text)
    pieces = [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    assert "".join(pieces).replace(" ", "") == text.replace(" ", "")
