"""Progress of long work: one moving line on a terminal, one line a stage elsewhere."""

from __future__ import annotations

import os
import time
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from home_manager.cli.streams import Stream

BAR = 24
LEAST_BAR = 4
"""Cells of the bar, where there is room for them; where there is none for so few, the numbers come first."""
INTERVAL = 0.08
"""Seconds between two drawings of the moving line."""


def amount(count: int, unit: str) -> str:
    """A quantity as people read it: bytes in the largest unit that leaves a digit before the point."""
    if unit != "B":
        return str(count)
    value = float(count)
    for prefix in ("", "k", "M", "G"):
        if value < 1000:
            return f"{value:.0f} {prefix}B" if not prefix or value >= 100 else f"{value:.1f} {prefix}B"
        value /= 1000
    return f"{value:.1f} TB"


def _columns(stream: IO[str] | Stream) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


class Progress:
    """Stages of work, one after the other, each with an optional count of what is done.

    Nothing here decides anything: code below the command line only knows the methods `stage`, `advance` and `finish`.
    """

    __slots__ = ("_colour", "_drawn", "_json", "_last", "_line", "_moving", "_stream", "_title")

    def __init__(self, stream: IO[str] | Stream, *, moving: bool, colour: bool, json: bool = False) -> None:
        self._stream = stream
        self._moving = moving and not json
        self._colour = colour
        self._json = json
        self._title = ""
        self._line = ""
        self._drawn = False
        self._last = 0.0

    def stage(self, title: str) -> None:
        """Begins a stage, which ends the one before; the title's first letter is made a capital."""
        title = title[:1].upper() + title[1:]
        if title == self._title:
            return
        self.finish()
        self._title = title
        if self._json:
            import json

            self._write(json.dumps({"severity": "progress", "message": title}, ensure_ascii=False) + "\n")
        elif self._moving:
            self._draw(f"{title} …")
        else:
            self._write(f"{title}\n")

    def advance(self, done: int, total: int, unit: str = "", detail: str = "") -> None:
        """Says how much of the stage is done; cheap to call often."""
        if not self._moving:
            return
        now = time.monotonic()
        if now - self._last < INTERVAL and done < total:
            return
        self._last = now
        share = min(1.0, done / total) if total > 0 else 0.0
        words = f"{amount(done, unit)} of {amount(total, unit)}"
        cells = min(BAR, _columns(self._stream) - len(self._title) - len(words) - 5)
        if cells < LEAST_BAR:
            self._draw(f"{words}  {self._title}")
            return
        filled = round(share * cells)
        bar = "█" * filled + "░" * (cells - filled)
        self._draw(f"{self._title}  {bar}  {words}  {detail}".rstrip())

    def finish(self) -> None:
        """Ends the stage: its title stays, the bar goes."""
        if self._moving and self._title:
            self.pause()
            mark = "\x1b[32m✓\x1b[0m" if self._colour else "✓"
            self._write(f"{mark} {self._title}\n")
        self._title = ""
        self._line = ""

    def pause(self) -> None:
        """Wipes the moving line for something else to be written; the next `advance` draws it again."""
        if self._drawn:
            self._write("\r\x1b[K")
            self._drawn = False

    def abandon(self) -> None:
        """Ends the stage without a mark, after a failure."""
        self.pause()
        self._title = ""

    def _draw(self, line: str) -> None:
        width = _columns(self._stream)
        self._write(f"\r\x1b[K{line[: width - 1]}")
        self._drawn = True

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
