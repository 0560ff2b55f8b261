"""`home-manager gc`: removes from the store what no generation needs any more."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable

from home_manager.cli import exits
from home_manager.cli.changing import by_name, is_dry_run
from home_manager.cli.messages import _, _n
from home_manager.cli.progress import amount
from home_manager.cli.request import session
from home_manager.cli.terminal import Terminal

EXAMPLES = """\
  home-manager expire-generations "-30 days" && home-manager gc
  home-manager gc --dry-run
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("one JSON object"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    from home_manager.generation.keeping import collect_garbage

    layout = session(arguments, terminal, configured=False).layout
    dry_run = is_dry_run(arguments)
    collected, recovered = collect_garbage(layout, dry_run=dry_run)
    removed = sorted(collected.removed, key=by_name)
    freed = size_of(removed) if dry_run else collected.freed
    if recovered:
        terminal.note(recovered)
    if arguments.json:
        import json

        terminal.say(json.dumps({"removed": removed, "freed": freed, "dryRun": dry_run}, indent=2))
        return exits.OK
    for path in removed:
        terminal.say(path)
    count = len(removed)
    text = (
        _n("{n} object would be removed, {size} freed", "{n} objects would be removed, {size} freed", count)
        if dry_run
        else _n("{n} object removed, {size} freed", "{n} objects removed, {size} freed", count)
    )
    terminal.tell(text.format(n=count, size=amount(freed, "B")))
    return exits.OK


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
