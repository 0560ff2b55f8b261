"""`home-manager activate GENERATION`: what the `activate` script of a built generation runs."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from home_manager.cli.asking import asker
from home_manager.cli.messages import _
from home_manager.cli.request_arguments import session
from home_manager.cli.switch import conclude, options
from home_manager.cli.terminal import Terminal

EXAMPLES = """\
  result/activate        # the same as: home-manager activate result
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("generation", metavar="GENERATION", help=_("the folder of a generation"))
    parser.add_argument("--driver-version", default="0", help=_("accepted for scripts written for the original"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    opened = session(arguments, terminal, configured=False)
    generation = opened.generation_at(arguments.generation)
    wishes = options(arguments, asker(terminal, lambda: str(opened.layout.home)))
    return conclude(opened, lambda: opened.activate(generation, wishes, terminal.progress()), arguments, terminal)
