"""`home-manager generations`: what was switched to, and when."""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from home_manager.cli import exits
from home_manager.cli.messages import _
from home_manager.cli.request_arguments import session
from home_manager.cli.terminal import Terminal

if TYPE_CHECKING:
    from home_manager.home.generation_metadata import GenerationMetadata
    from home_manager.store import GenerationEntry

EXAMPLES = """\
  home-manager generations
  home-manager generations --json
  home-manager generations | head -n 1     # 2026-11-21 03:20 : id 5 -> /…/store/…-home-manager-generation (current)
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("one JSON array"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    from home_manager.home.generation_metadata import metadata_of

    opened = session(arguments, terminal, configured=False)
    profile = opened.profile
    entries = sorted(profile.generations(), key=lambda entry: (entry.created, entry.number), reverse=True)
    current = profile.current_number
    if arguments.json:
        import json

        known = metadata_of(opened.layout, entries)
        rows = [as_data(entry, known[entry.number], entry.number == current) for entry in entries]
        terminal.say(json.dumps(rows, indent=2, ensure_ascii=False))
    elif terminal.out_is_terminal:
        for line in _table(entries, metadata_of(opened.layout, entries), current, terminal):
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


def as_data(entry: GenerationEntry, metadata: GenerationMetadata, current: bool) -> dict[str, Any]:
    """A generation with what is remembered of it, as JSON."""
    from home_manager.configuration.specialisations import variants_in

    return {
        "id": entry.number,
        "path": entry.path,
        "created": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(entry.created)),
        "current": current,
        "message": metadata.message or None,
        "configuration": metadata.source or None,
        "revision": metadata.revision or None,
        "dirty": metadata.dirty,
        "host": metadata.host or None,
        "toolVersion": metadata.tool_version or None,
        "specialisation": metadata.specialisation or None,
        "specialisations": variants_in(entry.path),
    }


def _table(
    entries: Sequence[GenerationEntry], known: Mapping[int, GenerationMetadata], current: int | None, terminal: Terminal
) -> list[str]:
    """A row for each: its number, when it was made, and those of the other columns that are of use."""
    if not entries:
        return [_("there are no generations yet")]
    rows = [
        (
            str(entry.number),
            minute(entry.created),
            known[entry.number].specialisation,
            known[entry.number].revision_text,
            known[entry.number].host,
            known[entry.number].message,
        )
        for entry in entries
    ]
    titles = ("", _("made"), _("specialisation"), _("revision"), _("host"), _("message"))
    columns = [n for n in range(len(titles)) if n < 2 or any(row[n] for row in rows)]
    if len({row[4] for row in rows}) == 1:
        # Where there is but one host, it is this one.
        columns = [n for n in columns if n != 4]
    widths = {n: max(len(titles[n]), *(len(row[n]) for row in rows)) for n in columns}

    def line(row: Sequence[str]) -> str:
        return "  ".join(row[n].rjust(widths[n]) if n == 0 else row[n].ljust(widths[n]) for n in columns).rstrip()

    lines = [terminal.style(f"  {line(titles)}", "dim")]
    for entry, row in zip(entries, rows, strict=True):
        here = entry.number == current
        text = f"{'→' if here else ' '} {line(row)}"
        lines.append(terminal.style(text, "bold") if here else text)
    return lines
