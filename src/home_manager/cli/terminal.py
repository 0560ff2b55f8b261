"""The terminal: the one place where anything is written for the user to see.

Results go to standard output; diagnostics, notes and progress to standard error, so that output can be piped.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping
from typing import IO, TYPE_CHECKING

from home_manager.cli.messages import _
from home_manager.cli.streams import Stream
from home_manager.diagnostics.excerpt import visible

if TYPE_CHECKING:
    from home_manager.cli.progress import Progress
    from home_manager.diagnostics import Diagnostic

STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}


BEGIN, STOP = "\ufdd0", "\ufdd1"
"""What stands around the numbers of a style until they are written: no characters, so that no text has them.

Whatever else would steer the terminal comes from configurations and names of files, and is made visible.
"""
_STYLE = re.compile(f"{BEGIN}([0-9;]+){STOP}")


def may_animate(stream: IO[str] | Stream) -> bool:
    """Whether the stream is a terminal that understands movements of the cursor."""
    return stream.isatty() and os.environ.get("TERM", "") not in ("", "dumb")


def wants_colour(stream: IO[str] | Stream, choice: str, environment: Mapping[str, str]) -> bool:
    """Whether to colour what goes to the stream: as told, else on terminals unless `NO_COLOR` is set."""
    if choice != "auto":
        return choice == "always"
    return may_animate(stream) and not environment.get("NO_COLOR")


def terminal_width(stream: IO[str] | Stream) -> int:
    """Columns of the terminal behind a stream; 100 where there is none, so that output is the same everywhere."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or 100
    except (OSError, ValueError):
        return 100


def _from_here(text: str, diagnostics: Iterable[Diagnostic]) -> str:
    """The text with the files that diagnostics point into named from the current folder, where they lie below it."""
    try:
        here = f"{os.getcwd().rstrip('/')}/"
    except FileNotFoundError:
        # The working directory was removed: nothing is named as seen from there.
        return text
    spans = [label.span for each in diagnostics for label in each.labels]
    spans += [frame.span for each in diagnostics for frame in each.frames if frame.span is not None]
    for name in sorted({span.source.name for span in spans}, key=len, reverse=True):
        if name.startswith(here):
            text = text.replace(name, name[len(here) :])
    return text


class Terminal:
    """Both output streams, whether they are coloured, and how diagnostics are written (`text` or `json`)."""

    __slots__ = (
        "_colour_err",
        "_colour_out",
        "_err",
        "_line_is_done",
        "_out",
        "_progress",
        "json",
        "show_trace",
        "verbose",
    )

    def __init__(
        self,
        color: str = "auto",
        message_format: str = "text",
        *,
        verbose: bool = False,
        show_trace: bool = False,
        out: IO[str] | None = None,
        err: IO[str] | None = None,
    ) -> None:
        self._out = Stream(out or sys.stdout)
        self._err = Stream(err or sys.stderr, silent=True)
        self._colour_out = wants_colour(self._out, color, os.environ)
        self._colour_err = wants_colour(self._err, color, os.environ)
        self.json = message_format == "json"
        self.verbose = verbose
        self.show_trace = show_trace
        self._progress: Progress | None = None
        self._line_is_done = True

    @property
    def colour_out(self) -> bool:
        """Whether standard output is coloured."""
        return self._colour_out

    @property
    def out_is_terminal(self) -> bool:
        return self._out.isatty()

    @property
    def can_ask(self) -> bool:
        """Whether there is somebody to answer a question."""
        return sys.stdin.isatty() and self._err.isatty()

    def style(self, text: str, *names: str) -> str:
        """Text for standard output, with the styles named where it is coloured."""
        return self._styled(text, names, self._colour_out)

    def _styled(self, text: str, names: Iterable[str], wanted: bool) -> str:
        if not wanted or not text:
            return text
        return f"{BEGIN}{';'.join(STYLES[name] for name in names)}{STOP}{text}{BEGIN}0{STOP}"

    def say(self, text: str = "") -> None:
        """A line of the command's result, on standard output."""
        self._pause()
        self._out.write(f"{_shown(text)}\n")

    def write(self, text: str) -> None:
        """The command's result on standard output: as it is, where that is no terminal."""
        self._pause()
        self._out.write(_shown(text) if self._out.isatty() else text)

    def page(self, text: str, *, own: bool = False) -> None:
        """A long text: through the user's pager on a terminal, else as it is. Our `own` texts may steer the terminal."""
        text = text if own else _shown(text)
        if not self._out.isatty() or text.count("\n") < 40:
            self._pause()
            self._out.write(text)
            return
        import pydoc

        pydoc.pager(text)

    def tell(self, text: str) -> None:
        """A line beside the result, on standard error."""
        self._begin_line()
        if self.json:
            import json

            text = json.dumps({"severity": "note", "message": text})
        self._err.write(f"{_shown(text)}\n")
        self._err.flush()

    def pass_on(self, text: str) -> None:
        """A message of the configuration's own (`builtins.trace`), on standard error as it comes."""
        self._begin_line()
        text = _shown(text)
        self._err.write(text if text.endswith("\n") else f"{text}\n")
        self._err.flush()

    def stream(self, text: str) -> None:
        """A piece of what a step prints, on standard error as it comes; the next piece goes on where it ends."""
        if not text:
            return
        if self._line_is_done:
            self._pause()
        self._err.write(text)
        self._err.flush()
        self._line_is_done = text.endswith("\n")

    def _begin_line(self) -> None:
        self._pause()
        if not self._line_is_done:
            self._err.write("\n")
            self._line_is_done = True

    def detail(self, text: str) -> None:
        """A line that only `--verbose` shows."""
        if self.verbose:
            self.tell(text)

    def note(self, message: str) -> None:
        """A remark that asks for nothing."""
        self._remark(_("note"), "cyan", message)

    def warn(self, message: str) -> None:
        """Something that the user should change one day."""
        self._remark(_("warning"), "yellow", message)

    def _remark(self, kind: str, colour: str, message: str) -> None:
        if self.json:
            self.tell(message)
        else:
            self.tell(f"{self._styled(f'{kind}:', ('bold', colour), self._colour_err)} {message}")

    def complain(self, message: str, hint: str = "") -> None:
        """A mistake on the command line, which no source text shows."""
        if self.json:
            import json

            self._err.write(
                json.dumps({"severity": "error", "code": "usage", "message": message, "hints": [hint] if hint else []})
            )
            self._err.write("\n")
            return
        self.tell(f"{self._styled(_('error:'), ('bold', 'red'), self._colour_err)} {message}")
        if hint:
            self.tell(f"  {self._styled(_('help:'), ('bold', 'green'), self._colour_err)} {hint}")

    def diagnose(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Shows diagnostics, in the format that was asked for."""
        from home_manager.cli.translated import translated

        self._begin_line()
        found = tuple(translated(each) for each in diagnostics)
        if self.json:
            import json

            from home_manager.diagnostics.render import as_data

            for diagnostic in found:
                self._err.write(json.dumps(as_data(diagnostic)) + "\n")
        elif found:
            from home_manager.diagnostics.render import hidden_frames, render_text

            text = render_text(found, colour=self._colour_err, width=self.width, show_trace=self.show_trace)
            self._err.write(_from_here(text, found))
            if not self.show_trace and hidden_frames(found):
                more = self._styled(_("(`--show-trace` shows how it came to this)"), ("dim",), self._colour_err)
                self._err.write(_shown(more) + "\n")
        self._err.flush()

    @property
    def width(self) -> int:
        """Columns to fill: those of the terminal, else a width that is the same everywhere."""
        return terminal_width(self._err)

    def ask(self, question: str, answers: Mapping[str, str], default: str) -> str:
        """The key of the answer that the user picks; `default` where nobody can be asked."""
        if not self.can_ask:
            return default
        self._pause()
        choices = " · ".join(
            f"{self._styled(key, ('bold',), self._colour_err)} {text}" for key, text in answers.items()
        )
        while True:
            self._err.write(_shown(f"{question} [{choices}] "))
            self._err.flush()
            line = sys.stdin.readline()
            if not line:
                return default
            picked = line.strip().lower()[:1] or default
            if picked in answers:
                return picked

    def progress(self) -> Progress:
        """What long work reports to: a moving line on a terminal, else a line for each stage."""
        if self._progress is None:
            from home_manager.cli.progress import Progress

            self._progress = Progress(self._err, moving=may_animate(self._err), colour=self._colour_err, json=self.json)
        return self._progress

    def _pause(self) -> None:
        """Wipes the moving line, so that what comes next begins at the left, and keeps both streams in order."""
        if not self._out.closed:
            self._out.flush()
        if self._progress is not None:
            self._progress.pause()

    def close(self) -> None:
        """Ends the moving line and hands over what is still buffered."""
        self._pause()
        self._out.flush()
        self._err.flush()


def _shown(text: str) -> str:
    """The text as it goes to a terminal: nothing in it steers that but our own styles."""
    text = visible(text)
    return _STYLE.sub("\x1b[\\1m", text) if BEGIN in text else text


def printable(text: str, keep: str = "") -> str:
    """A text in which nothing moves the cursor: control characters and undecodable bytes are written as escapes."""
    return "".join(
        c if c.isprintable() or c in keep else c.encode("unicode_escape", "surrogatepass").decode() for c in text
    )
