"""Files read once for all runs: a cache of what they were resolved to, below the user's cache folder.

One file holds them all, since most sources are small and opening a file each costs too much. It is mapped into memory
as it is; an entry is checked when its source is asked for, and decoded piece by piece as evaluation comes to it. The
file is written anew, beside the old one and renamed, when a run has parsed something that was not in it.

Only a file of our own in a folder that nobody else can write to is read. Whatever is wrong with it counts as nothing
there: the source is parsed then.
"""

from __future__ import annotations

import marshal
import mmap
import os
import sys
from collections.abc import Iterable
from hashlib import blake2b
from typing import Final

from home_manager.nix.lowering import ir, resolve
from home_manager.nix.lowering.ir import Pieces
from home_manager.nix.syntax import ast, bindings, indentation, lexer, parser, patterns, token_cursor, unparse

SMALLEST: Final = 256
"""Shorter texts are parsed faster than they are looked up."""

WORTHWHILE: Final = 96 << 10
"""Unless a run has parsed so many bytes that were not known, writing the file costs more than it saves."""

LARGEST: Final = 48 << 20
"""So many bytes are kept; what was used longest ago goes first."""

_DIGEST: Final = 16
_DAMAGED: Final = (ValueError, EOFError, TypeError, KeyError, IndexError, AttributeError, MemoryError)


class ParsedFiles:
    """The cache in one folder; `worthwhile` is how many bytes of source must be new for it to be written."""

    __slots__ = ("_around", "_entries", "_found", "_loaded", "_new", "folder", "worthwhile")

    def __init__(self, folder: str, worthwhile: int = WORTHWHILE) -> None:
        self.folder: Final = folder
        self.worthwhile: Final = worthwhile
        self._loaded = False
        self._entries: dict[bytes, memoryview | bytes] = {}
        self._found: dict[bytes, bytes | memoryview] = {}
        self._new: dict[bytes, bytes] = {}
        self._around: dict[tuple[str, bytes], blake2b] = {}

    def key(self, text: bytes, base: str, names: bytes) -> bytes:
        """What a text is known by: with the folder that its paths start from, and the global names."""
        around = self._around.get((base, names))
        if around is None:
            seed = base.encode("utf-8", "surrogateescape") + b"\0" + names
            around = self._around[base, names] = blake2b(
                digest_size=_DIGEST, key=blake2b(seed, digest_size=32).digest()
            )
        digest = around.copy()
        digest.update(text)
        return digest.digest()

    def get(self, key: bytes) -> Pieces | None:
        """The IR of a file, or `None` if it is not known."""
        if not self._loaded:
            self._load()
        entry = self._entries.get(key)
        if entry is None:
            return None
        body = entry[_DIGEST:]
        try:
            if blake2b(body, digest_size=_DIGEST).digest() != entry[:_DIGEST]:
                raise ValueError
            pieces = ir.decode(body)
        except _DAMAGED:
            del self._entries[key]
            return None
        self._found[key] = entry
        return pieces

    def put(self, key: bytes, pieces: Pieces) -> None:
        """Remembers the IR of a file until `save`."""
        try:
            body = ir.encode(pieces)
        except ValueError:  # nested too deeply for the format
            return
        self._new[key] = blake2b(body, digest_size=_DIGEST).digest() + body

    def save(self) -> None:
        """Writes what is new, if it is enough; a folder that cannot be written to is left alone."""
        if sum(map(len, self._new.values())) < 2 * self.worthwhile or not self._new:
            return
        if not self._loaded:
            self._load()
        entries: dict[bytes, bytes | memoryview] = {**self._new, **self._found}
        size = sum(map(len, entries.values()))
        for key, entry in self._entries.items():
            if key not in entries and size + len(entry) <= LARGEST:
                entries[key] = entry
                size += len(entry)
        try:
            self._write(entries)
        except OSError:
            return
        self._entries.update(self._new)
        self._found.update(self._new)
        self._new.clear()

    # The file: its magic line, the length of the index, the index, the entries

    def path(self) -> str:
        """The file; parsers that differ, or versions of Python, have different ones."""
        return os.path.join(self.folder, f"parsed-{_fingerprint()}")

    def _load(self) -> None:
        self._loaded = True
        try:
            data = _read_own(self.folder, self.path())
        except (OSError, ValueError):  # not there, not ours, or empty
            return
        view = memoryview(data)
        try:
            length = int.from_bytes(view[:8], "little")
            index = view[8 + _DIGEST : 8 + _DIGEST + length]
            if blake2b(index, digest_size=_DIGEST).digest() != view[8 : 8 + _DIGEST]:
                return
            at = 8 + _DIGEST + length
            for key, size in marshal.loads(index):
                self._entries[key] = view[at : at + size]
                at += size
        except _DAMAGED:
            self._entries.clear()

    def _write(self, entries: dict[bytes, bytes | memoryview]) -> None:
        os.makedirs(self.folder, mode=0o700, exist_ok=True)
        if not _is_own(os.stat(self.folder)):
            return
        index = marshal.dumps([(key, len(entry)) for key, entry in entries.items()])
        check = blake2b(index, digest_size=_DIGEST).digest()
        path = self.path()
        temporary = f"{path}.{os.getpid()}.new"
        try:
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
            with open(handle, "wb") as file:
                file.write(len(index).to_bytes(8, "little") + check + index)
                file.writelines(entries.values())
            os.replace(temporary, path)
        except OSError:
            _remove(temporary)
            raise
        for name in os.listdir(self.folder):
            if name.startswith("parsed-") and not name.startswith(os.path.basename(path)):
                _remove(os.path.join(self.folder, name))


def names_digest(names: Iterable[str]) -> bytes:
    """The global names, as a part of keys."""
    return blake2b("\0".join(sorted(names)).encode("utf-8", "surrogateescape"), digest_size=_DIGEST).digest()


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        pass


def _is_own(status: os.stat_result) -> bool:
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022


def _read_own(folder: str, path: str) -> mmap.mmap:
    """The bytes of a file that nobody else can have written."""
    if not _is_own(os.stat(folder)):
        raise PermissionError(folder)
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        if not _is_own(os.fstat(handle)):
            raise PermissionError(path)
        # The file is never written to, only replaced, so that what is mapped stays as it is.
        return mmap.mmap(handle, 0, access=mmap.ACCESS_READ)
    finally:
        os.close(handle)


def _fingerprint() -> str:
    """Says which parser it was, without a number that somebody would have to think of: the files that it is made of."""
    parts: list[str] = [str(ir.VERSION), str(sys.version_info[:3])]
    for module in (ast, bindings, indentation, ir, lexer, parser, patterns, resolve, token_cursor, unparse):
        status = os.stat(str(module.__file__))
        parts.append(f"{status.st_size}:{status.st_mtime_ns}")
    return blake2b(" ".join(parts).encode(), digest_size=8).hexdigest()
