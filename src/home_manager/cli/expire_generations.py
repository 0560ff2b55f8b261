"""`home-manager expire-generations WHEN`: removes the generations that are older than a point in time."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from home_manager.cli import exits
from home_manager.cli.arguments import UsageError
from home_manager.cli.changing import announce, is_dry_run
from home_manager.cli.messages import _
from home_manager.cli.request_arguments import session
from home_manager.cli.terminal import Terminal

if TYPE_CHECKING:
    from home_manager.home.collect_garbage import Choice

EXAMPLES = """\
  home-manager expire-generations "-30 days"
  home-manager expire-generations 2026-01-31
  home-manager expire-generations +5              # all but the last five
  home-manager expire-generations --keep-last 5   # the same
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "when", nargs="?", metavar="TIMESTAMP", help=_("a point in time, as `date -d` takes it; or +N, as --keep-last")
    )
    parser.add_argument("--keep-last", metavar="N", help=_("remove all but the last N generations"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    from home_manager.home.collect_garbage import remove_generations

    choice = _choice(arguments.when, arguments.keep_last)
    layout = session(arguments, terminal, configured=False).layout
    dry_run = is_dry_run(arguments)
    removal = remove_generations(layout, choice, command="home-manager expire-generations", dry_run=dry_run)
    announce(removal, terminal, dry_run=dry_run)
    if not removal.removed:
        terminal.detail(_("No generations to expire"))
    return exits.OK


def _choice(when: str | None, keep_last: str | None) -> Choice:
    """Which generations go, by the one way that was named."""
    from home_manager.home.collect_garbage import all_but_last, not_newer

    if (when is None) == (keep_last is None):
        raise UsageError(_("expire-generations expects one of TIMESTAMP, +N and --keep-last N"))
    if keep_last is not None:
        if re.fullmatch(r"[0-9]+", keep_last) is None:
            raise UsageError(_("`{word}` is not a number of generations").format(word=keep_last))
        return all_but_last(int(keep_last))
    assert when is not None
    if re.fullmatch(r"\+[0-9]+", when):
        return all_but_last(int(when))
    from home_manager.cli.moments import moment

    return not_newer(moment(when))
