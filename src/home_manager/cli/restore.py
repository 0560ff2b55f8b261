"""`home-manager restore PATH`: brings back what a switch moved aside or replaced."""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, NoReturn

from home_manager.cli import exits
from home_manager.cli.arguments import UsageError
from home_manager.cli.changing import is_dry_run
from home_manager.cli.messages import _
from home_manager.cli.request_arguments import session
from home_manager.cli.terminal import Terminal
from home_manager.diagnostics import failure

if TYPE_CHECKING:
    from home_manager.activation import Kept, Layout

EXAMPLES = """\
  home-manager restore --list                 # everything that can be brought back
  home-manager restore --list ~/.vimrc        # the versions of one file, the newest first
  home-manager restore ~/.vimrc               # bring the newest back
  home-manager restore ~/.vimrc --number 2    # bring the one before it back
  home-manager restore ~/.vimrc -b old        # bring .vimrc.old back, whoever made it

What a switch takes from you comes back by itself when the configuration no longer has the file, or after a rollback
or `uninstall`, if its place is free; this command brings it back before. What is at the path is not lost: a file of
yours is kept as another version, a link of ours comes again with the next switch, for which the file is in the way
then. Files that a switch replaced, or that made way here, are kept for at least 30 days, and as long as they would
come back by themselves: `home-manager gc` removes those that are older. Backups beside the files (`-b`) stay.
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("path", nargs="?", metavar="PATH", help=_("the file or folder to bring back"))
    parser.add_argument("--list", action="store_true", help=_("list what can be brought back, and change nothing"))
    parser.add_argument("--number", type=int, default=1, metavar="N", help=_("which version, as --list numbers them"))
    parser.add_argument("--json", action="store_true", help=_("with --list: one JSON array"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    from home_manager.activation import ReplacedFiles, System

    if arguments.path is None and not arguments.list:
        raise UsageError(_("name the file to bring back, or give `--list`"))
    layout = session(arguments, terminal, configured=False).layout
    target = _target(arguments.path, layout) if arguments.path is not None else None
    archive = ReplacedFiles(System(), layout)
    if target is None:
        found = archive.all()
    elif arguments.backup_extension:
        found = archive.beside(target, arguments.backup_extension)
    else:
        found = archive.of(target)
    if arguments.list:
        _show(found, terminal, layout, json=arguments.json)
        return exits.OK
    assert target is not None
    if not 1 <= arguments.number <= len(found):
        raise failure(
            "nothing-to-restore",
            _("nothing is kept of `{path}`").format(path=arguments.path)
            if not found
            else _("of `{path}` there are {n} versions").format(path=arguments.path, n=len(found)),
            hints=(_("`home-manager restore --list` shows what there is"),),
        )
    kept = found[arguments.number - 1]
    if is_dry_run(arguments):
        terminal.say(_("move {old} to {new}").format(old=kept.place, new=f"{layout.home}/{target}"))
        return exits.OK
    from home_manager.home.restore_files import restore

    done = restore(layout, kept)
    if done.recovered:
        terminal.note(done.recovered)
    if done.put_away and not done.incomplete:
        terminal.note(_("what was there is kept: {place}").format(place=done.put_away))
    if done.was_ours:
        terminal.note(_("`{path}` is in the way of the next switch").format(path=arguments.path))
    terminal.tell(_("brought back {path}").format(path=f"{layout.home}/{target}"))
    if done.incomplete:
        terminal.warn(done.incomplete)
        terminal.note(_("the next command tries it again"))
        return exits.PARTLY
    return exits.OK


def _target(path: str, layout: Layout) -> str:
    """A path as the user names it, relative to the home; links in it count as what they are."""
    home = str(layout.home)
    if layout.root is not None and path.startswith(f"{layout.logical_home}/"):
        return os.path.normpath(path[len(layout.logical_home) + 1 :])
    here = os.path.normpath(os.path.join(os.getcwd(), os.path.expanduser(path)))
    for spelled in (home, os.path.realpath(home)):
        if here.startswith(f"{spelled}/"):
            return here[len(spelled) + 1 :]
    if not os.path.isabs(path) and not path.startswith("~"):
        # As the configuration spells it, wherever the command is run.
        return os.path.normpath(path) if not os.path.normpath(path).startswith("..") else _refuse(path, home)
    above = os.path.realpath(os.path.dirname(here))
    if f"{above}/".startswith(f"{os.path.realpath(home)}/"):
        return os.path.relpath(f"{above}/{os.path.basename(here)}", os.path.realpath(home))
    return _refuse(path, home)


def _refuse(path: str, home: str) -> NoReturn:
    raise failure(
        "path-outside-home",
        _("`{path}` is not below the home directory").format(path=path),
        hints=(_("the home is `{home}`").format(home=home),),
    )


def _show(found: list[Kept], terminal: Terminal, layout: Layout, *, json: bool) -> None:
    if json:
        import json as writer

        rows = [
            {
                "path": f"{layout.home}/{each.target}",
                "place": each.place,
                "time": int(each.time),
                "comesBack": each.is_due,
            }
            for each in found
        ]
        terminal.say(writer.dumps(rows, indent=2))
        return
    number, before = 0, ""
    for each in found:
        number = number + 1 if each.target == before else 1
        before = each.target
        moment = time.strftime("%Y-%m-%d %H:%M", time.localtime(each.time))
        kind = _("backup") if each.is_backup else _("same") if each.reason == "taken" else _("replaced")
        mark = "*" if each.is_due else " "
        terminal.say(f"{number:>3}{mark} {moment}  {kind:<9} {ascii(each.target)[1:-1]}  {ascii(each.place)[1:-1]}")
    if any(each.is_due for each in found):
        terminal.tell(_("what has a * comes back by itself when the configuration no longer has the file"))
    if not found:
        terminal.tell(_("nothing is kept"))
