"""`home-manager diff [PATH…]`: the lines of files that a switch would change."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from home_manager.cli import exits
from home_manager.cli.differences import LINES, difference
from home_manager.cli.messages import _
from home_manager.cli.plan import file_data, looked_at, refused
from home_manager.cli.terminal import Terminal

if TYPE_CHECKING:
    from home_manager.home.preview import FileChange

EXAMPLES = """\
  home-manager diff                      # of all files
  home-manager diff ~/.config/git        # of those at or below a path
  home-manager diff --json .bashrc
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help=_("a file or folder of the home"))
    parser.add_argument("--full", action="store_true", help=_("all lines of long differences"))
    parser.add_argument("--json", action="store_true", help=_("one JSON array"))
    parser.add_argument("--exit-code", action="store_true", help=_("status 1 where a file would change"))
    parser.add_argument(
        "-c", "--specialisation", metavar="SPECIALISATION", help=_("of this variant of the configuration")
    )


def run(arguments: Namespace, terminal: Terminal) -> int:
    opened, _wishes, found = looked_at(arguments, terminal)
    files = within(found.files, arguments.paths, str(opened.layout.home))
    if arguments.json:
        import json

        terminal.say(json.dumps([file_data(file) for file in files], indent=2, ensure_ascii=False))
    else:
        limit = None if arguments.full else LINES
        text = "".join(f"{line}\n" for file in files for line in difference(file, terminal, limit=limit))
        terminal.page(text)
    if not arguments.paths:
        status = refused(found, opened, terminal)
        if status != exits.OK:
            return status
    return exits.FAILED if arguments.exit_code and files else exits.OK


def within(files: Sequence[FileChange], paths: Sequence[str], home: str) -> list[FileChange]:
    """The files at or below one of the paths; a relative path is one of the home's, unless it exists here."""
    if not paths:
        return list(files)
    wanted = [target_of(path, home) for path in paths]
    return [
        file
        for file in files
        if any(path in ("", file.target) or file.target.startswith(f"{path}/") for path in wanted)
    ]


def target_of(path: str, home: str) -> str:
    """The path relative to the home that somebody means."""
    here = os.path.abspath(os.path.expanduser(path))
    # The last part is not followed: what lies there is mostly a link of ours.
    real = os.path.join(os.path.realpath(os.path.dirname(here)), os.path.basename(here))
    for place in (here, real):
        for top in (home, os.path.realpath(home)):
            if place == top:
                return ""
            if place.startswith(f"{top}/"):
                return place[len(top) + 1 :]
    return os.path.normpath(path)
