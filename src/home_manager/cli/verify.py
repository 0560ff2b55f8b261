"""`home-manager verify`: whether the store holds what was written to it, and the home the links of its generation."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from home_manager.cli import exits
from home_manager.cli.changing import by_name
from home_manager.cli.messages import _, _n
from home_manager.cli.request_arguments import session
from home_manager.cli.terminal import Terminal

if TYPE_CHECKING:
    from home_manager.home.home_status import Verification

EXAMPLES = """\
  home-manager verify
  home-manager verify --json
  home-manager verify --repair    # make damaged objects anew, or bring them again
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("one JSON array of what is wrong"))
    parser.add_argument(
        "--repair", action="store_true", help=_("make what is damaged in the store anew, or bring it again")
    )


def run(arguments: Namespace, terminal: Terminal) -> int:
    from home_manager.home.home_status import verify

    words = {
        "changed": _("changed"),
        "writable": _("writable"),
        "incomplete": _("incomplete"),
        "missing": _("missing"),
    }
    opened = session(arguments, terminal, configured=False)
    layout = opened.layout
    terminal.progress().stage(_("reading the store"))
    found = verify(layout)
    terminal.progress().finish()
    if arguments.repair and found.damages:
        found = _repaired(found, arguments, terminal)
    rows = [(each.kind, each.path) for each in sorted(found.damages, key=lambda damage: by_name(damage.path))]
    rows += [(each.kind, each.path) for each in found.broken]
    if arguments.json:
        import json

        terminal.say(json.dumps([{"path": path, "kind": kind} for kind, path in rows], indent=2))
    else:
        width = max((len(words[kind]) for kind, _path in rows), default=0)
        for kind, path in rows:
            terminal.say(f"{terminal.style(f'{words[kind]:<{width}}', 'red')}  {path}")
    if found.sound:
        objects = _n("{n} object", "{n} objects", found.objects).format(n=found.objects)
        links = _n("{n} link", "{n} links", found.links).format(n=found.links)
        terminal.tell(_("{objects} and {links} are as they were written").format(objects=objects, links=links))
        return exits.OK
    if found.damages and arguments.repair:
        terminal.tell(
            _("of what is left it is not known how it was made: the configuration says something else by now")
        )
    if found.damages and not arguments.repair:
        terminal.tell(_("`home-manager verify --repair` puts the store right"))
    if found.broken:
        terminal.tell(_("`home-manager switch` puts the links right"))
    return exits.FAILED


def _repaired(found: Verification, arguments: Namespace, terminal: Terminal) -> Verification:
    """What is still wrong after all that could be done; the configuration helps where there is one that evaluates."""
    from home_manager.diagnostics import Failure
    from home_manager.home.home_status import verify
    from home_manager.home.repair_store import repair

    configuration = None
    try:
        opened = session(arguments, terminal)
        configuration = opened.evaluate()
    except Failure as failed:
        opened = session(arguments, terminal, configured=False)
        terminal.note(
            _("without the configuration, only what manifests tell can be made anew: {why}").format(
                why=failed.diagnostic.message
            )
        )
    done = repair(opened, found.damages, configuration, terminal.progress())
    terminal.progress().finish()
    for path in sorted(done.repaired, key=by_name):
        terminal.tell(_("repaired {path}").format(path=path))
    for problem in done.problems:
        terminal.warn(problem)
    return verify(opened.layout)
