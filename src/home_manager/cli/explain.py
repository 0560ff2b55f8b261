"""`home-manager explain [CODE]`: what a diagnostic's code means, or the list of all codes."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from home_manager.cli import exits
from home_manager.cli.messages import _
from home_manager.cli.terminal import Terminal

EXAMPLES = """\
  home-manager explain                        # all codes
  home-manager explain option-type-mismatch   # what it means and what to write instead
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("code", nargs="?", metavar="CODE", help=_("the word in brackets of a message: error[CODE]"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    from home_manager.diagnostics.codes import codes, explanation

    if arguments.code is None:
        pages = [explanation(code) for code in codes()]
        width = max((len(page.code) for page in pages), default=0) + 2
        terminal.page("".join(f"{terminal.style(f'{page.code:<{width}}', 'bold')}{page.title}\n" for page in pages))
        return exits.OK
    from home_manager.diagnostics.code_pages import render_page

    # A code may come as it stands in a message: `error[CODE]:`.
    code = arguments.code.rpartition("[")[2].rstrip("]:")
    terminal.page(render_page(explanation(code), colour=terminal.colour_out, width=min(terminal.width, 100)), own=True)
    return exits.OK
