"""YAML: the bytes of remarshal 1.3 for the same values, and a reader for what we write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home_manager.formats import yaml
from home_manager.formats.yaml import is_other_type

CASES = json.loads((Path(__file__).parent / "recorded_yaml.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["version"])
def test_like_remarshal(case: dict[str, Any]) -> None:
    # Nix sorts attributes, remarshal keeps the order of the JSON that it is given.
    value = case["value"]
    if not isinstance(value, dict) or list(value) == sorted(value):
        assert yaml.render(value, version=case["version"]) == case["expected"]
    else:
        lines = sorted(line for line in case["expected"].splitlines())
        assert sorted(yaml.render(value, version=case["version"]).splitlines()) == lines


TEXT = st.text(alphabet=st.sampled_from("ab:-#'\"\\ \n\té日🎉{[&*!|>%@`?,=~.0123_xo\x1b\x85\u2028"), max_size=200)


@given(TEXT)
def test_a_string_reads_back_as_itself(text: str) -> None:
    body = yaml.render({"k": text}).removeprefix("%YAML 1.1\n---\nk:")
    assert read_scalar(body.removesuffix("\n")) == text


@given(st.lists(st.sampled_from(["word", "it's", "#", "a\n", "", "x" * 90, "- "]), max_size=40).map(" ".join))
def test_a_filled_string_reads_back_as_itself(text: str) -> None:
    body = yaml.render({"k": text}).removeprefix("%YAML 1.1\n---\nk:")
    assert read_scalar(body.removesuffix("\n")) == text


def read_scalar(body: str) -> str:
    """A flow scalar of YAML as its specification reads it: line folding, then the escapes of its style."""
    text = fold(body)
    if text.startswith('"'):
        assert text.endswith('"')
        return unescape(text[1:-1])
    if text.startswith("'"):
        assert text.endswith("'")
        inner = text[1:-1]
        assert inner.replace("''", "").count("'") == 0
        return inner.replace("''", "'")
    assert text
    assert text[0] not in "#,[]{}&*!|>'\"%@`"
    assert ": " not in text
    assert " #" not in text
    assert not text.endswith(":")
    assert not is_other_type(text, "1.1")
    return text


def fold(body: str) -> str:
    lines = body.split("\n")
    out = lines[0].removeprefix(" ")
    for line in lines[1:]:
        assert line.startswith("  ")
        if out.endswith("\\") and out.startswith('"') and (len(out) - len(out.rstrip("\\"))) % 2:
            out = out[:-1] + line.lstrip(" ")
        else:
            out = (out.rstrip(" ") + " " if out.rstrip(" ") else "") + line.lstrip(" ")
    return out


def unescape(text: str) -> str:
    short = {"0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b"}
    short |= {"N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029", '"': '"', "\\": "\\", " ": " "}
    out, at = "", 0
    while at < len(text):
        if text[at] != "\\":
            assert text[at] != '"'
            out += text[at]
            at += 1
        elif (size := {"x": 2, "u": 4, "U": 8}.get(text[at + 1])) is not None:
            out += chr(int(text[at + 2 : at + 2 + size], 16))
            at += 2 + size
        else:
            out += short[text[at + 1]]
            at += 2
    return out


@pytest.mark.parametrize(
    "word", ["yes", "NO", "on", "1", "1.5", "12:30", "0x1F", "1e3", "~", "null", "2020-01-02", ".nan"]
)
def test_words_of_another_type_are_quoted(word: str) -> None:
    assert yaml.render({"k": word}) == f"%YAML 1.1\n---\nk: '{word}'\n"
