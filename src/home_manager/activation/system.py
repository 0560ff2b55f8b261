"""The one interface through which activation touches the machine.

`System` is the real one; `dry_run.DryRunSystem` reads like it and only notes what it is told to change. Every change that an
activation makes passes through a method below "Changing", so a test can make the machine die at any of them.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from home_manager.paths import open_file
from home_manager.store import Profile
from home_manager.store.durability import FEW, flush_directory, flush_file_system
from home_manager.store.links import NEW, replace_link
from home_manager.store.removal import remove_tree
from home_manager.store.tree import CHUNK, write_all

Kind = Literal["link", "file", "directory", "other"]


@dataclass(frozen=True, slots=True)
class Status:
    """What is at a path, links not followed: its kind, permission bits, the number of its device and inode, its size
    in bytes, when it was last written to (in nanoseconds), and how many names it has."""

    kind: Kind
    mode: int
    device: int
    inode: int
    size: int
    written: int
    names: int = 1

    @property
    def stamp(self) -> tuple[int, int]:
        """What changes when the content does, but not when the thing is moved or gets a second name."""
        return (self.size, self.written)


@dataclass(frozen=True, slots=True)
class Completed:
    """How a process ended, and what it printed."""

    status: int
    output: str


class System:
    """The machine as it is. Errors are `OSError`s; whoever calls says what was being done.

    With `durable` false nothing waits for the disk: for scratch homes and tests.
    """

    def __init__(self, *, durable: bool = True) -> None:
        self.durable = durable

    # Reading

    def status(self, path: str) -> Status | None:
        """What is at `path`, or None where nothing is: something above it is no directory, say, or the name too long."""
        try:
            found = os.lstat(path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                return None
            raise
        mode = found.st_mode
        return Status(
            _kind(mode),
            stat.S_IMODE(mode),
            found.st_dev,
            found.st_ino,
            found.st_size,
            found.st_mtime_ns,
            found.st_nlink,
        )

    def is_there(self, path: str) -> bool:
        """Whether anything is at `path`, links followed."""
        return os.path.exists(path)

    def link_text(self, path: str) -> str | None:
        """What a link says, or None where there is no link."""
        try:
            return os.readlink(path)
        except OSError:
            return None

    def real_path(self, path: str) -> str:
        return os.path.realpath(path)

    def is_directory(self, path: str) -> bool:
        """Whether there is a directory, links followed."""
        return os.path.isdir(path)

    def same_file(self, one: str, other: str) -> bool:
        try:
            return os.path.samefile(one, other)
        except OSError:
            return False

    def names(self, path: str) -> list[str]:
        """What is in a directory, sorted; nothing where there is none."""
        try:
            return sorted(os.listdir(path))
        except (FileNotFoundError, NotADirectoryError):
            return []

    def leaves(self, directory: str) -> list[str]:
        """The paths, relative to `directory`, of everything below it that is not a directory, sorted."""
        found: list[str] = []
        pending = [""]
        while pending:
            below = pending.pop()
            try:
                with os.scandir(f"{directory}/{below}" if below else directory) as entries:
                    for entry in entries:
                        path = f"{below}/{entry.name}" if below else entry.name
                        if entry.is_dir(follow_symlinks=False):
                            pending.append(path)
                        else:
                            found.append(path)
            except (FileNotFoundError, NotADirectoryError):
                continue
        found.sort()
        return found

    def same_content(self, one: str, other: str) -> bool:
        """Whether two paths lead to files of equal bytes, or to directories of equal files; links are followed."""
        try:
            first, second = os.stat(one), os.stat(other)
            if stat.S_ISDIR(first.st_mode) and stat.S_ISDIR(second.st_mode):
                names = sorted(os.listdir(one))
                return names == sorted(os.listdir(other)) and all(
                    self.same_content(f"{one}/{name}", f"{other}/{name}") for name in names
                )
            if (first.st_dev, first.st_ino) == (second.st_dev, second.st_ino):
                return True
            regular = stat.S_ISREG(first.st_mode) and stat.S_ISREG(second.st_mode)
            return regular and first.st_size == second.st_size and _same_bytes(one, other)
        except OSError:
            return False

    def read(self, path: str) -> bytes:
        with open(open_file(path), "rb") as file:
            return file.read()

    def holds(self, path: str, source: str, text: str | None) -> bool:
        """Whether there is a real file with the bytes of the file `source`, or with `text`."""
        found = self.status(path)
        if found is None or found.kind != "file":
            return False
        if text is None:
            return self.same_content(path, source)
        try:
            return self.read(path) == text.encode("utf-8", "surrogateescape")
        except OSError:
            return False

    def umask(self) -> int:
        """The permission bits that new files of the user do not get."""
        mask = os.umask(0o077)
        os.umask(mask)
        return mask

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """While inside, what would end this command waits: for work that must not be left half done."""
        import signal
        import threading

        if threading.current_thread() is not threading.main_thread():
            # Signals are for the main thread.
            yield
            return
        waiting: list[int] = []
        ending = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = {
            number: signal.signal(number, lambda came, _: waiting.append(came))
            for number in ending
            if callable(signal.getsignal(number))
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            if waiting:
                signal.raise_signal(waiting[0])

    # Changing

    def make_directory(self, path: str, mode: int | None = None) -> None:
        """A new directory, with these permission bits or else those that the user gives new ones."""
        os.mkdir(path)
        if mode is not None:
            os.chmod(path, mode)

    def make_directories(self, path: str) -> None:
        os.makedirs(path, exist_ok=True)

    def make_link(self, path: str, target: str) -> None:
        """A new link; fails where something is."""
        os.symlink(target, path)

    def replace_link(self, path: str, target: str) -> None:
        """A link in the place of a link or file, in one step."""
        replace_link(path, target)

    def hard_link(self, path: str, name: str) -> None:
        """A second name for a file."""
        os.link(path, name, follow_symlinks=False)

    def write_file(self, path: str, source: str, text: str | None, mode: int, *, replace: bool) -> None:
        """A real file in one step: a copy of the file `source`, or `text`. Without `replace` nothing may be there.

        It is readable by its owner alone until it has its content and then its `mode`.
        """
        temporary = f"{os.path.dirname(path)}/{NEW}"
        if self.status(temporary) is not None:
            os.unlink(temporary)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            try:
                if text is not None:
                    write_all(descriptor, text.encode("utf-8", "surrogateescape"))
                else:
                    _pour(source, descriptor)
                os.fchmod(descriptor, mode)
                if self.durable:
                    os.fsync(descriptor)
            finally:
                os.close(descriptor)
            if replace:
                os.rename(temporary, path)
                return
            try:
                os.link(temporary, path)
            except OSError as error:
                if isinstance(error, FileExistsError) or os.path.lexists(path):
                    raise
                # Not every file system has hard links.
                os.rename(temporary, path)
                return
        except OSError:
            os.unlink(temporary)
            raise
        os.unlink(temporary)

    def change_mode(self, path: str, mode: int) -> None:
        """Other permission bits for a file; a link is not followed."""
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            os.fchmod(descriptor, mode)
        finally:
            os.close(descriptor)

    def rename(self, old: str, new: str) -> None:
        os.rename(old, new)

    def move_to_free_place(self, old: str, new: str) -> None:
        """Another name for something. What appears there at this moment is not overwritten, other than by a rename."""
        found = self.status(old)
        if found is not None and found.kind != "directory":
            try:
                self.hard_link(old, new)
            except FileExistsError:
                raise
            except OSError:
                # Not every file system has hard links.
                pass
            else:
                self.unlink(old)
                return
        self.rename(old, new)

    def double(self, path: str, name: str) -> None:
        """A second name for a file, or a copy where there can be none; for a directory one that holds second names."""
        import shutil

        def again(old: str, new: str) -> str:
            try:
                self.hard_link(old, new)
            except OSError:
                shutil.copy2(old, new, follow_symlinks=False)
            return new

        if os.path.isdir(path) and not os.path.islink(path):
            shutil.copytree(path, name, symlinks=True, copy_function=again)
        else:
            again(path, name)

    def copy_tree(self, old: str, new: str) -> None:
        """A copy with everything that the original has; whole under its name and on the disk, or not there."""
        import shutil

        directory = os.path.dirname(new)
        temporary = f"{directory}/{NEW}"
        remove_tree(temporary)
        if os.path.isdir(old) and not os.path.islink(old):
            shutil.copytree(old, temporary, symlinks=True)
        else:
            shutil.copy2(old, temporary, follow_symlinks=False)
        self._flush_all(directory)
        os.rename(temporary, new)
        self.synchronise((directory,))

    def unlink(self, path: str) -> None:
        os.unlink(path)

    def remove_directory(self, path: str) -> None:
        """Remove an empty directory."""
        os.rmdir(path)

    def remove_tree(self, path: str) -> int:
        """Remove whatever is there; the bytes of its files."""
        return remove_tree(path)

    def append(self, path: str, data: bytes) -> None:
        """Add bytes to a file and wait until they are on the disk, and the file's name too if it is new.

        Where that fails, the file is as it was before.
        """
        new = not os.path.lexists(path)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(path, flags, 0o600)
        try:
            before = os.fstat(descriptor).st_size
            try:
                write_all(descriptor, data)
                if self.durable:
                    os.fsync(descriptor)
            except OSError:
                os.ftruncate(descriptor, before)
                raise
        finally:
            os.close(descriptor)
        if new and self.durable:
            flush_directory(os.path.dirname(path))

    def synchronise(self, directories: Iterable[str]) -> None:
        """Wait until the names in these directories are on the disk."""
        if not self.durable:
            return
        by_device: dict[int, list[str]] = {}
        for path in dict.fromkeys(directories):
            if os.path.isdir(path):
                by_device.setdefault(os.stat(path).st_dev, []).append(path)
        for wanted in by_device.values():
            if len(wanted) > FEW:
                self._flush_all(wanted[0])
            else:
                for path in wanted:
                    flush_directory(path)

    def _flush_all(self, path: str) -> None:
        """Bring everything on the file system of a directory to the disk."""
        if not self.durable:
            return
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            flush_file_system(descriptor)
        finally:
            os.close(descriptor)

    def point(self, profile: Profile, path: str, number: int | None) -> int:
        """Make a generation the current one: the numbered one, or `path` under a new number where that is None."""
        if number is not None:
            return profile.switch_to(number).number
        return profile.set(path)

    def run(self, command: Sequence[str], environment: Mapping[str, str], timeout: float | None = None) -> Completed:
        """Run a program to its end; 127 where there is no such program, 124 where it took too long."""
        import subprocess

        try:
            done = subprocess.run(
                command,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=timeout,
                check=False,
            )
        except (FileNotFoundError, PermissionError):
            return Completed(127, f"{command[0]}: not found")
        except subprocess.TimeoutExpired:
            return Completed(124, f"{command[0]}: no answer")
        return Completed(done.returncode, done.stdout.decode("utf-8", "replace"))


def _kind(mode: int) -> Kind:
    if stat.S_ISLNK(mode):
        return "link"
    if stat.S_ISDIR(mode):
        return "directory"
    return "file" if stat.S_ISREG(mode) else "other"


def _pour(source: str, writing: int) -> None:
    reading = os.open(source, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(reading).st_mode):
            raise OSError(errno.EINVAL, "not a regular file", source)
        while chunk := os.read(reading, CHUNK):
            write_all(writing, chunk)
    finally:
        os.close(reading)


def _same_bytes(one: str, other: str) -> bool:
    with open(one, "rb") as first, open(other, "rb") as second:
        while True:
            chunk = first.read(1 << 16)
            if chunk != second.read(1 << 16):
                return False
            if not chunk:
                return True
