"""`home-manager news`: what has changed and concerns this configuration, the newest first."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from home_manager.cli import exits
from home_manager.cli.changing import is_dry_run
from home_manager.cli.messages import _
from home_manager.cli.request_arguments import session
from home_manager.cli.terminal import Terminal
from home_manager.paths import open_file

if TYPE_CHECKING:
    from home_manager.options.eval_modules import Evaluation

EXAMPLES = """\
  home-manager news
  home-manager news --unread
"""

READ_IDS = "news-read-ids"
"""The file with the ids of what was shown, one a line; the original has it in the same place."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of news; `time` is as it was written, ISO 8601 in UTC."""

    id: str
    time: str
    message: str


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--unread", action="store_true", help=_("only what was not shown before"))
    parser.add_argument("--json", action="store_true", help=_("one JSON array"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    opened = session(arguments, terminal)
    entries = entries_of(opened.evaluate().evaluation)
    path = f"{opened.layout.data}/{READ_IDS}"
    known = _read_ids(path)
    shown = [entry for entry in entries if not arguments.unread or entry.id not in known]
    if arguments.json:
        import json

        rows = [
            {"id": entry.id, "time": entry.time, "read": entry.id in known, "message": entry.message} for entry in shown
        ]
        terminal.say(json.dumps(rows, indent=2, ensure_ascii=False))
    elif shown:
        terminal.page("\n\n".join(_paragraph(entry, read=entry.id in known) for entry in shown))
    else:
        terminal.tell(_("there is no news"))
    new = [entry.id for entry in shown if entry.id not in known]
    if new and not is_dry_run(arguments):
        _remember(path, [*known, *new])
    return exits.OK


def entries_of(evaluation: Evaluation) -> list[Entry]:
    """The news that concerns a configuration, the newest first."""
    from home_manager.values.lazy import force

    found: list[Entry] = []
    listed = evaluation.value("news.entries")
    assert isinstance(listed, list)
    for item in listed:
        entry = force(item)
        assert isinstance(entry, dict)
        if force(entry["condition"]) is True:
            texts = [str(force(entry[name])) for name in ("id", "time", "message")]
            found.append(Entry(*texts))
    return sorted(found, key=lambda entry: entry.time, reverse=True)


def _paragraph(entry: Entry, *, read: bool) -> str:
    when = entry.time.replace("T", " ").removesuffix("+00:00")
    mark = _("read") if read else _("unread")
    body = entry.message.rstrip("\n").replace("\n", "\n  ").replace("\n  \n", "\n\n")
    return f"* {when} [{mark}]\n\n  {body}\n"


def _read_ids(path: str) -> list[str]:
    try:
        with open(open_file(path), encoding="utf-8", errors="replace") as file:
            return list(dict.fromkeys(file.read().split()))
    except OSError:
        return []


def _remember(path: str, ids: Sequence[str]) -> None:
    """Writes the ids of what was shown, in one step."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    temporary = f"{path}.{os.getpid()}"
    with open(temporary, "w", encoding="utf-8") as file:
        file.write("".join(f"{each}\n" for each in sorted(ids)))
    os.replace(temporary, path)
