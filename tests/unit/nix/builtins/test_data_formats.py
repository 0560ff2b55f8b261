"""JSON, XML and TOML."""

from __future__ import annotations

import json
import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home_manager.nix.builtins.json import float_text, json_text, parse_json

Show = Callable[..., str]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1.0"),
        (0.1, "0.1"),
        (1e100, "1e+100"),
        (1e15, "1e+15"),
        (123456789012345.0, "123456789012345.0"),
        (1234567890123456.0, "1.234567890123456e+15"),
        (0.0001, "0.0001"),
        (0.00001, "1e-05"),
        (1e20, "1e+20"),
        (-0.0, "-0.0"),
        (1.5e300, "1.5e+300"),
        (0.001234, "0.001234"),
        (1 / 3, "0.3333333333333333"),
        (math.inf, "null"),
        (math.nan, "null"),
    ],
)
def test_floats(value: float, text: str) -> None:
    assert float_text(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_read_back(value: float) -> None:
    assert float(float_text(value)) == value


@given(VALUES)
def test_json_reads_back(value: object) -> None:
    if isinstance(value, dict) and ("__toString" in value or "outPath" in value):
        return
    text = json_text(value, set())
    assert json.loads(text) == value
    if "\\u0000" not in text:
        assert parse_json(text) == value


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("__toJSON { b = 1; a = [ null true 1.5 ]; }", '"{\\"a\\":[null,true,1.5],\\"b\\":1}"'),
        ("__toJSON { outPath.outPath = ''x''; a = 1; }", '"\\"x\\""'),
        ("__toJSON { __toString = s: s.a; a = ''y''; }", '"\\"y\\""'),
        ("__fromJSON ''{\"a\": [1, 2.5, -0], \"a\": 2}''", "{ a = 2; }"),
        ("__fromJSON ''[12345678901234567890123, -9223372036854775808]''", "[ 1.23457e+22 -9223372036854775808 ]"),
        (
            "fromTOML ''a = 1\nb.c = [1.5, \"x\"]\n[d]\ne = true''",
            '{ a = 1; b = { c = [ 1.5 "x" ]; }; d = { e = true; }; }',
        ),
    ],
)
def test_values(show: Show, expression: str, shown: str) -> None:
    assert show(expression) == shown


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("__toJSON { a = [ (x: x) ]; }", "cannot convert a function to JSON"),
        ("__fromJSON ''9223372036854775808''", "unsigned json number 9223372036854775808 outside of Nix integer range"),
        (
            "__fromJSON ''\"\\u0000\"''",
            "input string '␀' cannot be represented as Nix string because it contains null bytes",
        ),
        ("__fromJSON ''1e999''", "[json.exception.out_of_range.406] number overflow parsing '1e999'"),
        ("fromTOML ''a = 1979-05-27''", "while parsing TOML: Dates and times are not supported"),
    ],
)
def test_refusals(show: Show, expression: str, message: str) -> None:
    assert show(expression) == f"error: {message}"


@pytest.mark.parametrize("text", ["", "[1,", "{'a':1}", "nul", "NaN", "[1] x", '"\\ud800"', '"\n"', "01"])
def test_what_is_no_json(show: Show, text: str) -> None:
    assert "[json.exception.parse_error.101]" in show(f"__fromJSON {json.dumps(text)}")


def test_deep_values_end_in_a_clear_error(show: Show) -> None:
    deep = "__foldl' (tail: head: { inherit head tail; }) null (__genList (x: x) 100000)"
    assert show(f"__toJSON ({deep})") == "error: stack overflow; max-call-depth exceeded"


def test_xml(show: Show) -> None:
    expression = (
        "__toXML { a = 1.0; f = { x, y ? 1, ... }@z: x; g = v: v; p = /a; s = ''<\n>''; "
        "d = { type = ''derivation''; drvPath = ''/d''; }; e = [ null true map ]; }"
    )
    expected = """<?xml version='1.0' encoding='utf-8'?>
<expr>
  <attrs>
    <attr name="a">
      <float value="1" />
    </attr>
    <attr name="d">
      <derivation drvPath="/d">
        <attr name="drvPath">
          <string value="/d" />
        </attr>
        <attr name="type">
          <string value="derivation" />
        </attr>
      </derivation>
    </attr>
    <attr name="e">
      <list>
        <null />
        <bool value="true" />
        <unevaluated />
      </list>
    </attr>
    <attr name="f">
      <function>
        <attrspat ellipsis="1" name="z">
          <attr name="x" />
          <attr name="y" />
        </attrspat>
      </function>
    </attr>
    <attr name="g">
      <function>
        <varpat name="v" />
      </function>
    </attr>
    <attr name="p">
      <path value="/a" />
    </attr>
    <attr name="s">
      <string value="&lt;&#xA;&gt;" />
    </attr>
  </attrs>
</expr>
"""
    assert json.loads(show(expression)) == expected
