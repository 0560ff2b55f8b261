"""`home-manager status`: which files differ from what was written, and from what the configuration wants."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from home_manager.cli import exits
from home_manager.cli.messages import _
from home_manager.cli.request_arguments import session
from home_manager.cli.terminal import Terminal
from home_manager.cli.warnings import show_warnings

EXAMPLES = """\
  home-manager status            # MM .bashrc   (changed since it was written; a switch would change it)
  home-manager status --all      # those without difference too
  home-manager status && echo "nothing to do"

The first column compares what was last written with what is there, the second what is there with
what the configuration wants: A added, M modified, D deleted. The status is 1 where anything differs.
"""

LETTERS = {"": " ", "added": "A", "modified": "M", "deleted": "D"}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--all", action="store_true", help=_("list files without any difference too"))
    parser.add_argument("--json", action="store_true", help=_("one JSON array"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    from home_manager.home.home_status import file_statuses

    opened = session(arguments, terminal)
    configured = opened.evaluate()
    show_warnings(configured, terminal, opened.layout)
    rows = file_statuses(opened, configured)
    shown = [row for row in rows if arguments.all or not row.settled]
    if arguments.json:
        import json

        listed = [{"target": row.target, "written": row.written or None, "wanted": row.wanted or None} for row in shown]
        terminal.say(json.dumps(listed, indent=2))
    else:
        for row in shown:
            columns = terminal.style(LETTERS[row.written], "yellow") + terminal.style(LETTERS[row.wanted], "green")
            terminal.say(f"{columns} {row.target}")
        if not shown:
            terminal.detail(_("every file is as it should be"))
    return exits.OK if all(row.settled for row in rows) else exits.FAILED
