"""Our keys in the user's files: set, removed, and nothing else touched."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from home_manager.activation.merging import Unmergeable, merge, without_ours
from home_manager.diagnostics import Failure


def test_json_keeps_comments_order_and_style() -> None:
    current = """\
// my settings
{
    "b": 1, // about b
    /* theirs */ "a": {"x": [1,  2], },
    "mine": true // last
}
"""
    wanted = '{"a": {"x": 3, "y": {"z": null}}, "new": [1, 2], "b": 1}'
    merged = merge("json", current, "", wanted)
    assert (
        merged.text
        == """\
// my settings
{
    "b": 1, // about b
    /* theirs */ "a": {"x": 3, "y": {
            "z": null
        }, },
    "mine": true, // last
    "new": [
        1,
        2
    ]
}
"""
    )
    assert merged.overridden == ("a.x",)
    back = without_ours("json", merged.text, wanted)
    assert back.text == '// my settings\n{ // about b\n    /* theirs */\n    "mine": true // last\n}\n'
    assert back.kept == ()


def test_json_round_trip_leaves_what_was_there() -> None:
    current = '{\n  "keep": 1\n}\n'
    wanted = '{"ours": {"deep": {"er": 1}}}'
    merged = merge("json", current, "", wanted)
    assert merged.text == '{\n  "keep": 1,\n  "ours": {\n    "deep": {\n      "er": 1\n    }\n  }\n}\n'
    assert without_ours("json", merged.text, wanted).text == current
    assert merge("json", merged.text, wanted, wanted).text == merged.text


def test_json_inserts_after_a_comment_on_the_last_line() -> None:
    merged = merge("json", '{\n\t"a": 1 // no comma\n\t// tail\n}', "", '{"b": 2}')
    assert merged.text == '{\n\t"a": 1, // no comma\n\t"b": 2\n\t// tail\n}'


def test_json_of_one_line_stays_so() -> None:
    assert merge("json", '{"a": 1}', "", '{"b": 2}').text == '{"a": 1, "b": 2}'
    assert without_ours("json", '{"a": 1, "b": 2}', '{"b": 2}').text == '{"a": 1}'
    assert without_ours("json", '{"a": 1, "b": 2}', '{"a": 1}').text == '{"b": 2}'
    assert merge("json", "", "", '{"b": 2}').text == '{\n  "b": 2\n}\n'
    assert merge("json", "{}", "", '{"b": 2}').text == '{\n  "b": 2\n}'


@pytest.mark.parametrize("text", ["[1]", '{"a": }', '{"a": 1', "{a: 1}", '{"a": 1} x', '{"a": tru}', "1", '{"a" 1}'])
def test_what_is_no_json_object_is_left_alone(text: str) -> None:
    with pytest.raises(Unmergeable):
        merge("json", text, "", '{"b": 2}')


def test_a_value_of_the_user_is_told_of_and_one_of_ours_is_not() -> None:
    assert merge("json", '{"a": 1}', "", '{"a": 2}').overridden == ("a",)
    assert merge("json", '{"a": 1}', '{"a": 1}', '{"a": 2}').overridden == ()
    assert merge("json", '{"a": 3}', '{"a": 1}', '{"a": 2}').overridden == ("a",)
    assert merge("json", '{"a": 1}', "", '{"a": {"b": 2}}').overridden == ("a.b",)
    assert merge("json", '{"a": {"c": 1}}', "", '{"a": 2}').overridden == ("a",)


def test_a_key_that_the_user_changed_is_not_removed() -> None:
    kept = without_ours("json", '{"a": 3, "b": 1}', '{"a": 1, "b": 1}')
    assert (kept.text, kept.kept, kept.empty) == ('{"a": 3}', ("a",), False)
    assert without_ours("json", '{"a": 1}', '{"a": 1}').empty
    assert not without_ours("json", '{"a": 1 /* mine */}', '{"a": 1}').empty


INI = """\
; mine
top=1

[one]
a = 1
# about b
b = 2

[two]
list=x
list=y
"""


def test_ini_edits_lines() -> None:
    merged = merge("ini", INI, "", "top=2\n[one]\nb=3\nc=4\n[two]\nlist=x\nlist=z\nlist=w\n[three]\nd=5\n")
    assert merged.text == (
        "; mine\ntop=2\n\n[one]\na = 1\n# about b\nb=3\nc=4\n\n[two]\nlist=x\nlist=z\nlist=w\n\n[three]\nd=5\n"
    )
    assert set(merged.overridden) == {"top", "one.b", "two.list"}


def test_ini_comes_back() -> None:
    ours = "[one]\nz = 9\n[new]\nk = 1\nk = 2\n"
    merged = merge("ini", INI, "", ours)
    assert without_ours("ini", merged.text, ours).text == INI
    assert merge("ini", "", "", ours).text == "[one]\nz=9\n\n[new]\nk=1\nk=2\n"
    assert merge("ini", "no end", "", "a=1").text == "no end\na=1\n"


def test_toml_keeps_comments_and_order() -> None:
    pytest.importorskip("tomlkit")
    current = '# mine\nb = 1 # one\n\n[t]  # table\nx = "a"\n\n[[list]]\nn = 1\n'
    ours = "b = 2\nnew = [1, 2]\n[t]\ny = 1.5\n[u.v]\nk = true\n"
    merged = merge("toml", current, "", ours)
    for kept in ("# mine", "# one", "# table", "[[list]]\nn = 1", 'x = "a"', "[u.v]"):
        assert kept in merged.text
    back = without_ours("toml", merged.text, ours)
    assert "b = 2" not in back.text and "[u" not in back.text and "# table" in back.text
    with pytest.raises(Unmergeable):
        merge("toml", "a = ", "", ours)


def test_yaml_keeps_comments_and_order() -> None:
    pytest.importorskip("ruamel.yaml")
    current = "# mine\nb: 1  # one\nlist:\n  - x   # an x\n  - y\nmap:\n    deep: 'quoted'\n"
    ours = "b: 2\nmap:\n  new: [1, 2]\nother:\n  k: true\n"
    merged = merge("yaml", current, "", ours)
    for kept in ("# mine", "# one", "  - x   # an x", "    deep: 'quoted'"):
        assert kept in merged.text
    back = without_ours("yaml", merged.text, ours)
    assert "b:" not in back.text and "other" not in back.text and "deep: 'quoted'" in back.text
    assert merge("yaml", "", "", ours).overridden == ()
    for bad in ("- 1\n", "a: [\n", "a: 1\n---\nb: 2\n"):
        with pytest.raises(Unmergeable):
            merge("yaml", bad, "", ours)


def test_a_source_of_ours_that_is_wrong_is_a_failure() -> None:
    with pytest.raises(Failure) as caught:
        merge("json", "{}", "", "[]")
    assert caught.value.diagnostic.code == "merge-source"


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "tomlkit", None)
    with pytest.raises(Failure) as caught:
        merge("toml", "", "", "a = 1")
    assert caught.value.diagnostic.code == "merge-needs-library"
    assert "tomlkit" in caught.value.diagnostic.message


KEYS = st.sampled_from(["a", "b", "c", 'q"', "é"])
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.text('xy\n"\\', max_size=3))
TREES = st.dictionaries(
    KEYS,
    st.recursive(
        st.one_of(SCALARS, st.lists(SCALARS, max_size=2)), lambda s: st.dictionaries(KEYS, s, max_size=3), max_leaves=6
    ),
    max_size=4,
)


def overlay(base: Any, over: Any) -> Any:
    if not (isinstance(base, dict) and isinstance(over, dict)):
        return over
    return {**base, **{key: overlay(base[key], value) if key in base else value for key, value in over.items()}}


@settings(max_examples=300, deadline=None)
@given(theirs=TREES, ours=TREES, indent=st.sampled_from([None, 2, "\t"]))
def test_law_json_says_ours_over_theirs(theirs: dict[str, Any], ours: dict[str, Any], indent: Any) -> None:
    merged = merge("json", json.dumps(theirs, indent=indent), "", json.dumps(ours))
    assert json.loads(merged.text) == overlay(theirs, ours)
    again = merge("json", merged.text, json.dumps(ours), json.dumps(ours))
    assert again.text == merged.text
    assert again.overridden == again.kept == ()


FLAT = st.dictionaries(KEYS, st.dictionaries(KEYS, SCALARS, min_size=1, max_size=3), max_size=3)


@settings(max_examples=200, deadline=None)
@given(theirs=FLAT, ours=FLAT)
def test_law_what_we_added_goes_again(theirs: dict[str, Any], ours: dict[str, Any]) -> None:
    added = {
        section: fresh
        for section, keys in ours.items()
        if (fresh := {key: value for key, value in keys.items() if key not in theirs.get(section, {})})
    }
    text = json.dumps(theirs, indent=2)
    merged = merge("json", text, "", json.dumps(added))
    assert merged.overridden == ()
    assert json.loads(without_ours("json", merged.text, json.dumps(added)).text) == theirs


@settings(max_examples=60, deadline=None)
@given(theirs=FLAT, ours=FLAT)
def test_law_yaml_says_ours_over_theirs(theirs: dict[str, Any], ours: dict[str, Any]) -> None:
    pytest.importorskip("ruamel.yaml")
    merged = merge("yaml", json.dumps(theirs), "", json.dumps(ours))
    again = merge("yaml", merged.text, json.dumps(ours), json.dumps(ours))
    assert again.text == merged.text
