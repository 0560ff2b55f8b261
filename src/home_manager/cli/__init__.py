"""The command line: one file a command, and the only package that prints.

`main` stays free of imports so that `home-manager --version` costs little more than starting Python.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command that the arguments name and gives its exit status; without arguments it ends the process."""
    if sys.stdout is None or sys.stderr is None or sys.stdin is None:
        from home_manager.cli.closed_streams import reopen

        reopen()
    words = sys.argv[1:] if arguments is None else list(arguments)
    if words == ["--version"]:
        from home_manager import __version__

        sys.stdout.write(f"{__version__}\n")
        return 0
    if words[:1] == ["nix-instantiate"] and ("--warm" in words or os.environ.get("HOME_MANAGER_WARM")):
        from home_manager.cli import warm, warm_client

        status = warm.carried_out([word for word in words if word != "--warm"])
        if status != warm_client.NOBODY:
            return status
    from home_manager.cli.program import run

    if arguments is not None:
        return run(words)
    # A process that ends with its command has no use for looking through all that was evaluated.
    gc.disable()
    status = run(words)
    end(status)
    return status


def end(status: int) -> None:
    """Ends the process without taking apart, object by object, what the system takes back as a whole.

    What has asked to be called at the end is called. Returns where output cannot be written: saying so is left to the
    interpreter.
    """
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):  # not there, broken, or closed
        return
    os._exit(status)
