"""`home-manager try [-- PROGRAM…]`: the new home in a scratch folder, with a shell in it."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType
from typing import TYPE_CHECKING

from home_manager.cli import scratch_environment
from home_manager.cli.messages import _
from home_manager.cli.request_arguments import request
from home_manager.cli.terminal import Terminal
from home_manager.cli.warnings import show_warnings
from home_manager.diagnostics import failure
from home_manager.paths import home_of_caller

if TYPE_CHECKING:
    from home_manager.activation import Layout
    from home_manager.configuration.request import Request

EXAMPLES = """\
  home-manager try                        # a shell; everything is gone when it ends
  home-manager try -- bash -lc 'git config --list'
  home-manager try --keep                 # and look at the folder afterwards
"""

PASS_ON = 'exec "$@"'


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("command", nargs="*", metavar="PROGRAM", help=_("what to run in place of a shell, after `--`"))
    parser.add_argument("--keep", action="store_true", help=_("leave the scratch folder, and say where it is"))
    parser.add_argument("-c", "--specialisation", metavar="SPECIALISATION", help=_("try this variant"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    import tempfile

    from home_manager.activation import System

    wish = request(arguments, terminal, configured=True)
    # The configuration may lie in the home that stays as it is, with the lock file of its flake.
    wish = replace(wish, locking=replace(wish.locking, no_write=True))
    with _ended_by_signals():
        scratch = wish.root or os.path.realpath(tempfile.mkdtemp(prefix="home-manager-try-"))
        kept = arguments.keep or wish.root is not None
        try:
            return _try_out(arguments, terminal, replace(wish, root=scratch), kept=kept)
        finally:
            if kept:
                terminal.tell(_("the home is left in {path}").format(path=scratch))
            else:
                System().remove_tree(scratch)


def _try_out(arguments: Namespace, terminal: Terminal, wish: Request, *, kept: bool) -> int:
    """Makes the home below the scratch folder, runs what shall run in it, and gives its status."""
    from home_manager.activation import Layout
    from home_manager.home.home import open_home
    from home_manager.home.switch_options import SwitchOptions

    scratch = str(wish.root)
    caller = Layout.resolve(home_of_caller())
    opened = open_home(wish, terminal.pass_on, terminal.stream)
    progress = terminal.progress()
    progress.stage(_("evaluating the configuration"))
    configured = opened.evaluate_locked(progress).variant(arguments.specialisation or "")
    show_warnings(configured, terminal)
    _share_downloads(opened.layout, str(caller.cache))
    report = opened.switch(configured, SwitchOptions(verbose=arguments.verbose), progress)
    progress.finish()
    for note in report.notes:
        terminal.note(note)
    variables = scratch_environment.environment(
        os.environ, opened.layout, str(caller.home), configured.manifest.username, scratch
    )
    variables = scratch_environment.with_session_variables(
        variables, configured.manifest.session_variables_file, opened.layout
    )
    if arguments.command:
        return _started(arguments.command, variables, terminal, inside=None)
    if kept:
        terminal.tell(_("This is a home in {path}.").format(path=scratch))
    else:
        terminal.tell(_("This is a home in {path}; leave the shell, and it is gone.").format(path=scratch))
    return _started([os.environ.get("SHELL") or "/bin/sh"], variables, terminal, inside=str(opened.layout.home))


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """While inside, a signal to end is an exception, so that the scratch folder goes before this program does."""
    import signal

    def end(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _share_downloads(layout: Layout, cache: str) -> None:
    """Lets the scratch home use what the caller's has downloaded already; a caller without any stays without."""
    if os.path.lexists(layout.cache) or not os.path.isdir(cache):
        return
    os.makedirs(os.path.dirname(layout.cache), exist_ok=True)
    os.symlink(cache, layout.cache)


def _started(command: list[str], variables: dict[str, str], terminal: Terminal, *, inside: str | None) -> int:
    """Runs a command, and gives its status."""
    import shutil
    import signal
    import subprocess

    if shutil.which(command[0], path=variables["PATH"]) is None:
        raise failure(
            "no-command",
            _("there is no program `{name}` in the new home, nor on this machine").format(name=command[0]),
        )
    terminal.close()
    # Ctrl-C is the program's business; a handler, unlike being ignored, does not pass on to what is started.
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        # The shell starts programs that a system call refuses: scripts without a first line that names their own.
        words = ["/bin/sh", "-c", PASS_ON, "home-manager", *command]
        status = subprocess.run(words, env=variables, cwd=inside, check=False).returncode
    finally:
        signal.signal(signal.SIGINT, before)
    return status if status >= 0 else 128 - status
