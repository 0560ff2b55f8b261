"""The process of a builder: started in a room of its own where that is possible, and gone with all its children after.

Between us and the builder stands a minder, which is a fork of ours. It waits for the builder and then ends whatever the
builder has left behind: in a room, the kernel does that when the first process has ended; elsewhere the orphans become
the minder's own children.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping, Sequence
from typing import Final, NoReturn

from home_manager.store.isolation import Room, Unavailable

LOG_BYTES: Final = 1 << 16
"""What is kept of what a builder prints: the end."""

_SUBREAPER: Final = 36
_PDEATHSIG: Final = 1


class Isolation:
    """Whether rooms can be made here: found out with the first builder, and remembered."""

    reason: str | None = None
    """Why there are none: empty if there are, `None` if nobody has tried yet."""

    pids = True
    """Whether they have processes of their own, as far as is known."""


def run(words: Sequence[str], variables: Mapping[str, str], directory: str, room: Room | None) -> tuple[int, bytes]:
    """Exit status and the end of the output of a builder. Raises `Unavailable` if the room cannot be made."""
    import subprocess

    reading, writing = os.pipe()
    minder = _Minder(room, writing)
    try:
        try:
            process = subprocess.Popen(
                [*words],
                env=dict(variables),
                cwd=directory,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=minder,
            )
        except subprocess.SubprocessError:
            raise Unavailable(os.read(reading, 4096).decode("utf-8", "replace")) from None
        finally:
            os.close(writing)
        assert process.stdout is not None
        try:
            log = _end_of(process.stdout.fileno())
            process.wait()
        finally:
            if process.poll() is None:
                _end(process.pid)
                process.wait()
            process.stdout.close()
        said = os.read(reading, 16)
    finally:
        os.close(reading)
    return int(said) if said else -signal.SIGKILL, log


def _end_of(descriptor: int) -> bytes:
    kept = b""
    while chunk := os.read(descriptor, LOG_BYTES):
        kept = (kept + chunk)[-LOG_BYTES:]
    return kept


def _end(minder: int) -> None:
    """Ends a builder before its time: the minder is asked to, and what is left of its group is killed."""
    import time

    os.kill(minder, signal.SIGTERM)
    for _ in range(200):
        if os.waitid(os.P_PID, minder, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            break
        time.sleep(0.01)
    try:
        os.killpg(minder, signal.SIGKILL)
    except ProcessLookupError:
        pass


class _Minder:
    """What runs in the child before the builder: makes the room, forks the builder, and stays."""

    def __init__(self, room: Room | None, report: int) -> None:
        import ctypes

        self._room = room
        self._report = report
        # Where it is missing, as outside of Linux, orphans are only ended if they are still of the builder's group.
        self._prctl = getattr(ctypes.CDLL(None, use_errno=True), "prctl", lambda *_: -1)

    def __call__(self) -> None:
        # If we are killed ourselves, the minder is told, and ends what the builder has started.
        self._prctl(_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        try:
            self._prctl(_SUBREAPER, 1, 0, 0, 0)
            builder = os.fork() if self._room is None else self._room.enter()
        except Exception as problem:
            said = str(problem) or type(problem).__name__
            os.write(self._report, said.encode("utf-8", "replace")[:4096])
            raise
        inner = self._room is not None and self._room.pids
        if builder:
            self._mind(builder, innermost=not inner)
        if inner:
            # The first process of a namespace is deaf to signals, which is nothing for a builder.
            builder = os.fork()
            if builder:
                self._mind(builder, innermost=True)

    def _mind(self, builder: int, *, innermost: bool) -> NoReturn:
        """Waits for the builder, and says how it has ended. Nothing else of ours stays open meanwhile."""
        os.closerange(0, self._report)
        os.closerange(self._report if not innermost else self._report + 1, 4096)
        for ending in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(ending, lambda *_: self._clear() if innermost else os.kill(builder, signal.SIGKILL))
        status = _wait(builder)
        if innermost:
            self._clear()
            os.write(self._report, str(os.waitstatus_to_exitcode(status)).encode())
        os._exit(0)

    def _clear(self) -> None:
        """Kills every child, and theirs as they become ours, until there is none or no way to know of one."""
        own = os.getpid()
        while True:
            for child in _children(own):
                try:
                    os.kill(child, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            try:
                os.waitpid(-1, 0)
            except ChildProcessError:
                return


def _children(process: int) -> list[int]:
    """The children of a process. In a room no module can be loaded any more, so this is read as bytes."""
    try:
        descriptor = os.open(f"/proc/{process}/task/{process}/children", os.O_RDONLY | os.O_CLOEXEC)
        try:
            return [int(word) for word in os.read(descriptor, 1 << 16).split()]
        finally:
            os.close(descriptor)
    except OSError:
        return []


def _wait(child: int) -> int:
    while True:
        try:
            found, status = os.waitpid(child, 0)
        except ChildProcessError:
            return signal.SIGKILL  # a handler of ours was faster
        if found == child:
            return status


def probe() -> tuple[str, bool]:
    """Why builders cannot have a room of their own here, empty if they can; and whether with processes of their own."""
    import tempfile

    reason = ""
    for pids in (True, False):
        with tempfile.TemporaryDirectory() as scratch:
            try:
                run(["/bin/sh", "-c", ":"], {"PATH": os.defpath}, "/", Room(scratch, f"{scratch}/none", (), pids))
            except (Unavailable, OSError) as problem:
                reason = reason or str(problem)
            else:
                return "", pids
    return reason, False
