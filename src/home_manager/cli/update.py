"""`home-manager update`: newer versions of packages into `home.lock`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from home_manager.cli import exits
from home_manager.cli.messages import _
from home_manager.cli.request_arguments import session
from home_manager.cli.terminal import Terminal

EXAMPLES = """\
  home-manager update                    # every package
  home-manager update ripgrep neovim
  home-manager update -n                 # only look
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", metavar="NAME", help=_("only these packages, by their name below `pkgs`"))
    parser.add_argument("--json", action="store_true", help=_("one JSON array, with the versions before and after"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    from home_manager.home.update_packages import update

    opened = session(arguments, terminal)
    progress = terminal.progress()
    progress.stage(_("evaluating the configuration"))
    changes = update(opened, arguments.names, progress)
    progress.finish()
    if arguments.json:
        import json

        rows = [{"name": each.key, "old": each.versions[0], "new": each.versions[1]} for each in changes]
        terminal.say(json.dumps(rows, indent=2))
    else:
        width = max((len(each.key) for each in changes), default=0)
        for each in changes:
            old, new = each.versions
            terminal.say(f"{each.key:{width}}  {old} -> {new}")
    if not changes:
        terminal.note(_("every package is the newest that its provider has"))
    elif arguments.dry_run:
        terminal.note(_("nothing was changed"))
    else:
        opened.keep_lock()
        terminal.note(_("`home-manager switch` makes the home so"))
    return exits.OK
