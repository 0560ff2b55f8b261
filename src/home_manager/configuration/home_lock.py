"""`home.lock` beside the configuration: where it lies, and what this run reads of it and puts into it."""

from __future__ import annotations

import os

from home_manager.configuration.request import Request
from home_manager.diagnostics import failure
from home_manager.packages import package_lock
from home_manager.packages.package_lock import PackageLock
from home_manager.paths import open_file
from home_manager.store import digest


class HomeLock:
    """The lock of a configuration, for all systems. What is set stays in memory until `write`."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._text: str | None = None
        self._read: dict[str, PackageLock] = {}
        self._set: dict[str, PackageLock] = {}

    def of(self, system: str) -> PackageLock:
        """The locked packages of a system."""
        if system in self._set:
            return self._set[system]
        if system not in self._read:
            if self._text is None:
                self._text = self._content()
            self._read[system] = package_lock.parse(self._text, system, self.path)
        return self._read[system]

    def set(self, system: str, lock: PackageLock) -> None:
        """Has this run use another lock for a system."""
        self._set[system] = lock

    def write(self) -> bool:
        """Puts what was set into the file, beside what others have put there; whether that changed it."""
        changed = {system: lock for system, lock in self._set.items() if lock != self._read.get(system)}
        if not changed:
            return False
        old = self._content()
        new = package_lock.render(old, changed, self.path)
        if new == old:
            return False
        try:
            os.makedirs(os.path.dirname(self.path), exist_ok=True)
            _replace(self.path, new)
        except OSError as problem:
            raise failure(
                "lock-unwritable",
                f"`{self.path}` cannot be written: {problem.strerror}",
                hints=("`--no-write-lock-file` goes on without it: the packages are then locked anew each time",),
            ) from None
        self._read.update(changed)
        return True

    def _content(self) -> str:
        """The text of the file, which need not be there."""
        if not self.path:
            return ""
        try:
            with open(open_file(self.path), encoding="utf-8") as file:
                return file.read()
        except FileNotFoundError:
            return ""
        except OSError as problem:
            raise failure("lock-unreadable", f"`{self.path}` cannot be read: {problem.strerror}") from None


def _replace(path: str, text: str) -> None:
    """Writes a file such that there is the old one or the new one, whatever fails. Raises `OSError`."""
    new = f"{path}.{os.getpid()}.new"
    try:
        with open(new, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, path)
    except OSError:
        if os.path.lexists(new):
            os.unlink(new)
        raise


def lock_path(request: Request, state: str) -> str:
    """The place of a request's lock: beside `home.nix` or `flake.nix`; for what cannot be written, below `state`."""
    if request.config is not None:
        return os.path.join(os.path.dirname(os.path.realpath(request.config)), package_lock.NAME)
    if request.flake is None:
        return ""
    reference = request.flake.partition("#")[0].partition("?")[0].removeprefix("git+file://").removeprefix("path:")
    folder = os.path.abspath(reference or ".")
    if "://" not in reference and os.path.exists(os.path.join(folder, "flake.nix")):
        return os.path.join(os.path.realpath(folder), package_lock.NAME)
    return os.path.join(state, "locks", f"{digest('flake', reference)}.lock")
