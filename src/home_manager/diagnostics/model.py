"""Diagnostics as data: where a mistake is, what it is, why, and what to write instead.

Nothing here prints. `diagnostics.render` turns these values into text or JSON, and only `cli` calls it.
"""

from __future__ import annotations

import enum
from bisect import bisect_right
from dataclasses import dataclass, field, replace


class Source:
    """A text that spans point into: a file, or an expression given on the command line.

    `name` is what is shown (a path as the user wrote it, or `«string»`), `text` the decoded text.
    Offsets are indices into `text`; lines and columns are counted from 1, columns in characters.
    """

    __slots__ = ("_starts", "name", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._starts: list[int] | None = None

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            starts = [0]
            find = self.text.find
            at = find("\n")
            while at != -1:
                starts.append(at + 1)
                at = find("\n", at + 1)
            self._starts = starts
        return self._starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def byte_position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, the column counted in bytes of UTF-8, as the Nix language tells it."""
        line, column = self.position(offset)
        before = self.text[offset - column + 1 : offset]
        return line, column if before.isascii() else len(before.encode("utf-8", "surrogateescape")) + 1

    def line(self, number: int) -> str:
        """The text of a line, without its end."""
        starts = self._line_starts()
        start = starts[number - 1]
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[start:end].rstrip("\r")

    def __repr__(self) -> str:
        return f"Source({self.name!r})"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source, `start` included and `end` not."""

    source: Source
    start: int
    end: int

    def __str__(self) -> str:
        line, column = self.source.position(self.start)
        return f"{self.source.name}:{line}:{column}"


class Severity(enum.Enum):
    """How bad it is; the value is the word that is shown."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Label:
    """A span with a few words below the caret; the primary one comes first."""

    span: Span
    text: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """One step of how evaluation came to the place of an error: `while evaluating …`.

    `nix` frames belong to the language and are shown with `--show-trace` only.
    """

    text: str
    span: Span | None = None
    nix: bool = False


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing to say to the user.

    `code` is kebab-case and has a page in `diagnostics/codes`; `message` is one sentence without a full stop;
    `notes` say why ("declared in …"), `hints` what to write instead; `frames` run from the innermost outwards.
    """

    code: str
    message: str
    severity: Severity = Severity.ERROR
    labels: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    frames: tuple[Frame, ...] = ()

    @property
    def span(self) -> Span | None:
        return self.labels[0].span if self.labels else None


@dataclass
class Failure(Exception):
    """Raised when the user's input or machine makes it impossible to go on: carries what will be shown.

    `frames` grows while the exception unwinds (innermost first), so the way that works costs nothing. `about` is what
    went wrong as data, for those who can say more of it than whoever raised it.
    """

    diagnostic: Diagnostic
    frames: list[Frame] = field(default_factory=list)
    about: object = None

    def __str__(self) -> str:
        return self.diagnostic.message

    def add_frame(self, text: str, span: Span | None = None, *, nix: bool = False) -> None:
        self.frames.append(Frame(text, span, nix))

    def finished(self) -> tuple[Diagnostic, ...]:
        """What to show: the diagnostic with the frames collected on the way out."""
        if not self.frames:
            return (self.diagnostic,)
        return (replace(self.diagnostic, frames=self.diagnostic.frames + tuple(self.frames)),)


class Failures(Failure):
    """Several independent failures of one run, shown together and sorted by source."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(diagnostics[0])
        self.diagnostics = diagnostics

    def finished(self) -> tuple[Diagnostic, ...]:
        def place(diagnostic: Diagnostic) -> tuple[int, str, int]:
            span = diagnostic.span
            return (1, "", 0) if span is None else (0, span.source.name, span.start)

        frames = tuple(self.frames)
        diagnostics = (replace(each, frames=each.frames + frames) if frames else each for each in self.diagnostics)
        return tuple(sorted(diagnostics, key=place))


def failure(
    code: str,
    message: str,
    *labels: Label,
    span: Span | None = None,
    label: str = "",
    notes: tuple[str, ...] = (),
    hints: tuple[str, ...] = (),
) -> Failure:
    """A `Failure` with one diagnostic; `span` and `label` are the short form for a single label."""
    if span is not None:
        labels = (Label(span, label), *labels)
    return Failure(Diagnostic(code, message, labels=labels, notes=notes, hints=hints))
