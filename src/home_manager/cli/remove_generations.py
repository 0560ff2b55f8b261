"""`home-manager remove-generations ID…`: takes generations out of the list of those that can be gone back to."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from home_manager.cli import exits
from home_manager.cli.arguments import UsageError
from home_manager.cli.changing import announce, is_dry_run
from home_manager.cli.messages import _
from home_manager.cli.request_arguments import session
from home_manager.cli.terminal import Terminal

EXAMPLES = """\
  home-manager remove-generations 3 4
  home-manager remove-generations -n 3    # only say so
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("ids", nargs="*", metavar="ID", help=_("a number that `home-manager generations` lists"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    from home_manager.home.collect_garbage import remove_generations

    numbers = [_number(word) for word in arguments.ids]
    layout = session(arguments, terminal, configured=False).layout
    dry_run = is_dry_run(arguments)
    removal = remove_generations(
        layout, lambda entries: numbers, command="home-manager remove-generations", dry_run=dry_run
    )
    announce(removal, terminal, dry_run=dry_run)
    if not removal.missing and removal.current is None:
        return exits.OK
    return exits.PARTLY if removal.removed else exits.FAILED


def _number(word: str) -> int:
    if not word.isascii() or not word.isdigit():
        raise UsageError(
            _("`{word}` is not the number of a generation").format(word=word),
            _("`home-manager generations` lists them"),
        )
    return int(word)
