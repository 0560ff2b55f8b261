"""Syntax trees: what is printed parses to the same again, and spans cover what was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home_manager.diagnostics import Failure, Source
from home_manager.nix.syntax import ast
from home_manager.nix.syntax.indentation import strip_indentation
from home_manager.nix.syntax.parser import parse
from home_manager.nix.syntax.unparse import show


def parsed(text: str) -> ast.Node:
    return parse(Source("«test»", text), "/base")


names = st.sampled_from(["a", "b'", "c-d", "_"])
atoms = st.one_of(
    names,
    st.integers(0, 99).map(str),
    st.sampled_from(['"s"', '"a${b}"', "./p", "/q/r", "{ }", "[ ]", "1.5", "{ a = 1; b.c = 2; }", "rec { a = a; }"]),
)


def composed(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    brackets = inner.map(lambda e: f"({e})")
    operators = st.sampled_from(["+", "-", "*", "/", "++", "//", "&&", "||", "->", "==", "<"])
    return st.one_of(
        st.tuples(brackets, operators, brackets).map(lambda t: f"{t[0]} {t[1]} {t[2]}"),
        st.tuples(brackets, brackets).map(lambda t: f"{t[0]} {t[1]}"),
        st.tuples(names, inner).map(lambda t: f"{t[0]}: {t[1]}"),
        st.tuples(names, inner).map(lambda t: f"{{ {t[0]}, z ? 1, ... }}: {t[1]}"),
        st.tuples(names, brackets, inner).map(lambda t: f"let {t[0]} = {t[1]}; in {t[2]}"),
        st.tuples(inner, inner, inner).map(lambda t: f"if {t[0]} then {t[1]} else {t[2]}"),
        st.tuples(brackets, names).map(lambda t: f"{t[0]}.{t[1]} or 3"),
        st.tuples(inner, inner).map(lambda t: f"with {t[0]}; assert {t[1]}; 1"),
        brackets.map(lambda e: f"[ {e} {e} ]"),
        brackets.map(lambda e: f"!{e}"),
    )


@given(st.recursive(atoms, composed, max_leaves=12))
def test_printed_syntax_means_the_same(text: str) -> None:
    once = show(parsed(text))
    assert show(parsed(once)) == once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + b + c", "((a + b) + c)"),
        ("a ++ b ++ c", "(a ++ (b ++ c))"),
        ("!a == b", "((! a) == b)"),
        ("a * !b + c", "(__mul a (! (b + c)))"),
        ("-a ? b", "((__sub 0 a) ? b)".replace("(__sub", "((__sub").replace(" a) ?", " a)) ?")),
        ("f a b.c or d e", "(f a (b).c or (d) e)"),
        ("a |> b |> c", "(c (b a))"),
        ("a <| b <| c", "(a (b c))"),
        ("f a <| b", "(f a b)"),
        ("./x/../y", "/base/y"),
        ("{ a.b = 1; a = { c = 2; }; }", "{ a = { b = 1; c = 2; }; }"),
        ('{ ${"a"} = 1; "${b}" = 2; }', '{ a = 1; "${(b)}" = 2; }'),
        ("let { body = 1; }", "(rec { body = 1; }).body"),
    ],
)
def test_shape(text: str, expected: str) -> None:
    assert show(parsed(text)) == expected


@pytest.mark.parametrize(
    "text", ["f (a) (b c)", "(a + b) * (c)", "x: (y)", "{ a }: [ a ]", "(a).b or (c)", "!(a)", "-(a)"]
)
def test_spans_cover_brackets(text: str) -> None:
    node = parsed(text)
    assert (node.start, node.end) == (0, len(text))


def test_pipe_operators_can_be_off() -> None:
    with pytest.raises(Failure, match="experimental Nix feature 'pipe-operators' is disabled"):
        parse(Source("«test»", "1 |> f"), "/", pipe_operators=False)


def plainly(parts: list[str]) -> str:
    """What stripping means, written in the plainest way, for text without interpolations."""
    lines = "".join(parts).split("\n")
    spaces = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" ")]
    least = min(spaces, default=len("".join(parts)))
    stripped = [line[min(least, len(line) - len(line.lstrip(" "))) :] for line in lines]
    if len(stripped) > 1 and not stripped[-1].strip(" "):
        stripped[-1] = ""
    return "\n".join(stripped)


@given(st.text(alphabet=" \nab", max_size=30))
def test_indentation_of_plain_text(text: str) -> None:
    node = strip_indentation([("IND", text, 0, len(text))] if text else [], 0, len(text))
    assert isinstance(node, ast.Constant)
    assert node.value == plainly([text])
