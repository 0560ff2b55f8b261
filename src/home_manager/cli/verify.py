"""`home-manager verify`: whether the store holds what was written to it, and the home the links of its generation."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from home_manager.cli import exits
from home_manager.cli.changing import by_name
from home_manager.cli.messages import _, _n
from home_manager.cli.request import session
from home_manager.cli.terminal import Terminal

EXAMPLES = """\
  home-manager verify
  home-manager verify --json
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("one JSON array of what is wrong"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    from home_manager.generation.standing import verify

    words = {
        "changed": _("changed"),
        "writable": _("writable"),
        "incomplete": _("incomplete"),
        "missing": _("missing"),
    }
    layout = session(arguments, terminal, configured=False).layout
    terminal.progress().stage(_("reading the store"))
    found = verify(layout)
    terminal.progress().finish()
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
    if found.broken:
        terminal.tell(_("`home-manager switch` puts the links right"))
    return exits.FAILED
