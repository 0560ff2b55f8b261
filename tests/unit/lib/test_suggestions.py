"""Advice reads the text of a mistake again: it finds values, and says nothing where it knows nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from home_manager.diagnostics import Failure, Source, Span
from home_manager.frontends.nix.suggestions import for_syntax_errors
from home_manager.frontends.nix.suggestions.written import bound_value, inside, path_parts, text_of, way_to
from home_manager.nix.syntax import ast
from home_manager.nix.syntax.parser import parse

TEXT = """{ pkgs, lib, ... }:
{
  programs.git = lib.mkIf true { enable = false; };
  programs."a.b".c = lib.mkForce [ 1 (lib.mkDefault { x.y = 2; }) ];
  programs.git2.enable = true;
  programs.git2.extra = ''a ${b} c'';
}
"""
SOURCE = Source("home.nix", TEXT)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(SOURCE, start, start + len(words))


def value(words: str, name: str, *steps: str | int) -> str:
    node = bound_value(span(words), name)
    assert node is not None
    found = inside(node, steps)
    return "" if found is None else text_of(SOURCE, found)


def test_a_value_is_found_behind_what_wraps_it() -> None:
    assert value("programs.git", "git") == "{ enable = false; }"
    assert value("programs.git", "git", "enable") == "false"
    assert value('programs."a.b".c', "c", 0) == "1"
    assert value('programs."a.b".c', "c", 1, "x", "y") == "2"
    assert value('programs."a.b".c', "c", 2) == ""


def test_an_attribute_is_told_from_the_one_that_it_stands_in() -> None:
    assert value("programs.git2.extra", "extra") == "''a ${b} c''"
    assert bound_value(span("programs.git2.extra"), "enable") is None


def test_the_names_of_a_path_are_found_with_their_places() -> None:
    parts = path_parts(span('programs."a.b".c'))
    assert [name for name, _, _ in parts] == ["programs", "a.b", "c"]
    assert [TEXT[start:end] for _, start, end in parts] == ["programs", '"a.b"', "c"]


def test_a_place_in_a_set_that_grows_by_several_paths_is_found() -> None:
    tree = parse(SOURCE, "/")
    start = TEXT.index("${b}") + 2
    way = way_to(tree, start, start + 1)
    assert isinstance(way[-1], ast.Name) and way[-1].name == "b"
    assert isinstance(way[-2], ast.Concatenation)


PIECES = st.sampled_from(
    [
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        "=",
        ";",
        ",",
        ":",
        '"',
        "''",
        "${",
        "a",
        "b.c",
        "1",
        "\n",
        "  ",
        "inherit",
        "let",
        "in",
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_advice_on_any_text_that_is_not_nix_fits_the_text(text: str) -> None:
    source = Source("x.nix", text)
    try:
        parse(source, "/")
    except Failure as failure:
        advised = for_syntax_errors.advise(failure.diagnostic)
        assert advised.code == failure.diagnostic.code
        assert advised.labels
        for label in advised.labels:
            assert 0 <= label.span.start <= len(text)
            assert label.span.start <= label.span.end <= len(text) + 1
