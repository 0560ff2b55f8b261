"""`home-manager uninstall`: takes everything away that was put into the home; the user's own files stay."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from home_manager.cli import exits
from home_manager.cli.arguments import UsageError
from home_manager.cli.changing import is_dry_run
from home_manager.cli.messages import _, _n
from home_manager.cli.request_arguments import session
from home_manager.cli.terminal import Terminal, printable

EXAMPLES = """\
  home-manager uninstall
  home-manager uninstall --dry-run    # what would be done
  home-manager uninstall --yes        # without asking
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("-y", "--yes", action="store_true", help=_("do not ask"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    from home_manager.activation import Undone
    from home_manager.home.uninstall_home import uninstall

    dry_run = is_dry_run(arguments)
    opened = session(arguments, terminal, configured=False)
    if not dry_run and not arguments.yes and not _confirmed(terminal):
        terminal.tell(_("Nothing was changed."))
        return exits.OK
    try:
        done = uninstall(opened, terminal.progress(), dry_run=dry_run)
    except Undone as undone:
        terminal.progress().abandon()
        terminal.diagnose(undone.finished())
        return exits.UNDONE
    terminal.progress().finish()
    report, count = done.report, done.generations
    if report.recovered:
        terminal.note(report.recovered)
    for line in report.planned:
        terminal.say(line)
    for note in (*report.notes, *done.notes) if dry_run else done.notes:
        terminal.note(note)
    if dry_run:
        text = _n("remove {n} generation", "remove {n} generations", count)
        terminal.say(text.format(n=count))
        terminal.say(_("remove {path}").format(path=opened.layout.state))
        terminal.tell(_("this was a dry run: nothing was changed"))
        return exits.OK
    for target in report.removed:
        terminal.detail(_("removed {target}").format(target=target))
    for target in report.returned:
        terminal.tell(_("`{target}` is yours again, as it was").format(target=printable(target)))
    files = _n("{n} file", "{n} files", len(report.removed)).format(n=len(report.removed))
    generations = _n("{n} generation", "{n} generations", count).format(n=count)
    terminal.tell(_("removed {files} and {generations}").format(files=files, generations=generations))
    terminal.tell(_("Home Manager is uninstalled but your home.nix is left untouched."))
    return exits.OK


def _confirmed(terminal: Terminal) -> bool:
    if not terminal.can_ask:
        answer = piped_answer()
        if answer is None:
            raise UsageError(_("uninstall asks before it begins, and nobody can answer here"), _("pass `--yes`"))
        return answer
    terminal.tell(_("This will remove Home Manager and all that it put into your home."))
    return terminal.ask(_("Really uninstall Home Manager?"), {"y": _("yes"), "n": _("no")}, "n") == "y"


def piped_answer() -> bool | None:
    """What a pipe answers (`yes | home-manager uninstall`); None where it says nothing."""
    line = "" if sys.stdin.isatty() else sys.stdin.readline()
    return line.strip().lower() in ("y", "yes") if line.strip() else None
