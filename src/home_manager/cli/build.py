"""`home-manager build`: the generation, linked as `result`, without any change to the home."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace

from home_manager.cli import exits
from home_manager.cli.messages import _
from home_manager.cli.request_arguments import session
from home_manager.cli.terminal import Terminal
from home_manager.cli.warnings import show_warnings
from home_manager.diagnostics import failure

EXAMPLES = """\
  home-manager build && ls -la result/home-files
  home-manager build -f ./home.nix --no-out-link
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("-o", "--out-link", metavar="LINK", default="result", help=_("another name for the link"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    opened = session(arguments, terminal)
    progress = terminal.progress()
    progress.stage(_("evaluating the configuration"))
    configured = opened.evaluate_locked(progress)
    show_warnings(configured, terminal, opened.layout)
    if arguments.dry_run:
        progress.finish()
        for package in configured.manifest.packages:
            terminal.detail(_("would install {name}").format(name=package.name))
        terminal.say(configured.path)
        return exits.OK
    # Nothing is collected between making the generation and keeping it by its link.
    with opened.store as store, store.hold():
        generation = opened.build(configured, progress)
        opened.keep_lock()
        progress.finish()
        for note in generation.notes:
            terminal.note(note)
        if not arguments.no_out_link:
            link = os.path.abspath(arguments.out_link)
            if os.path.lexists(link) and not os.path.islink(link):
                raise failure(
                    "result-in-the-way",
                    _("`{path}` is in the way of the link to the result").format(path=arguments.out_link),
                    hints=(_("remove it, or pass `--out-link NAME` or `--no-out-link`"),),
                )
            opened.pin(link, generation.path)
    terminal.say(generation.path)
    return exits.OK
