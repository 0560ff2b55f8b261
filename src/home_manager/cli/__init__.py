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
    if arguments is None and sys.getfilesystemencoding() != "utf-8":
        _start_in_utf8()
    if words == ["--version"]:
        from home_manager import __version__

        sys.stdout.write(f"{__version__}\n")
        if arguments is None:
            end(0)
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


def _start_in_utf8() -> None:
    """Starts this program anew where the locale would let Python read and write names of files in ASCII only.

    What it shows stays in the characters of the locale.
    """
    from home_manager.cli.streams import narrow_locale

    command = narrow_locale()
    if command is not None:
        shown = {"PYTHONIOENCODING": f"{sys.stdout.encoding}:backslashreplace"}
        os.execve(command[0], command, {**os.environ, **shown})


def end(status: int) -> None:
    """Ends the process without taking apart, object by object, what the system takes back as a whole.

    What has asked to be called at the end is called. Returns where a stream is not there, broken or closed: saying so is
    left to the interpreter.
    """
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        return
    except OSError as error:
        os.write(2, f"error: the output cannot be written: {error.strerror}\n".encode())
        os._exit(1)
    except (AttributeError, ValueError):
        return
    os._exit(status)
