"""What the commands that take something away from a home have in common: dry runs, and what they say."""

from __future__ import annotations

import os
from argparse import Namespace
from typing import TYPE_CHECKING

from home_manager.cli.messages import _
from home_manager.cli.terminal import Terminal

if TYPE_CHECKING:
    from home_manager.home.collect_garbage import Removal


def is_dry_run(arguments: Namespace) -> bool:
    """Whether nothing is to be changed: as told, or by the variable that the original reads."""
    return bool(arguments.dry_run) or "DRY_RUN" in os.environ


def announce(removal: Removal, terminal: Terminal, *, dry_run: bool) -> None:
    """What became of generations, one line each, in the original's words."""
    if removal.recovered:
        terminal.note(removal.recovered)
    for number in removal.missing:
        terminal.tell(_("No generation with ID {number}").format(number=number))
    if removal.current is not None:
        terminal.tell(_("Cannot remove the current generation {number}").format(number=removal.current))
    text = _("Would remove generation {number}") if dry_run else _("Removing generation {number}")
    for entry in removal.removed:
        terminal.say(text.format(number=entry.number))


def by_name(path: str) -> tuple[str, str]:
    """A key that sorts store paths by their names: hashes would put them into an order of no meaning."""
    return path.rpartition("/")[2].partition("-")[2], path
