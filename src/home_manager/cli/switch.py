"""`home-manager switch`: builds the configuration and makes the home what it says."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from home_manager.cli import exits
from home_manager.cli.arguments import UsageError
from home_manager.cli.messages import _, _n
from home_manager.cli.request import session
from home_manager.cli.terminal import Terminal

if TYPE_CHECKING:
    from home_manager.activation import Report
    from home_manager.generation import Session, SwitchOptions

EXAMPLES = """\
  home-manager switch
  home-manager switch -f ./home.nix -b backup     # a file in the way becomes FILE.backup
  home-manager switch --dry-run -v                # what would be done
  home-manager switch --rollback                  # back to the generation before
  home-manager switch --rollback --to 12          # back to a certain one
  home-manager --root /tmp/try switch             # everything below /tmp/try
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--rollback", action="store_true", help=_("go back to the generation before the current one"))
    parser.add_argument("--to", type=int, metavar="ID", help=_("with --rollback: the generation to go back to"))
    parser.add_argument("-c", "--specialisation", metavar="NAME", help=_("activate this specialisation"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    if arguments.to is not None and not arguments.rollback:
        raise UsageError(_("`--to` goes with `--rollback`"))
    opened = session(arguments, terminal, configured=not arguments.rollback)
    progress = terminal.progress()
    wishes = options(arguments)
    if arguments.rollback:
        return conclude(opened, lambda: opened.rollback(arguments.to, wishes, progress), arguments, terminal)
    progress.stage(_("evaluating the configuration"))
    configured = opened.evaluate()
    for warning in configured.warnings:
        terminal.warn(warning)
    return conclude(opened, lambda: opened.switch(configured, wishes, progress), arguments, terminal)


def conclude(opened: Session, activate: Callable[[], Report], arguments: Namespace, terminal: Terminal) -> int:
    """Activates, says what was done, and gives the status that says what became of the home."""
    from home_manager.activation import Undone

    before = opened.profile.current
    try:
        report = activate()
    except Undone as undone:
        terminal.progress().abandon()
        terminal.diagnose(undone.finished())
        return exits.UNDONE
    terminal.progress().finish()
    after = opened.profile.current
    if before is not None and after is not None and not arguments.dry_run:
        report = replace(report, changed=with_new_content(before.path, after.path, report.changed))
    show(report, terminal, dry_run=arguments.dry_run)
    return exits.OK


def with_new_content(before: str, after: str, targets: Sequence[str]) -> tuple[str, ...]:
    """Of files whose links were renewed, those that lead elsewhere now; the store's paths tell, without reading."""

    def leads_to(generation: str, target: str) -> str:
        return os.path.realpath(f"{generation}/home-files/{target}")

    return tuple(target for target in targets if leads_to(before, target) != leads_to(after, target))


def options(arguments: Namespace) -> SwitchOptions:
    """How to switch, from the command line and the variables that the original reads."""
    from home_manager.generation import SwitchOptions

    environment = os.environ
    return SwitchOptions(
        backup_extension=arguments.backup_extension or environment.get("HOME_MANAGER_BACKUP_EXT") or "",
        backup_command=arguments.backup_command or environment.get("HOME_MANAGER_BACKUP_COMMAND") or "",
        backup_overwrite=bool(environment.get("HOME_MANAGER_BACKUP_OVERWRITE")),
        dry_run=arguments.dry_run or "DRY_RUN" in environment,
        verbose=arguments.verbose or "VERBOSE" in environment,
        specialisation=getattr(arguments, "specialisation", None) or "",
    )


def show(report: Report, terminal: Terminal, *, dry_run: bool) -> None:
    """What was done, in a few lines; each file with `--verbose`, each action in a dry run."""
    if report.recovered:
        terminal.note(report.recovered)
    for line in report.planned:
        terminal.say(line)
    for word, targets in (
        (_("linked"), report.linked),
        (_("changed"), report.changed),
        (_("removed"), report.removed),
        (_("replaced"), report.replaced),
        (_("adopted"), report.adopted),
    ):
        for target in targets if not dry_run else ():
            terminal.detail(f"{word} {target}")
    for target, backup in report.backed_up:
        terminal.tell(_("kept `{target}` as `{backup}`").format(target=target, backup=backup))
    for note in report.notes:
        terminal.note(note)
    if dry_run:
        terminal.tell(_("this was a dry run: nothing was changed"))
        return
    terminal.tell(_("generation {number}: {what}").format(number=report.generation, what=summary(report)))


def summary(report: Report) -> str:
    """The changes of the home's files, counted."""
    counts = (
        (_n("{n} file new", "{n} files new", len(report.linked)), len(report.linked)),
        (_n("{n} changed", "{n} changed", len(report.changed)), len(report.changed)),
        (_n("{n} removed", "{n} removed", len(report.removed)), len(report.removed)),
        (_n("{n} replaced", "{n} replaced", len(report.replaced)), len(report.replaced)),
        (_n("{n} taken over", "{n} taken over", len(report.adopted)), len(report.adopted)),
    )
    said = [text.format(n=count) for text, count in counts if count]
    if not said:
        return _("every file was as it should be") if not report.new else _("no file changed")
    return ", ".join(said)
