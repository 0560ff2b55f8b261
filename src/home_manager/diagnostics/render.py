"""Diagnostics as text for people and as JSON for programs.

error[option-type-mismatch]: `programs.bat.config.theme` must be a string
  ┌─ home.nix:7:15
7 │       theme = 12;
  │               ^^ this is an integer
  = declared in programs/bat.py:9
  help: write it as a string: theme = "12";
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from home_manager.diagnostics.excerpt import Excerpt, Paint, visible
from home_manager.diagnostics.model import Diagnostic, Frame, Label, Severity, Source, Span

FRAMES_SHOWN = 60
"""Of a longer trace, the innermost and outermost halves of so many frames are shown."""

_SEVERITY_COLOUR = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


def _plain(role: str, text: str) -> str:
    return text


def _painter(severity: Severity) -> Paint:
    own = _SEVERITY_COLOUR[severity]
    sequences = {
        "severity": f"1;{own}",
        "message": "1",
        "primary": own,
        "secondary": "34",
        "gutter": "34",
        "help": "32",
        "frame": "2",
    }

    def paint(role: str, text: str) -> str:
        return f"\x1b[{sequences[role]}m{text}\x1b[0m"

    return paint


def render_text(
    diagnostics: Iterable[Diagnostic], *, colour: bool = False, width: int = 100, show_trace: bool = False
) -> str:
    """All diagnostics as text, a blank line between two, each line ended.

    `width` is that of the terminal; only excerpts are cut to it. Frames of the language are left out without
    `show_trace`.
    """
    texts = [_one(diagnostic, colour, width, show_trace) for diagnostic in diagnostics]
    return "\n".join(texts)


def hidden_frames(diagnostics: Iterable[Diagnostic]) -> int:
    """How many frames `show_trace` would add."""
    return sum(frame.nix for diagnostic in diagnostics for frame in diagnostic.frames)


def _one(diagnostic: Diagnostic, colour: bool, width: int, show_trace: bool) -> str:
    paint = _painter(diagnostic.severity) if colour else _plain
    excerpts = _excerpts(diagnostic.labels)
    gutter = max((len(str(excerpt.last_line)) for excerpt in excerpts), default=1)
    margin = " " * (gutter + 1)
    head, *more = visible(diagnostic.message).split("\n")
    word = f"{diagnostic.severity.value}[{diagnostic.code}]"
    out = [f"{paint('severity', word)}: {paint('message', head)}"]
    out.extend(margin + line if line else "" for line in more)
    for excerpt in excerpts:
        out.extend(excerpt.rows(gutter, width, paint))
    frames = [frame for frame in diagnostic.frames if show_trace or not (frame.nix or _said(frame, diagnostic))]
    out.extend(margin + paint("frame", line) for line in _frame_lines(frames))
    for note in diagnostic.notes:
        out.extend(_hanging(margin, paint("gutter", "="), 2, note))
    for hint in diagnostic.hints:
        out.extend(_hanging(margin, paint("help", "help:"), 6, hint))
    return "\n".join(out) + "\n"


def _said(frame: Frame, diagnostic: Diagnostic) -> bool:
    """Whether a frame names the very option that the message is about."""
    return f"`{frame.text.removeprefix('while evaluating ')}`" in diagnostic.message


def _hanging(margin: str, sign: str, indent: int, text: str) -> list[str]:
    head, *more = visible(text).split("\n")
    return [f"{margin}{sign} {head}"] + [f"{margin}{' ' * indent}{line}".rstrip() for line in more]


def _excerpts(labels: Sequence[Label]) -> list[Excerpt]:
    by_source: dict[int, tuple[Source, list[tuple[Label, bool]]]] = {}
    for index, label in enumerate(labels):
        source = label.span.source
        by_source.setdefault(id(source), (source, []))[1].append((label, index == 0))
    return [Excerpt(source, group) for source, group in by_source.values()]


def _frame_lines(frames: Sequence[Frame]) -> list[str]:
    """One line a frame; equal neighbours once with a count, the middle of a very long trace left out."""
    counted: list[tuple[str, int]] = []
    for frame in frames:
        place = "" if frame.span is None else f" ({frame.span})"
        line = visible(frame.text + place).replace("\n", " ")
        if counted and counted[-1][0] == line:
            counted[-1] = (line, counted[-1][1] + 1)
        else:
            counted.append((line, 1))
    lines = [line if count == 1 else f"{line}, {count} times" for line, count in counted]
    if len(lines) > FRAMES_SHOWN:
        half = FRAMES_SHOWN // 2
        lines[half:-half] = [f"… {len(lines) - 2 * half} steps between these are not shown"]
    return lines


def as_data(diagnostic: Diagnostic) -> dict[str, object]:
    """A diagnostic as JSON data; lines and columns count from 1, the end column is the first one after the span."""
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "labels": [
            {**_place(label.span), "text": label.text, "primary": index == 0}
            for index, label in enumerate(diagnostic.labels)
        ],
        "notes": list(diagnostic.notes),
        "hints": list(diagnostic.hints),
        "frames": [
            {"text": frame.text, "nix": frame.nix, **({} if frame.span is None else _place(frame.span))}
            for frame in diagnostic.frames
        ],
    }


def _place(span: Span) -> dict[str, object]:
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(span.end)
    return {"file": span.source.name, "line": line, "column": column, "endLine": end_line, "endColumn": end_column}


def render_json(diagnostics: Iterable[Diagnostic]) -> str:
    """All diagnostics as one JSON array, ended by a newline."""
    import json

    return json.dumps([as_data(diagnostic) for diagnostic in diagnostics], indent=2, ensure_ascii=False) + "\n"
