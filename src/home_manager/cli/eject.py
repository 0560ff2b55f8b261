"""`home-manager eject`: real files in place of all links, and no more home-manager."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from home_manager.cli import exits
from home_manager.cli.arguments import UsageError
from home_manager.cli.changing import is_dry_run
from home_manager.cli.messages import _, _n
from home_manager.cli.request_arguments import session
from home_manager.cli.terminal import Terminal, printable
from home_manager.cli.uninstall import piped_answer

EXAMPLES = """\
  home-manager eject --dry-run    # the files that would become real
  home-manager eject
  home-manager eject --yes        # without asking
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("-y", "--yes", action="store_true", help=_("do not ask"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    from home_manager.activation import PartlyUndone, Undone
    from home_manager.home.eject_home import eject, look

    dry_run = is_dry_run(arguments)
    opened = session(arguments, terminal, configured=False)
    found = look(opened)
    if dry_run or not arguments.yes:
        if found.begun:
            terminal.say(_("the files are yours already; what is left is to take the generations away"))
        for target in found.files:
            terminal.say(_("make a file of {target}").format(target=printable(target)))
        for target, place in found.links:
            terminal.say(_("link {target} to {place}").format(target=printable(target), place=printable(place)))
        for target in found.foreign:
            terminal.say(_("leave {target}, which is yours").format(target=printable(target)))
    if dry_run:
        count = found.generations
        terminal.say(_n("remove {n} generation", "remove {n} generations", count).format(n=count))
        terminal.tell(_("this was a dry run: nothing was changed"))
        return exits.OK
    if not arguments.yes and not _confirmed(terminal):
        terminal.tell(_("Nothing was changed."))
        return exits.OK
    try:
        done, recovered, notes = eject(opened, terminal.progress())
    except Undone as undone:
        terminal.progress().abandon()
        terminal.diagnose(undone.finished())
        return exits.UNDONE
    except PartlyUndone as left:
        terminal.progress().abandon()
        terminal.diagnose(left.finished())
        return exits.PARTLY
    terminal.progress().finish()
    if recovered:
        terminal.note(recovered)
    for note in notes:
        terminal.note(note)
    if not done.begun:
        count = len(done.files)
        terminal.tell(_n("{n} file is yours now", "{n} files are yours now", count).format(n=count))
    terminal.tell(_("Home Manager is gone from this home; your configuration is left untouched."))
    return exits.OK


def _confirmed(terminal: Terminal) -> bool:
    if not terminal.can_ask:
        answer = piped_answer()
        if answer is None:
            raise UsageError(_("eject asks before it begins, and nobody can answer here"), _("pass `--yes`"))
        return answer
    return terminal.ask(_("Really leave Home Manager?"), {"y": _("yes"), "n": _("no")}, "n") == "y"
