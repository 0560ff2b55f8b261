"""One look at a new or old store object: its tree hash, what it refers to, and its permissions put right."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass, field

from home_manager.store.hashing import LENGTH, directory_hash, finish_file, link_hash, to_bytes
from home_manager.store.tree import CHUNK, special_file, write_all

_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_HASH_CHARACTERS = frozenset(b"0123456789abcdefghijklmnopqrstuvwxyz")


@dataclass(slots=True)
class Examination:
    """A walk over one object. `sealing` sets permissions (0444, 0555, or of what is `private` 0400, 0500); without it
    nothing is changed.

    `references` collects the hashes that follow the store's directory in any file or link. With `replace`, each
    occurrence of the first text becomes the second, of the same length (a build's own temporary hash).
    """

    prefix: bytes
    sealing: bool = False
    private: bool = False
    replace: tuple[bytes, bytes] | None = None
    references: set[str] = field(default_factory=set)
    loose: list[str] = field(default_factory=list)
    files: int = 0

    def look(self, parent: int, name: str, shown: str) -> bytes:
        """The tree hash of the entry `name` of an open directory; `shown` is its path for messages."""
        mode = os.lstat(name, dir_fd=parent).st_mode
        if stat.S_ISLNK(mode):
            return self._link(parent, name)
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise special_file(shown, mode)
        if mode & 0o222:
            self.loose.append(shown)
        if self.sealing and mode & 0o400 == 0:
            os.chmod(name, 0o700, dir_fd=parent)
        if stat.S_ISREG(mode):
            return self._file(parent, name, bool(mode & 0o111))
        descriptor = os.open(name, _READ | os.O_DIRECTORY, dir_fd=parent)
        try:
            if self.sealing and mode & 0o300 != 0o300:
                os.fchmod(descriptor, 0o700)
            names = os.listdir(descriptor)
            children = [(child, self.look(descriptor, child, f"{shown}/{child}")) for child in names]
            if self.sealing:
                os.fchmod(descriptor, self._sealed(executable=True))
        finally:
            os.close(descriptor)
        return directory_hash(children)

    def _sealed(self, *, executable: bool) -> int:
        mode = 0o555 if executable else 0o444
        return mode & 0o700 if self.private else mode

    def _link(self, parent: int, name: str) -> bytes:
        target = os.readlink(name, dir_fd=parent)
        if self.replace is not None and self.replace[0] in to_bytes(target):
            target = os.fsdecode(to_bytes(target).replace(*self.replace))
            os.unlink(name, dir_fd=parent)
            os.symlink(target, name, dir_fd=parent)
        self._scan(to_bytes(target))
        return link_hash(target)

    def _file(self, parent: int, name: str, executable: bool) -> bytes:
        descriptor = os.open(name, _READ, dir_fd=parent)
        self.files += 1
        try:
            if self.sealing and os.fstat(descriptor).st_nlink > 1:
                # A script may have hard-linked a file of somebody else: its permissions are not ours to change.
                descriptor = _separate(parent, name, descriptor)
            sha, size, tail = hashlib.sha256(), 0, b""
            found = False
            while chunk := os.read(descriptor, CHUNK):
                sha.update(chunk)
                size += len(chunk)
                window = tail + chunk
                self._scan(window)
                found = found or (self.replace is not None and self.replace[0] in window)
                tail = window[-(len(self.prefix) + LENGTH) :]
            if found and self.replace is not None:
                sha = _rewrite(parent, name, descriptor, self.replace)
            if self.sealing:
                os.fchmod(descriptor, self._sealed(executable=executable))
            return finish_file(sha, size, executable)
        finally:
            os.close(descriptor)

    def _scan(self, data: bytes) -> None:
        at = data.find(self.prefix)
        while at != -1:
            start = at + len(self.prefix)
            word = data[start : start + LENGTH]
            if len(word) == LENGTH and _HASH_CHARACTERS.issuperset(word):
                self.references.add(word.decode())
            at = data.find(self.prefix, start)


def _separate(parent: int, name: str, reading: int) -> int:
    """Put a copy of a file in the place of a hard link to it; a descriptor that reads the copy."""
    temporary = name[:200] + ".separate"
    writing = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644, dir_fd=parent)
    try:
        while chunk := os.read(reading, CHUNK):
            write_all(writing, chunk)
    finally:
        os.close(writing)
    os.replace(temporary, name, src_dir_fd=parent, dst_dir_fd=parent)
    os.close(reading)
    return os.open(name, _READ, dir_fd=parent)


def _rewrite(parent: int, name: str, descriptor: int, replace: tuple[bytes, bytes]) -> hashlib._Hash:
    """Replace bytes in a file in place (both of one length); the hash of the new content."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    parts = []
    while chunk := os.read(descriptor, CHUNK):
        parts.append(chunk)
    data = b"".join(parts).replace(*replace)
    os.fchmod(descriptor, 0o600)
    writing = os.open(name, os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=parent)
    try:
        write_all(writing, data)
    finally:
        os.close(writing)
    return hashlib.sha256(data)
