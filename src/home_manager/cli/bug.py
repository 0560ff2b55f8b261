"""What is said when the program itself is wrong: a short message, and a file with what a developer needs."""

from __future__ import annotations

import os
import platform
import tempfile
import traceback

from home_manager import __version__
from home_manager.cli.messages import _
from home_manager.cli.terminal import Terminal


def report(error: Exception, words: list[str], terminal: Terminal) -> None:
    """Writes the trace to a file and tells the user where it is; with `--verbose` also what it says."""
    trace = "".join(traceback.format_exception(error, limit=-30))
    lines = [
        f"home-manager {__version__}, Python {platform.python_version()}, {platform.platform()}",
        "arguments: " + " ".join(words),
        "",
        trace,
    ]
    where = _keep("\n".join(lines))
    summary = f"{type(error).__name__}: {error}"
    terminal.complain(_("this is a bug in home-manager: {summary}").format(summary=summary[:300]))
    if where:
        terminal.tell(_("  please report it, with this file: {path}").format(path=where))
    else:
        terminal.tell(trace)


def _keep(text: str) -> str | None:
    """The path of a new file that holds the text, or None where none can be written."""
    from home_manager.diagnostics import Failure
    from home_manager.paths import folder_of_caller

    cache: str | None = None
    try:
        cache = os.path.join(folder_of_caller("XDG_CACHE_HOME", ".cache"), "home-manager")
    except Failure:
        pass
    for directory in (cache, None):
        try:
            if directory is not None:
                os.makedirs(directory, exist_ok=True)
            handle, path = tempfile.mkstemp(prefix="home-manager-bug-", suffix=".txt", dir=directory)
            with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as stream:
                stream.write(text)
            return path
        except OSError:
            continue
    return None
