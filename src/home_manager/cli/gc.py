"""`home-manager gc`: removes from the store what no generation needs any more, and what was replaced long ago."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable

from home_manager.cli import exits
from home_manager.cli.changing import by_name, is_dry_run
from home_manager.cli.messages import _, _n
from home_manager.cli.progress import amount
from home_manager.cli.request_arguments import session
from home_manager.cli.terminal import Terminal, printable

EXAMPLES = """\
  home-manager expire-generations "-30 days" && home-manager gc
  home-manager gc --dry-run

Files of yours that a switch replaced, or that made way for what `restore` brought back, are kept for 30 days, where
`home-manager restore --list` shows them; then this command removes them. Backups beside the files (`-b`) stay.
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("one JSON object"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    from home_manager.home.collect_garbage import collect_garbage

    layout = session(arguments, terminal, configured=False).layout
    dry_run = is_dry_run(arguments)
    swept = collect_garbage(layout, dry_run=dry_run)
    removed, replaced = sorted(swept.objects, key=by_name), swept.replaced
    freed = size_of((*removed, *replaced)) if dry_run else swept.freed
    if swept.recovered:
        terminal.note(swept.recovered)
    if arguments.json:
        import json

        found = {"removed": removed, "replaced": replaced, "freed": freed, "dryRun": dry_run}
        terminal.say(json.dumps(found, indent=2))
        return exits.OK
    for path in (*removed, *replaced):
        terminal.say(printable(path))
    if replaced:
        _tell_replaced(len(replaced), terminal, dry_run=dry_run)
    count = len(removed)
    text = (
        _n("{n} object would be removed, {size} freed", "{n} objects would be removed, {size} freed", count)
        if dry_run
        else _n("{n} object removed, {size} freed", "{n} objects removed, {size} freed", count)
    )
    terminal.tell(text.format(n=count, size=amount(freed, "B")))
    return exits.OK


def _tell_replaced(count: int, terminal: Terminal, *, dry_run: bool) -> None:
    from home_manager.activation.replaced_files import DAYS

    text = (
        _n(
            "{n} file that was replaced more than {days} days ago would be removed",
            "{n} files that were replaced more than {days} days ago would be removed",
            count,
        )
        if dry_run
        else _n(
            "{n} file that was replaced more than {days} days ago removed",
            "{n} files that were replaced more than {days} days ago removed",
            count,
        )
    )
    terminal.tell(text.format(n=count, days=DAYS))


def size_of(paths: Iterable[str]) -> int:
    """The bytes of all files at or below the paths, as removing them would free."""
    total = 0
    pending = list(paths)
    while pending:
        path = pending.pop()
        if os.path.isdir(path) and not os.path.islink(path):
            pending.extend(f"{path}/{name}" for name in os.listdir(path))
        else:
            status = os.lstat(path)
            total += status.st_size if status.st_nlink == 1 else 0
    return total
