"""Excerpts: the lines of a source that labels point at, with the marks below them.

A line is laid out in terminal columns, not characters: tabs are widened, East Asian wide characters take two columns,
combining ones none, and control characters are shown as pictures, so that a source can not steer the terminal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from home_manager.diagnostics.model import Label, Source, Span

Paint = Callable[[str, str], str]
"""`paint(role, text)`: the text as it is, or with the colour of its role."""

TAB = 4
SHOWN_WHOLE = 6
"""A label over at most so many lines is shown with all of them."""
LEAST_WIDTH = 24

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What moves the cursor, or turns the direction of what follows: control characters but line ends and tabs."""


def visible(text: str) -> str:
    """The text with control characters, except line ends and tabs, as pictures (`␛`)."""
    return text if text.isprintable() else _STEERING.sub(_picture, text)


def _picture(found: re.Match[str]) -> str:
    character = found[0]
    if character < " ":
        return chr(0x2400 + ord(character))
    return "␡" if character <= "\x9f" else "\ufffd"


def character_width(character: str) -> int:
    """How many terminal columns a character takes."""
    if character < "\u0300":
        return 1
    import unicodedata

    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


@dataclass(frozen=True, slots=True)
class Region:
    """The part of a span that is shown: lines and character indices within them, both ends on existing lines."""

    first: int
    start: int
    last: int
    end: int


def region(span: Span) -> Region:
    """Where a span begins and ends, without the line end that it may include.

    A span at the very end of a text that ends with a newline is shown after the last character of the last line.
    """
    source, text = span.source, span.source.text
    size = len(text)
    start = min(max(span.start, 0), size)
    end = min(max(span.end, start), size)
    while end > start and text[end - 1] in "\r\n":
        end -= 1
    if start == end == size and start > 0:
        while start > 0 and text[start - 1] in "\r\n":
            start -= 1
        end = start
    first, column = source.position(start)
    last, end_column = source.position(end)
    # A line is shown without the carriage returns at its end, and a span may begin among them.
    start, end = min(column - 1, len(source.line(first))), min(end_column - 1, len(source.line(last)))
    return Region(first, start, last, end)


@dataclass(frozen=True, slots=True)
class Line:
    """A source line as shown, and the column at which each of its characters (and its end) stands."""

    text: str
    columns: tuple[int, ...]


def lay_out(text: str, limit: int, interest: Sequence[tuple[int, int]]) -> Line:
    """A line in at most `limit` columns; a longer one is cut around the stretches of interest, the first before all."""
    cells: list[str] = []
    widths: list[int] = []
    column = 0
    for character in text:
        if character == "\t":
            step = TAB - column % TAB
            cells.append(" " * step)
        else:
            cells.append(visible(character))
            step = character_width(character)
        widths.append(step)
        column += step
    first, last = 0, len(cells)
    if column > limit:
        first, last = window(widths, limit, interest)
    columns = [0] * (len(cells) + 1)
    at = 1 if first > 0 else 0
    for index in range(first, last):
        columns[index] = at
        at += widths[index]
    for index in range(last, len(columns)):
        columns[index] = at
    shown = "".join(cells[first:last])
    return Line(("…" if first > 0 else "") + shown + ("…" if last < len(cells) else ""), tuple(columns))


def window(widths: Sequence[int], limit: int, interest: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The characters to show of a line that is too long: those around the stretches of interest."""
    room = limit - 2
    size = len(widths)
    low = min((start for start, _ in interest), default=0)
    high = max((end for _, end in interest), default=0)
    if sum(widths[low:high]) > room - 8 and interest:
        low, high = interest[0]
    low = min(low, size)
    high = min(max(high, low), size)
    used = 0
    last = low
    while last < high and used + widths[last] <= room:
        used += widths[last]
        last += 1
    first = low
    before = (room - used) // 2
    while first > 0 and before >= widths[first - 1]:
        first -= 1
        before -= widths[first]
        used += widths[first]
    while last < size and used + widths[last] <= room:
        used += widths[last]
        last += 1
    while first > 0 and used + widths[first - 1] <= room:
        first -= 1
        used += widths[first]
    return first, last


@dataclass(frozen=True, slots=True)
class Mark:
    """A label on one line: columns and words, `primary` for the one that the diagnostic is about."""

    start: int
    end: int
    text: str
    primary: bool

    @property
    def role(self) -> str:
        return "primary" if self.primary else "secondary"

    @property
    def line(self) -> str:
        return ("^" if self.primary else "-") * max(1, self.end - self.start)


def mark_lines(marks: Sequence[Mark], paint: Paint) -> list[str]:
    """The lines below a source line: the marks, and the words of all but the last one hanging from them."""
    rows: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        if rows and rows[-1][-1].start + len(rows[-1][-1].line) < mark.start:
            rows[-1].append(mark)
        else:
            rows.append([mark])
    out: list[str] = []
    for row in rows:
        drawn, column = "", 0
        for mark in row:
            drawn += " " * (mark.start - column) + paint(mark.role, mark.line)
            column = mark.start + len(mark.line)
        words = row[-1].text.split("\n")
        out.append(drawn + (" " + paint(row[-1].role, visible(words[0])) if words[0] else ""))
        out.extend(" " * (column + 1) + paint(row[-1].role, visible(more)) for more in words[1:])
        # What is said of several in a row alike is said once.
        hanging = [mark for mark in row[:-1] if mark.text and mark.text != row[-1].text]
        while hanging:
            out.append(stems(hanging, paint))
            mark = hanging.pop()
            above = stems(hanging, paint)
            width = hanging[-1].start + 1 if hanging else 0
            for words_line in mark.text.split("\n"):
                out.append(above + " " * (mark.start - width) + paint(mark.role, visible(words_line)))
    return out


def stems(marks: Sequence[Mark], paint: Paint) -> str:
    """A line with a stroke below each mark whose words are still to come."""
    drawn, column = "", 0
    for mark in marks:
        drawn += " " * (mark.start - column) + paint(mark.role, "│")
        column = mark.start + 1
    return drawn


@dataclass(frozen=True, slots=True)
class Placed:
    """A label with its place in the source."""

    region: Region
    text: str
    primary: bool

    @property
    def role(self) -> str:
        return "primary" if self.primary else "secondary"


class Excerpt:
    """The excerpt of one source: `last_line` says how wide the gutter must be, `rows` draws it."""

    def __init__(self, source: Source, labels: Sequence[tuple[Label, bool]]) -> None:
        self.source = source
        placed = [Placed(region(label.span), label.text, primary) for label, primary in labels]
        self.place = f"{visible(source.name)}:{placed[0].region.first}:{placed[0].region.start + 1}"
        self.single = [label for label in placed if label.region.first == label.region.last]
        self.rails = [label for label in placed if label.region.first != label.region.last]
        self.lines = self._lines(placed)
        self.last_line = self.lines[-1]

    @staticmethod
    def _lines(placed: Sequence[Placed]) -> list[int]:
        wanted: set[int] = set()
        for label in placed:
            first, last = label.region.first, label.region.last
            wanted |= set(range(first, last + 1)) if last - first < SHOWN_WHOLE else {first, first + 1, last}
        for line in list(wanted):
            if line + 2 in wanted:
                wanted.add(line + 1)
        return sorted(wanted)

    def rows(self, gutter: int, width: int, paint: Paint) -> list[str]:
        margin = " " * gutter
        bar = paint("gutter", "│")
        rail_width = 2 * len(self.rails)
        limit = max(LEAST_WIDTH, width - gutter - 3 - rail_width)
        out = [f"{margin} {paint('gutter', '┌─')} {self.place}"]
        previous: int | None = None
        for number in self.lines:
            if previous is not None and number != previous + 1:
                out.append(f"{margin} {paint('gutter', '·')} {self._rails(number, paint)}".rstrip())
            previous = number
            here = [label for label in self.single if label.region.first == number]
            begun = [label for label in self.rails if label.region.first == number]
            ended = [label for label in self.rails if label.region.last == number]
            text = self.source.line(number)
            interest = [(label.region.start, label.region.end) for label in here]
            interest += [(label.region.start, label.region.start + 1) for label in begun]
            interest += [(label.region.end - 1, label.region.end) for label in ended]
            line = lay_out(text, limit, interest)
            inline = [label for label in begun if not text[: label.region.start].strip()]
            rails = self._rails(number, paint, inline)
            out.append(f"{paint('gutter', str(number).rjust(gutter))} {bar} {rails}{line.text}".rstrip())
            under = self._rails(number, paint, after=True)
            marks = [
                Mark(line.columns[label.region.start], line.columns[label.region.end], label.text, label.primary)
                for label in here
            ]
            out.extend(f"{margin} {bar} {under}{row}" for row in mark_lines(marks, paint))
            for label in begun:
                if label not in inline:
                    out.append(f"{margin} {bar} " + self._turn(label, line.columns[label.region.start], "╭", paint))
            for label in ended:
                column = max(line.columns[label.region.end] - 1, 0)
                words = " " + paint(label.role, visible(label.text)) if label.text else ""
                out.append(f"{margin} {bar} " + self._turn(label, column, "╰", paint) + words)
        return out

    def _rails(self, number: int, paint: Paint, inline: Sequence[Placed] = (), *, after: bool = False) -> str:
        drawn = ""
        for label in self.rails:
            first, last = label.region.first, label.region.last
            if label in inline:
                drawn += paint(label.role, "╭") + " "
            elif first < number <= last or (
                after and first == number and not self.source.line(first)[: label.region.start].strip()
            ):
                drawn += paint(label.role, "│") + " "
            else:
                drawn += "  "
        return drawn

    def _turn(self, label: Placed, column: int, corner: str, paint: Paint) -> str:
        rail = self.rails.index(label)
        length = 2 * (len(self.rails) - rail) - 1 + column
        sign = "^" if label.primary else "-"
        return "  " * rail + paint(label.role, corner + "─" * length + sign)
