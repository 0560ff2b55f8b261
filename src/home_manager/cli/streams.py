"""The standard streams as the terminal writes to them: full, broken or too narrow a set of characters, nothing is lost silently."""

from __future__ import annotations

import codecs
import os
import sys
from typing import IO

LOOK_ALIKES = {
    "┌": "-", "─": "-", "│": "|", "✓": "ok", "…": "...", "·": "-", "█": "#", "░": ".", "→": "->", "–": "-", "—": "-",
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "«": "<<", "»": ">>", "├": "|", "└": "`", "␡": "^?",
    "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss",
    **{chr(0x2400 + code): f"^{chr(code + 64)}" for code in range(32)},
}  # fmt: skip
"""What stands for a character that the terminal does not have; any other is shown by its number."""

HANDLER = "home-manager"


def _replaced(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(LOOK_ALIKES.get(c) or c.encode("ascii", "backslashreplace").decode() for c in text), error.end


codecs.register_error(HANDLER, _replaced)


class Stream:
    """A standard stream. What cannot be written because there is no room is an `OSError` once, and then goes nowhere.

    A `silent` stream, that of remarks, has nobody left to be told.
    """

    __slots__ = ("_silent", "inner")

    def __init__(self, inner: IO[str], *, silent: bool = False) -> None:
        self.inner = inner
        self._silent = silent
        reconfigure = getattr(inner, "reconfigure", None)
        if reconfigure is not None and getattr(inner, "errors", "") != HANDLER:
            reconfigure(errors=HANDLER)

    def write(self, text: str) -> None:
        try:
            self.inner.write(text)
        except OSError as error:
            self._gone(error)

    def flush(self) -> None:
        try:
            self.inner.flush()
        except OSError as error:
            self._gone(error)

    def _gone(self, error: OSError) -> None:
        """Leads the stream nowhere, so that what Python still holds of it does not fail again."""
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.inner.fileno())
            os.close(nowhere)
        except (OSError, ValueError):
            pass
        if not self._silent:
            raise error

    @property
    def closed(self) -> bool:
        return self.inner.closed

    def isatty(self) -> bool:
        return self.inner.isatty()

    def fileno(self) -> int:
        return self.inner.fileno()


def narrow_locale() -> list[str] | None:
    """The command line that starts Python anew in UTF-8, where the locale lets it read and write ASCII only."""
    if sys.getfilesystemencoding().lower() in ("utf-8", "utf8") or sys.flags.utf8_mode or not sys.orig_argv[1:]:
        return None
    return [sys.executable, "-X", "utf8", *sys.orig_argv[1:]]
