"""GVariant: text forms as `lib.hm.gvariant` gave them in real Nix, and dconf key files."""

from __future__ import annotations

import pytest

from home_manager.diagnostics import Failure
from home_manager.formats import gvariant as g
from home_manager.values import Attrs, Function, Value

CASES: list[tuple[Value, str]] = [
    (True, "true"),
    (3, "3"),
    (1.5, "1.500000"),
    ("a'b\\c\nd", "'a\\'b\\\\c\\nd'"),
    ([], "@as []"),
    (["x", "y"], "@as ['x','y']"),
    ([[1], [2]], "@aai [@ai [1],@ai [2]]"),
    (g.uchar(7), "@y 7"),
    (g.int16(-3), "@n -3"),
    (g.uint16(9), "@q 9"),
    (g.uint32(5), "@u 5"),
    (g.int64(9), "@x 9"),
    (g.uint64(9), "@t 9"),
    (g.double(2.5), "2.500000"),
    (g.tuple_of([1, "a", True]), "@(isb) (1,'a',true)"),
    ([g.tuple_of(["xkb", "us"])], "@a(ss) [@(ss) ('xkb','us')]"),
    (g.variant(g.uint32(1)), "@v <@u 1>"),
    (g.nothing("s"), "@ms nothing"),
    (g.just(g.uint32(3)), "just @u 3"),
    (g.empty_array("u"), "@au []"),
    ([g.dictionary_entry(["k", g.variant(1)])], "@a{sv} [@{sv} {'k',@v <1>}]"),
    (g.object_path("/a'b"), "objectpath '/a\\'b'"),
]


@pytest.mark.parametrize(("value", "expected"), CASES)
def test_text(value: Value, expected: str) -> None:
    assert g.text(value) == expected


class Written(Function):
    """Stands for a function in Nix, which a renderer can not call."""

    __slots__ = ()


def without_builtin(value: Value) -> Value:
    if isinstance(value, list):
        return [without_builtin(element) for element in value]
    if isinstance(value, dict):
        return Attrs({**value, "value": without_builtin(value["value"]), "__toString": Written()})
    return value


@pytest.mark.parametrize(("value", "expected"), [case for case in CASES if "objectpath" not in case[1]])
def test_values_made_in_nix_are_told_by_their_type(value: Value, expected: str) -> None:
    made = g.value(value)
    assert made is not None
    assert g.text(without_builtin(made)) == expected


def test_key_file() -> None:
    value = {"org/gnome/calculator": {"base": 10, "mode": "programming", "pos": g.tuple_of([100, 100])}, "/": {}}
    assert g.render(value) == "[/]\n\n[org/gnome/calculator]\nbase=10\nmode='programming'\npos=@(ii) (100,100)\n"


def test_an_attribute_set_has_no_form() -> None:
    with pytest.raises(Failure):
        g.text({"a": 1})
    assert g.type_of([]) == ""
    assert g.type_of([[1]]) == "aai"
