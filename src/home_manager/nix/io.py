"""The one door through which evaluation reaches the machine: `NixIO`, and the real one, `SystemIO`."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol

from home_manager.nix.errors import eval_error
from home_manager.paths import open_file

PathFilter = Callable[[str, str], bool]
"""Path and kind (`regular`, `directory`, `symlink`, `unknown`) to whether it is taken along."""


class NixIO(Protocol):
    """What evaluation may ask of the machine. Paths are absolute texts; failures are `Failure`, never `OSError`.

    Whoever gives an evaluator its `NixIO` decides what `import`, `readFile`, `"${./file}"` and `fetchTarball` do:
    a test gives one that lives in memory, a pure evaluation one that refuses.
    """

    def read_file(self, path: str) -> bytes:
        """The bytes of a file, symbolic links followed."""
        ...

    def read_dir(self, path: str) -> Mapping[str, str]:
        """The entries of a directory with their kinds (`regular`, `directory`, `symlink`, `unknown`)."""
        ...

    def file_type(self, path: str) -> str | None:
        """The kind of what is there, links not followed, or `None`."""
        ...

    def exists(self, path: str) -> bool:
        """Whether there is something; links on the way are followed, one at the end is something itself."""
        ...

    def real_path(self, path: str) -> str:
        """The path with every symbolic link resolved."""
        ...

    def home(self) -> str:
        """The home directory, for `~/…` paths."""
        ...

    def get_env(self, name: str) -> str:
        """An environment variable, or the empty string."""
        ...

    def current_time(self) -> int:
        """Seconds since 1970."""
        ...

    def current_system(self) -> str:
        """The platform, such as `x86_64-linux`."""
        ...

    def copy_to_store(self, path: str, name: str, filter: PathFilter | None = None, *, flat: bool = False) -> str:
        """The store path of a copy of a file or directory; with `flat`, of a file known by its bytes alone."""
        ...

    def add_text(self, name: str, text: str, references: Sequence[str]) -> str:
        """The store path of a text."""
        ...

    def fetch(self, kind: str, arguments: Mapping[str, object]) -> Mapping[str, object]:
        """What a fetcher (`url`, `tarball`, `git`, `tree`, …) brought: at least `outPath`."""
        ...

    def trace(self, message: str) -> None:
        """Shows the output of `builtins.trace`."""
        ...

    def warn(self, message: str) -> None:
        """Shows the output of `builtins.warn`."""
        ...

    def notice(self, message: str) -> None:
        """Shows a warning of the evaluator's own: a form that is out of use, a lint."""
        ...


class Objects(Protocol):
    """Where `SystemIO` puts what becomes part of the store."""

    def copy(self, io: NixIO, path: str, name: str, filter: PathFilter | None, *, flat: bool = False) -> str:
        """The store path for a copy of a file or directory; with `flat`, of a file known by its bytes alone."""
        ...

    def text(self, name: str, text: str, references: Sequence[str]) -> str:
        """The store path for a text."""
        ...


Fetch = Callable[[str, Mapping[str, object]], Mapping[str, object]]
Report = Callable[[str], None]


class SystemIO:
    """The machine itself.

    `objects` receives what is copied into the store and `fetch` what is downloaded; without them, both are refused.
    `trace`, `warn` and `notice` show what the methods of that name are given; without `notice`, `warn` shows both.
    `environment` and `home` stand in for those of the process. What became part of the store in this evaluation can be
    read at its store path, though nothing is there yet.
    """

    def __init__(
        self,
        *,
        objects: Objects | None = None,
        fetch: Fetch | None = None,
        trace: Report | None = None,
        warn: Report | None = None,
        notice: Report | None = None,
        environment: Mapping[str, str] | None = None,
        home: str | None = None,
        system: str | None = None,
    ) -> None:
        self._objects: Final = objects
        self._fetch: Final = fetch
        self._trace: Final = trace
        self._warn: Final = warn
        self._notice: Final = warn if notice is None else notice
        self._environment: Final = os.environ if environment is None else environment
        self._home: Final = home
        self._system: Final = system
        self._texts: dict[str, bytes] = {}
        self._copies: dict[str, str] = {}

    def _place(self, path: str) -> str:
        """Where a path is on the machine: what is below a copy that has a store path only is read from its source."""
        head = path if self._copies else ""
        while head not in ("", "/"):
            source = self._copies.get(head)
            if source is not None:
                return path if os.path.lexists(head) else source + path[len(head) :]
            head = os.path.dirname(head)
        return path

    def read_file(self, path: str) -> bytes:
        text = self._texts.get(path)
        if text is not None:
            return text
        try:
            return _bytes_of(self._place(path))
        except OSError as error:
            raise _unreadable("read", path, error) from error

    def read_dir(self, path: str) -> Mapping[str, str]:
        try:
            with os.scandir(self._place(path)) as entries:
                return {entry.name: _kind(entry.stat(follow_symlinks=False).st_mode) for entry in entries}
        except OSError as error:
            raise _unreadable("read the directory", path, error) from error

    def file_type(self, path: str) -> str | None:
        if path in self._texts:
            return "regular"
        try:
            return _kind(os.lstat(self._place(path)).st_mode)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise _unreadable("look at", path, error) from error

    def exists(self, path: str) -> bool:
        return path in self._texts or os.path.lexists(self._place(path))

    def real_path(self, path: str) -> str:
        return os.path.realpath(path)

    def home(self) -> str:
        return self._home or self._environment.get("HOME") or os.path.expanduser("~")

    def get_env(self, name: str) -> str:
        return self._environment.get(name, "")

    def current_time(self) -> int:
        import time

        return int(time.time())

    def current_system(self) -> str:
        if self._system is not None:
            return self._system
        uname = os.uname()
        machine = {"arm64": "aarch64", "amd64": "x86_64"}.get(uname.machine, uname.machine)
        return f"{machine}-{uname.sysname.lower()}"

    def copy_to_store(self, path: str, name: str, filter: PathFilter | None = None, *, flat: bool = False) -> str:
        if self._objects is None:
            raise eval_error(f"cannot copy '{path}' to the store: this evaluation has none", code="nix-io")
        made = self._objects.copy(self, path, name, filter, flat=flat)
        if filter is None:
            self._copies[made] = path
        return made

    def add_text(self, name: str, text: str, references: Sequence[str]) -> str:
        if self._objects is None:
            raise eval_error(f"cannot put '{name}' into the store: this evaluation has none", code="nix-io")
        made = self._objects.text(name, text, references)
        self._texts[made] = text.encode("utf-8", "surrogateescape")
        return made

    def fetch(self, kind: str, arguments: Mapping[str, object]) -> Mapping[str, object]:
        if self._fetch is None:
            raise eval_error(f"cannot fetch a {kind}: nothing is fetched in this evaluation", code="nix-io")
        return self._fetch(kind, arguments)

    def trace(self, message: str) -> None:
        if self._trace is not None:
            self._trace(message)

    def warn(self, message: str) -> None:
        if self._warn is not None:
            self._warn(message)

    def notice(self, message: str) -> None:
        if self._notice is not None:
            self._notice(message)


def _kind(mode: int) -> str:
    if stat.S_ISREG(mode):
        return "regular"
    if stat.S_ISDIR(mode):
        return "directory"
    return "symlink" if stat.S_ISLNK(mode) else "unknown"


_PIECE: Final = 1 << 16


def _bytes_of(path: str) -> bytes:
    """The bytes of a file, in half the time that a file object takes for a small one."""
    handle = open_file(path)
    try:
        data = os.read(handle, _PIECE)
        more = os.read(handle, _PIECE) if data else b""
        if not more:
            return data
        pieces = [data]
        while more:
            pieces.append(more)
            more = os.read(handle, _PIECE << 4)
        return b"".join(pieces)
    finally:
        os.close(handle)


def _unreadable(action: str, path: str, error: OSError) -> Exception:
    if isinstance(error, FileNotFoundError):
        return eval_error(f"path '{path}' does not exist", code="nix-io")
    if isinstance(error, NotADirectoryError):
        return eval_error(f"'{os.path.realpath(path)}' is not a directory", code="nix-io")
    reason = error.strerror or type(error).__name__
    return eval_error(f"cannot {action} '{path}': {reason}", code="nix-io")
