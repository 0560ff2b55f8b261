"""Sources, spans and failures."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from home_manager.diagnostics import Diagnostic, Failures, Frame, Label, Source, Span, failure


@given(st.text("ab\n\r", max_size=40), st.integers(0, 40))
def test_positions_count_lines_and_columns_from_one(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    line, column = Source("s", text).position(offset)
    before = text[:offset].split("\n")
    assert (line, column) == (len(before), len(before[-1]) + 1)
    assert Source("s", text).line(line) == text.split("\n")[line - 1].rstrip("\r")


def test_frames_are_added_innermost_first() -> None:
    raised = failure("code", "message", span=Span(Source("s", "x"), 0, 1), label="l", hints=("h",))
    raised.add_frame("inner")
    raised.add_frame("outer", nix=True)
    (diagnostic,) = raised.finished()
    assert diagnostic.frames == (Frame("inner"), Frame("outer", None, True))
    assert diagnostic.labels[0].text == "l"
    assert str(raised) == "message"


def test_several_failures_are_sorted_by_source() -> None:
    source, other = Source("b", "xyz"), Source("a", "x")
    late = Diagnostic("c", "late", labels=(Label(Span(source, 2, 3)),))
    early = Diagnostic("c", "early", labels=(Label(Span(source, 0, 1)),))
    first = Diagnostic("c", "first", labels=(Label(Span(other, 0, 1)),))
    nowhere = Diagnostic("c", "nowhere")
    assert [d.message for d in Failures((nowhere, late, early, first)).finished()] == [
        "first",
        "early",
        "late",
        "nowhere",
    ]
