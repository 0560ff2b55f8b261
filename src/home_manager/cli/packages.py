"""`home-manager packages`: what the current generation installs."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from home_manager.cli import exits
from home_manager.cli.messages import _
from home_manager.cli.request_arguments import session
from home_manager.cli.terminal import Terminal
from home_manager.diagnostics import failure

EXAMPLES = """\
  home-manager packages
  home-manager packages --json | jq -r '.[].path'
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("one JSON array, with the store paths"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    opened = session(arguments, terminal, configured=False)
    manifest = opened.current_manifest()
    if manifest is None:
        raise failure(
            "no-generation",
            _("no packages are installed: this home has no generation yet"),
            hints=(_("`home-manager switch` makes the first one"),),
        )
    packages = sorted(manifest.packages, key=lambda package: (package.name.lower(), package.name))
    if arguments.json:
        import json

        rows = [{"name": package.name, "path": package.path, "priority": package.priority} for package in packages]
        terminal.say(json.dumps(rows, indent=2))
    else:
        for package in packages:
            terminal.say(package.name)
    return exits.OK
