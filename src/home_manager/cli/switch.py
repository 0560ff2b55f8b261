"""`home-manager switch`: builds the configuration and makes the home what it says."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from home_manager.cli import exits
from home_manager.cli.arguments import UsageError
from home_manager.cli.asking import asker
from home_manager.cli.messages import _, _n
from home_manager.cli.request_arguments import session
from home_manager.cli.terminal import Terminal, printable
from home_manager.cli.warnings import show_warnings

if TYPE_CHECKING:
    from home_manager.activation import Report
    from home_manager.activation.report import Ask
    from home_manager.home.home import Home
    from home_manager.home.saved_plans import SavedPlan
    from home_manager.home.switch_options import SwitchOptions

SHOWN = 8
"""How many files of the user's are named one by one, of each kind."""

EXAMPLES = """\
  home-manager switch
  home-manager switch -f ./home.nix -b backup     # a file in the way becomes FILE.backup
  home-manager switch --dry-run -v                # what would be done
  home-manager switch --rollback                  # back to the generation before
  home-manager switch --rollback --to 12          # back to a certain one
  home-manager switch -c dark                     # the variant `specialisation.dark`
  home-manager switch -m "before the conference"  # `home-manager describe` shows it
  home-manager plan -o p && home-manager switch --plan p
  home-manager --root /tmp/try switch             # everything below /tmp/try
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--rollback", action="store_true", help=_("go back to the generation before the current one"))
    parser.add_argument("--to", type=int, metavar="ID", help=_("with --rollback: the generation to go back to"))
    parser.add_argument(
        "-c", "--specialisation", metavar="SPECIALISATION", help=_("activate this variant of the configuration")
    )
    parser.add_argument("-m", "--message", metavar="TEXT", help=_("what the generation shall be remembered by"))
    parser.add_argument(
        "--plan", metavar="FILE", help=_("do what `home-manager plan -o FILE` has found, or nothing if that changed")
    )


def run(arguments: Namespace, terminal: Terminal) -> int:
    if arguments.to is not None and not arguments.rollback:
        raise UsageError(_("`--to` goes with `--rollback`"))
    planned = _plan(arguments)
    opened = session(arguments, terminal, configured=not arguments.rollback and planned is None)
    progress = terminal.progress()
    wishes = options(arguments, asker(terminal, lambda: str(opened.layout.home)))
    if planned is not None:
        return _by_plan(opened, planned, arguments, terminal)
    if arguments.rollback:
        return conclude(opened, lambda: opened.rollback(arguments.to, wishes, progress), arguments, terminal)
    progress.stage(_("evaluating the configuration"))
    configured = opened.evaluate_locked(progress).variant(wishes.specialisation)
    show_warnings(configured, terminal, opened.layout, remember=not wishes.dry_run)
    return conclude(opened, lambda: opened.switch(configured, wishes, progress), arguments, terminal)


def _plan(arguments: Namespace) -> SavedPlan | None:
    """The plan that shall be carried out."""
    if arguments.plan is None:
        return None
    for given, flag in ((arguments.rollback, "--rollback"), (arguments.specialisation, "--specialisation")):
        if given:
            raise UsageError(_("`--plan` does not go with `{flag}`").format(flag=flag))
    from home_manager.home.saved_plans import load

    return load(arguments.plan)


def _by_plan(opened: Home, plan: SavedPlan, arguments: Namespace, terminal: Terminal) -> int:
    """Does what a plan says, if the home is still as it was found then."""
    from home_manager.home.saved_plans import check, wishes_of

    wishes = wishes_of(plan, options(arguments))
    check(opened, plan, wishes)
    generation = opened.generation_at(plan.generation)
    progress = terminal.progress()
    return conclude(
        opened,
        # Once more under the lock: nobody can have changed it by then.
        lambda: opened.activate(generation, wishes, progress, lambda: check(opened, plan, wishes)),
        arguments,
        terminal,
    )


def conclude(opened: Home, activate: Callable[[], Report], arguments: Namespace, terminal: Terminal) -> int:
    """Activates, says what was done, and gives the status that says what became of the home."""
    from home_manager.activation import PartlyUndone, Undone

    before = opened.profile.current
    try:
        report = activate()
    except Undone as undone:
        terminal.progress().abandon()
        terminal.diagnose(undone.finished())
        return exits.UNDONE
    except PartlyUndone as left:
        terminal.progress().abandon()
        terminal.diagnose(left.finished())
        return exits.PARTLY
    terminal.progress().finish()
    after = opened.profile.current
    if before is not None and after is not None and not arguments.dry_run:
        report = replace(report, changed=with_new_content(before.path, after.path, report.changed))
    show(report, terminal, dry_run=arguments.dry_run)
    for missing in report.incomplete:
        terminal.warn(missing)
    if report.incomplete:
        terminal.tell(_("the new generation is in use, but not everything came about"))
    return exits.PARTLY if report.incomplete else exits.OK


def with_new_content(before: str, after: str, targets: Sequence[str]) -> tuple[str, ...]:
    """Of files whose links were renewed, those that hold something else now; mostly the store's paths tell."""
    from home_manager.home.compare_homes import Side

    def at(generation: str, target: str) -> Side:
        return Side.at(f"{generation}/home-files/{target}")

    def leads_to(generation: str, target: str) -> str:
        return os.path.realpath(f"{generation}/home-files/{target}")

    # Real files are in neither tree: those were written.
    differing = [
        target
        for target in targets
        if leads_to(before, target) != leads_to(after, target) or not os.path.lexists(f"{after}/home-files/{target}")
    ]
    return tuple(
        target
        for target in differing
        if at(after, target).kind == "missing" or not at(before, target).same(at(after, target))
    )


def options(arguments: Namespace, ask: Ask | None = None) -> SwitchOptions:
    """How to switch, from the command line and the variables that the original reads; `ask` asks the user."""
    from home_manager.home.switch_options import SwitchOptions

    environment = os.environ
    return SwitchOptions(
        backup_extension=arguments.backup_extension or environment.get("HOME_MANAGER_BACKUP_EXT") or "",
        backup_command=arguments.backup_command or environment.get("HOME_MANAGER_BACKUP_COMMAND") or "",
        backup_overwrite=bool(environment.get("HOME_MANAGER_BACKUP_OVERWRITE")),
        dry_run=arguments.dry_run or "DRY_RUN" in environment,
        verbose=arguments.verbose or "VERBOSE" in environment,
        specialisation=getattr(arguments, "specialisation", None) or "",
        message=getattr(arguments, "message", None) or "",
        ask=ask,
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
        (_("taken over"), report.adopted),
        (_("given back"), report.returned),
    ):
        for target in targets if not dry_run else ():
            terminal.detail(f"{word} {target}")
    for target, backup in report.backed_up:
        terminal.tell(_("kept `{target}` as `{backup}`").format(target=target, backup=backup))
    if not dry_run:
        _of_the_user(report, terminal)
    for target in report.skipped:
        terminal.tell(_("left `{target}` as it is").format(target=target))
    for target in report.undecided:
        terminal.tell(
            _("whether `{target}` is in the way is known when what it shall hold is built").format(target=target)
        )
    for note in report.notes:
        terminal.note(note)
    if dry_run:
        terminal.tell(_("this was a dry run: nothing was changed"))
        return
    terminal.tell(_("generation {number}: {what}").format(number=report.generation, what=summary(report)))


def _of_the_user(report: Report, terminal: Terminal) -> None:
    """What was taken from the user, where it is now and how it comes back; and what is the user's again."""
    for targets, text in (
        (
            report.adopted,
            _("`{target}` was yours, with the same content: your file is kept, and comes back when the entry goes"),
        ),
        (
            report.replaced,
            _(
                "`{target}` was yours and was replaced: it is kept, and comes back when the entry goes (or by `restore`)"
            ),
        ),
        (report.returned, _("`{target}` is yours again, as it was")),
    ):
        for target in targets[:SHOWN]:
            terminal.tell(text.format(target=printable(target)))
        more = len(targets) - SHOWN
        if more > 0:
            terminal.tell(_n("… and {n} more (`-v` names it)", "… and {n} more (`-v` names them)", more).format(n=more))


def summary(report: Report) -> str:
    """The changes of the home's files, counted."""
    counts = (
        (_n("{n} file new", "{n} files new", len(report.linked)), len(report.linked)),
        (_n("{n} changed", "{n} changed", len(report.changed)), len(report.changed)),
        (_n("{n} removed", "{n} removed", len(report.removed)), len(report.removed)),
        (_n("{n} replaced", "{n} replaced", len(report.replaced)), len(report.replaced)),
        (_n("{n} of yours taken over", "{n} of yours taken over", len(report.adopted)), len(report.adopted)),
        (_n("{n} given back to you", "{n} given back to you", len(report.returned)), len(report.returned)),
    )
    said = [text.format(n=count) for text, count in counts if count]
    if not said:
        return _("every file was as it should be") if not report.new else _("no file changed")
    return ", ".join(said)
