"""TOML: layout and string forms, and what `tomllib` reads back."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home_manager.diagnostics import Failure
from home_manager.formats import toml

STRINGS = {
    "plain": '"plain"',
    "": '""',
    "it's": '"it\'s"',
    'say "x"': "'say \"x\"'",
    "back\\slash": "'back\\slash'",
    "a\tb": '"a\\tb"',
    "two\nlines": '"""\ntwo\nlines"""',
    "both ' and \"": '"""both \' and """"',
    "'\\": "''''\\'''",
    "\x1b[0m": '"\\u001B[0m"',
    "\x0c\\": '"\\f\\\\"',
    "x\n\\": "'''\nx\n\\'''",
    "x\n\r": '"""\nx\n\\r"""',
    '"""\'': "'''\"\"\"''''",
    "é": '"é"',
}


@pytest.mark.parametrize(("text", "expected"), STRINGS.items())
def test_strings_take_the_first_form_that_fits(text: str, expected: str) -> None:
    assert toml.string(text) == expected


KEYS = {
    "a-b_9": "a-b_9",
    "": '""',
    "a.b": '"a.b"',
    'a"b': "'a\"b'",
    "a\"'b": '"a\\"\'b"',
    "é": '"é"',
    "a\nb": '"a\\nb"',
}


@pytest.mark.parametrize(("name", "expected"), KEYS.items())
def test_keys(name: str, expected: str) -> None:
    assert toml.key(name) == expected


def test_settings_come_before_tables_and_tables_of_tables_need_no_header() -> None:
    value = {
        "z": 1,
        "deep": {"er": {"still": {"x": True}}},
        "empty": {},
        "list": [1, 2.5, "x", [], {"a": 1, "b": {}}],
        "tables": [{"name": "a", "sub": {"k": 1}}, {}],
        "none": [],
    }
    assert (
        toml.render(value)
        == """\
list = [1, 2.5, "x", [], { a = 1, b = {} }]
none = []
z = 1

[deep.er.still]
x = true

[empty]

[[tables]]
name = "a"

[tables.sub]
k = 1

[[tables]]
"""
    )


@pytest.mark.parametrize(
    ("number", "expected"), [(1.0, "1.0"), (-0.0, "-0.0"), (1e-7, "0.0000001"), (1e22, "1" + "0" * 22 + ".0")]
)
def test_floats_have_no_exponent(number: float, expected: str) -> None:
    assert toml.float_text(number) == expected


TEXT = st.text("ab1 é🎉\"'\\\n\t\x00\x1b\x7f\b\f#=", max_size=20)
SCALARS = st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | TEXT
KEY = st.text("ab-_ .é日\"'\\\n", max_size=8)
TREES = st.dictionaries(
    KEY,
    st.recursive(
        SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEY, inner, max_size=3), max_leaves=12
    ),
    max_size=4,
)


@given(TREES)
def test_reads_back_as_the_same(value: dict[str, object]) -> None:
    assert tomllib.loads(toml.render(value)) == value


def test_null_is_refused_with_its_place() -> None:
    with pytest.raises(Failure) as caught:
        toml.render({"battery": {"display": [{"style": None}]}})
    assert caught.value.diagnostic.code == "format-unsupported-value"
    assert "`battery.display[0].style`" in str(caught.value)


def test_an_empty_document() -> None:
    assert toml.render({}) == ""
