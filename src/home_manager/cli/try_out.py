"""`home-manager try [-- PROGRAM…]`: the new home in a scratch folder, with a shell in it."""
# being revised by COMMANDS2 now

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from typing import TYPE_CHECKING

from home_manager.cli.messages import _
from home_manager.cli.request import request
from home_manager.cli.terminal import Terminal
from home_manager.diagnostics import failure

if TYPE_CHECKING:
    from home_manager.activation import Layout

EXAMPLES = """\
  home-manager try                        # a shell; everything is gone when it ends
  home-manager try -- bash -lc 'git config --list'
  home-manager try --keep                 # and look at the folder afterwards
"""

OF_THE_CALLER = ("XDG_", "HOME_MANAGER_", "NIX_", "__HM_", "__ETC_", "__NIX", "HM_")
"""Beginnings of the names of variables that speak of the caller's home."""

BEGIN = 'if [ -r "$1" ]; then . "$1"; fi; shift; exec "$@"'


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("command", nargs="*", metavar="PROGRAM", help=_("what to run in place of a shell, after `--`"))
    parser.add_argument("--keep", action="store_true", help=_("leave the scratch folder, and say where it is"))
    parser.add_argument("-c", "--specialisation", metavar="SPECIALISATION", help=_("try this variant"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    import tempfile

    from home_manager.activation import Layout, System
    from home_manager.generation import SwitchOptions, prepare

    wish = request(arguments, terminal, configured=True)
    caller = Layout.resolve(os.environ.get("HOME") or os.path.expanduser("~"))
    scratch = wish.root or os.path.realpath(tempfile.mkdtemp(prefix="home-manager-try-"))
    kept = arguments.keep or wish.root is not None
    try:
        opened = prepare(replace(wish, root=scratch), terminal.pass_on, terminal.stream)
        progress = terminal.progress()
        progress.stage(_("evaluating the configuration"))
        configured = opened.evaluate().variant(arguments.specialisation or "")
        for warning in configured.warnings:
            terminal.warn(warning)
        _share_downloads(opened.layout, str(caller.cache))
        report = opened.switch(configured, SwitchOptions(verbose=arguments.verbose), progress)
        progress.finish()
        for note in report.notes:
            terminal.note(note)
        shell = os.environ.get("SHELL") or "/bin/sh"
        if not arguments.command:
            terminal.tell(_("This is a home in {path}; leave the shell, and it is gone.").format(path=scratch))
        return _started(
            arguments.command or [shell],
            configured.manifest.session_variables_file,
            environment(opened.layout, configured.manifest.username),
            terminal,
            inside=None if arguments.command else str(opened.layout.home),
        )
    finally:
        if kept:
            terminal.tell(_("the home is left in {path}").format(path=scratch))
        else:
            System().remove_tree(scratch)


def _share_downloads(layout: Layout, cache: str) -> None:
    """Lets the scratch home use what the caller's has downloaded already."""
    if os.path.lexists(layout.cache):
        return
    os.makedirs(cache, exist_ok=True)
    os.makedirs(os.path.dirname(layout.cache), exist_ok=True)
    os.symlink(cache, layout.cache)


def environment(layout: Layout, user: str) -> dict[str, str]:
    """The caller's environment, moved to the scratch home."""
    found = {name: value for name, value in os.environ.items() if not name.startswith(OF_THE_CALLER)}
    home = str(layout.home)
    path = os.pathsep.join([f"{home}/.nix-profile/bin", found.get("PATH", os.defpath)])
    return {**found, "HOME": home, "USER": user, "LOGNAME": user, "PATH": path, "HOME_MANAGER_TRY": home}


def _started(
    command: list[str], variables: str, surroundings: dict[str, str], terminal: Terminal, *, inside: str | None
) -> int:
    """Runs a command with the session's variables, and gives its status."""
    import shutil
    import subprocess

    if shutil.which(command[0], path=surroundings["PATH"]) is None:
        raise failure(
            "no-command",
            _("there is no program `{name}` in the new home, nor on this machine").format(name=command[0]),
        )
    terminal.close()
    words = ["/bin/sh", "-c", BEGIN, "home-manager", variables, *command]
    status = subprocess.run(words, env=surroundings, cwd=inside, check=False).returncode
    return status if status >= 0 else 128 - status
