"""`home-manager generations`: what was switched to, and when."""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from home_manager.cli import exits
from home_manager.cli.messages import _
from home_manager.cli.request import session
from home_manager.cli.terminal import Terminal

if TYPE_CHECKING:
    from home_manager.store import GenerationEntry

EXAMPLES = """\
  home-manager generations
  home-manager generations --json
  home-manager generations | head -n 1     # 2026-11-21 03:20 : id 5 -> /…/store/…-home-manager-generation (current)
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("one JSON array"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    profile = session(arguments, terminal, configured=False).profile
    entries = sorted(profile.generations(), key=lambda entry: (entry.created, entry.number), reverse=True)
    current = profile.current_number
    if arguments.json:
        import json

        rows = [
            {"id": e.number, "path": e.path, "created": _iso(e.created), "current": e.number == current}
            for e in entries
        ]
        terminal.say(json.dumps(rows, indent=2))
    elif terminal.out_is_terminal:
        for line in _table(entries, current, terminal):
            terminal.say(line)
    else:
        for entry in entries:
            terminal.say(original_line(entry, entry.number == current))
    return exits.OK


def original_line(entry: GenerationEntry, current: bool) -> str:
    """A generation as the original lists it."""
    mark = " (current)" if current else ""
    return f"{minute(entry.created)} : id {entry.number} -> {entry.path}{mark}"


def minute(created: float) -> str:
    """A point in time as the lists show it."""
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(created))


def _iso(created: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(created))


def _table(entries: Sequence[GenerationEntry], current: int | None, terminal: Terminal) -> list[str]:
    if not entries:
        return [_("there are no generations yet")]
    width = max(len(str(entry.number)) for entry in entries)
    lines = [terminal.style(f"  {'':<{width}}  {_('made'):<16}  {_('generation')}", "dim")]
    for entry in entries:
        here = entry.number == current
        line = f"{'→' if here else ' '} {entry.number:>{width}}  {minute(entry.created)}  {entry.path}"
        lines.append(terminal.style(line, "bold") if here else line)
    return lines
