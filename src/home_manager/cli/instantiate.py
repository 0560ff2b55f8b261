"""`home-manager instantiate`: evaluates the configuration, and prints what its generation will be called."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from home_manager.cli import exits
from home_manager.cli.messages import _
from home_manager.cli.request_arguments import session
from home_manager.cli.terminal import Terminal
from home_manager.cli.warnings import show_warnings

EXAMPLES = """\
  home-manager instantiate             # the store path of the generation; nothing is written
  home-manager instantiate --json      # all that it wants, as activation reads it
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("the manifest of the generation"))
    parser.add_argument(
        "-c", "--specialisation", metavar="SPECIALISATION", help=_("of this variant of the configuration")
    )


def run(arguments: Namespace, terminal: Terminal) -> int:
    configured = session(arguments, terminal).evaluate().variant(arguments.specialisation or "")
    show_warnings(configured, terminal)
    if arguments.json:
        from home_manager.manifest import dump

        terminal.write(dump(configured.manifest))
    else:
        terminal.say(configured.path)
    return exits.OK
