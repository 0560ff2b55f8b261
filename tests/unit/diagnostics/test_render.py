"""Diagnostics as text: golden layouts, and laws that hold for any source and span."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home_manager.diagnostics import Diagnostic, Frame, Label, Severity, Source, Span
from home_manager.diagnostics.excerpt import character_width
from home_manager.diagnostics.render import hidden_frames, render_json, render_text

HOME = Source(
    "home.nix",
    """{ pkgs, ... }:
{
  programs.bat = {
    enable = true;
    config = {
      theme = 12;
\t\tfoo = "日本語 é 🎉"; bar = 1;
    };
  };
  x = [ 1 2 3
    4
  ];
}
""",
)


def at(text: str, source: Source = HOME) -> Span:
    start = source.text.index(text)
    return Span(source, start, start + len(text))


def shown(*labels: Label, width: int = 100, **more: object) -> str:
    return render_text([Diagnostic("code", "message", labels=labels, **more)], width=width)  # type: ignore[arg-type]


def test_the_shape() -> None:
    diagnostic = Diagnostic(
        "option-type-mismatch",
        "`programs.bat.config.theme` must be a string",
        labels=(Label(at("12"), "this is an integer"),),
        notes=("declared in programs/bat.py:9\nand elsewhere",),
        hints=('write it as a string: theme = "12";',),
    )
    assert (
        render_text([diagnostic])
        == """\
error[option-type-mismatch]: `programs.bat.config.theme` must be a string
  ┌─ home.nix:6:15
6 │       theme = 12;
  │               ^^ this is an integer
  = declared in programs/bat.py:9
    and elsewhere
  help: write it as a string: theme = "12";
"""
    )


def test_wide_characters_tabs_and_several_labels() -> None:
    other = Source("other.nix", "a = 1;\nb = 2;")
    labels = (
        Label(at("🎉"), "here"),
        Label(at("日本語"), "wide"),
        Label(at("bar"), "third"),
        Label(at("b", other), "far"),
    )
    assert (
        shown(*labels)
        == """\
error[code]: message
  ┌─ home.nix:7:16
7 │         foo = "日本語 é 🎉"; bar = 1;
  │                ------   ^^   --- third
  │                │        │
  │                │        here
  │                │
  │                wide
  ┌─ other.nix:2:1
2 │ b = 2;
  │ - far
"""
    )


def test_overlapping_labels_have_lines_of_their_own() -> None:
    assert (
        shown(Label(at("theme = 12"), "all"), Label(at("12"), "part"))
        == """\
error[code]: message
  ┌─ home.nix:6:7
6 │       theme = 12;
  │       ^^^^^^^^^^ all
  │               -- part
"""
    )


def test_spans_over_several_lines() -> None:
    text = HOME.text
    start = text.index("{\n    enable")
    whole = Span(HOME, start, text.index("};\n  x") + 2)
    assert (
        shown(Label(whole, "this set"))
        == """\
error[code]: message
  ┌─ home.nix:3:18
3 │     programs.bat = {
  │ ╭──────────────────^
4 │ │     enable = true;
  · │
9 │ │   };
  │ ╰────^ this set
"""
    )
    line_start = text.index("  x = [")
    assert (
        shown(
            Label(at("enable")),
            Label(Span(HOME, line_start, text.index("];\n}") + 3), "list"),
            severity=Severity.WARNING,
        )
        == """\
warning[code]: message
   ┌─ home.nix:4:5
 4 │       enable = true;
   │       ^^^^^^
   ·
10 │ ╭   x = [ 1 2 3
11 │ │     4
12 │ │   ];
   │ ╰────- list
"""
    )


def test_the_end_of_a_file() -> None:
    end = len(HOME.text)
    assert (
        shown(Label(Span(HOME, end, end), "expected `}`"))
        == """\
error[code]: message
   ┌─ home.nix:13:2
13 │ }
   │  ^ expected `}`
"""
    )
    empty = Source("«string»", "")
    assert (
        shown(Label(Span(empty, 0, 0), "nothing here"))
        == """\
error[code]: message
  ┌─ «string»:1:1
1 │
  │ ^ nothing here
"""
    )


def test_long_lines_are_cut_around_the_span() -> None:
    source = Source("long.nix", "x" * 100 + " boom " + "y" * 100)
    assert (
        shown(Label(at("boom", source), "far"), width=60)
        == """\
error[code]: message
  ┌─ long.nix:1:102
1 │ …xxxxxxxxxxxxxxxxxxxxxxxx boom yyyyyyyyyyyyyyyyyyyyyyyy…
  │                           ^^^^ far
"""
    )


def test_frames() -> None:
    frames = (
        Frame("while calling `f`", at("enable"), nix=True),
        Frame("while evaluating `xdg.configFile`"),
        Frame("while evaluating `xdg.configFile`"),
    )
    diagnostic = Diagnostic("code", "a\nb", frames=frames)
    head = "error[code]: a\n  b\n"
    assert render_text([diagnostic]) == head + "  while evaluating `xdg.configFile`, 2 times\n"
    assert (
        render_text([diagnostic], show_trace=True)
        == head + "  while calling `f` (home.nix:4:5)\n  while evaluating `xdg.configFile`, 2 times\n"
    )
    assert hidden_frames([diagnostic]) == 1
    many = Diagnostic("code", "a", frames=tuple(Frame(f"while {n}", nix=True) for n in range(10_000)))
    assert len(render_text([many], show_trace=True).splitlines()) == 62


def test_colour_only_when_asked_for() -> None:
    diagnostic = Diagnostic("code", "message", labels=(Label(at("12"), "x"),), notes=("n",), hints=("h",))
    plain = render_text([diagnostic])
    coloured = render_text([diagnostic], colour=True)
    assert "\x1b" not in plain
    assert coloured.startswith("\x1b[1;31merror[code]\x1b[0m: ")
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_a_source_can_not_steer_the_terminal() -> None:
    source = Source("a\x1bb", "x = \x1b[31m\r;\x9b")
    text = render_text([Diagnostic("code", "\x1b]0;title\x07", labels=(Label(Span(source, 4, 5), "\x1b"),))])
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)


def test_json() -> None:
    diagnostic = Diagnostic(
        "code", "message", labels=(Label(at("12"), "x"),), notes=("n",), frames=(Frame("f", at("enable"), nix=True),)
    )
    (data,) = json.loads(render_json([diagnostic]))
    place = {"file": "home.nix", "line": 6, "column": 15, "endLine": 6, "endColumn": 17}
    assert data["labels"] == [{**place, "text": "x", "primary": True}]
    assert (data["code"], data["severity"], data["message"]) == ("code", "error", "message")
    assert (data["notes"], data["hints"]) == (["n"], [])
    assert data["frames"] == [
        {"text": "f", "nix": True, "file": "home.nix", "line": 4, "column": 5, "endLine": 4, "endColumn": 11}
    ]


@given(
    text=st.text("ab \t\n\r日é\u0301🎉\x1b", max_size=80),
    spans=st.lists(st.tuples(st.integers(0, 90), st.integers(0, 40)), min_size=1, max_size=4),
    width=st.integers(10, 60),
)
def test_any_span_can_be_shown(text: str, spans: list[tuple[int, int]], width: int) -> None:
    source = Source("s", text)
    labels = tuple(Label(Span(source, start, start + size), f"here{n}") for n, (start, size) in enumerate(spans))
    out = render_text([Diagnostic("code", "m", labels=labels)], width=width)
    assert [out.count(label.text) for label in labels] == [1] * len(labels)
    assert out.endswith("\n")
    for line in out.splitlines():
        if "│ " in line and "here" not in line and not re.search("[╭╰]", line):
            assert sum(map(character_width, line)) <= max(width, 24 + 16)


@pytest.mark.parametrize("character", "aé日🎉\u0301\u200d한ｱ")
def test_widths(character: str) -> None:
    wide = unicodedata.east_asian_width(character) in "WF"
    zero = unicodedata.category(character) in ("Mn", "Cf")
    assert character_width(character) == (0 if zero else 2 if wide else 1)
