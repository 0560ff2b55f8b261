"""What a configuration warns of, shown before anything is done with it."""

from __future__ import annotations

import hashlib
import os
import re
from typing import TYPE_CHECKING

from home_manager.cli.messages import _n
from home_manager.paths import open_file

if TYPE_CHECKING:
    from home_manager.activation import Layout
    from home_manager.cli.terminal import Terminal
    from home_manager.configuration.generation import Evaluated

TOLD = "old-names-told"
"""The file, among what can be had again, with what was said of old names last."""


def show_warnings(
    configured: Evaluated, terminal: Terminal, layout: Layout | None = None, *, remember: bool = False
) -> None:
    """The warnings of modules, and the mistakes in what nothing reads yet.

    Old names are told of once: as long as they are the same as at the last switch of the home, how many there are is enough.
    """
    for warning in configured.warnings:
        terminal.warn(warning)
    _old_names(configured.old_names, terminal, "" if layout is None else f"{layout.cache}/{TOLD}", remember)
    terminal.diagnose(configured.doubts)


def _old_names(found: tuple[str, ...], terminal: Terminal, file: str, remember: bool) -> None:
    if not found:
        return
    # Lines move with whatever is written above them.
    names = sorted(re.sub(r":\d+'", "'", each) for each in found)
    told = hashlib.sha256("\n".join(names).encode("utf-8", "surrogateescape")).hexdigest()
    if file and not terminal.verbose and _read(file) == told:
        text = _n(
            "{count} option is set by an old name; `-v` shows where",
            "{count} options are set by old names; `-v` shows where",
            len(found),
        )
        terminal.note(text.format(count=len(found)))
        return
    for warning in found:
        terminal.warn(warning)
    if file and remember:
        try:
            os.makedirs(os.path.dirname(file), exist_ok=True)
            with open(file, "w", encoding="ascii") as stream:
                stream.write(told)
        except OSError:
            pass  # Then it is said again.


def _read(file: str) -> str:
    try:
        with open(open_file(file), encoding="ascii", errors="replace") as stream:
            return stream.read()
    except OSError:
        return ""
