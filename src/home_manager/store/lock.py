"""One switch of a home at a time: a locked file that says who holds it."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator

from home_manager.diagnostics import failure
from home_manager.store.faults import machine

PATIENCE = 2.0
"""For how many seconds a lock that is held is tried again before anybody is told: a process that was killed holds its
locks until the kernel has taken it apart, and most commands hold them for less."""


def attempts() -> Iterator[bool]:
    """The moments at which a lock is to be tried, each with whether it is the last."""
    end = time.monotonic() + PATIENCE
    pause = 0.01
    while time.monotonic() < end:
        yield False
        time.sleep(pause)
        pause = min(0.1, 2 * pause)
    yield True


class Lock:
    """An exclusive lock as a context manager. The kernel lets go of it when its holder ends, however that happens."""

    __slots__ = ("_descriptor", "command", "path")

    def __init__(self, path: str | os.PathLike[str], command: str) -> None:
        self.path = os.fspath(path)
        self.command = command
        self._descriptor = -1

    def __enter__(self) -> Lock:
        with machine(f"locking `{self.path}`"):
            for last in attempts():
                self._take(last)
                if self._descriptor >= 0:
                    break
            else:
                raise self._busy("")
            self._write(f"{os.getpid()} {self.command}\n")
        return self

    def _take(self, last: bool) -> None:
        """Lock the file, unless it is held, which is a failure at the `last` attempt; or an uninstall removed it between
        our opening and our locking, since it binds nobody then."""
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(self.path, flags, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(descriptor).st_nlink:
                self._descriptor, descriptor = descriptor, -1
        except BlockingIOError:
            if last:
                raise self._busy(os.read(descriptor, 4096).decode("utf-8", "replace")) from None
        finally:
            if descriptor >= 0:
                os.close(descriptor)

    def __exit__(self, *_: object) -> None:
        if self._descriptor >= 0:
            try:
                os.ftruncate(self._descriptor, 0)
            finally:
                os.close(self._descriptor)
                self._descriptor = -1

    def _write(self, text: str) -> None:
        os.ftruncate(self._descriptor, 0)
        try:
            os.pwrite(self._descriptor, text.encode("utf-8", "surrogateescape"), 0)
        except OSError:
            # The words are only for whoever waits; a full disk must not keep us from repairing a home.
            os.ftruncate(self._descriptor, 0)

    def _busy(self, holder: str) -> Exception:
        pid, _, command = holder.strip().partition(" ")
        who = f"process {pid}, `{command}`" if pid else "a process that did not leave its name"
        return failure(
            "home-locked",
            "another home-manager is changing this home",
            notes=(f"the lock `{self.path}` is held by {who}",),
            hints=("wait until it has ended and run the command again",),
        )
