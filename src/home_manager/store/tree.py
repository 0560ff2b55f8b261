"""A tree of files outside of the store: listed, hashed and copied, with links kept as they are."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from home_manager.diagnostics import failure
from home_manager.paths import LEVELS, too_long
from home_manager.store.faults import machine
from home_manager.store.hashing import directory_hash, finish_file, link_hash

Filter = Callable[[str, str], bool]
"""Whether to take an entry: its absolute path and its type, "regular", "directory" or "symlink"."""

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Node:
    """One entry of a listing; `kind` is "file", "program" (executable), "link" or "directory".

    `name` is the last component, `target` what a link says, `children` what a directory holds, sorted.
    """

    name: str
    kind: str
    hash: bytes
    target: str = ""
    children: tuple[Node, ...] = ()

    def leaves(self) -> Iterator[str]:
        """The paths, relative to this entry, of everything below it that is no directory."""
        for child in self.children:
            if child.kind == "directory":
                yield from (f"{child.name}/{leaf}" for leaf in child.leaves())
            else:
                yield child.name


def survey(source: str, accept: Filter | None = None, *, follow: bool = True) -> Node:
    """The listing of `source` with its hashes; a link at the very top is followed if asked for, links below are kept.

    Raises a failure for what cannot be stored: sockets, FIFOs, devices, unreadable files.
    """
    with machine(f"reading `{source}`"):
        try:
            top = os.path.realpath(source, strict=True) if follow else _without_links_above(source)
        except FileNotFoundError:
            raise failure("source-missing", f"the file `{source}` does not exist") from None
        return _survey(top, os.path.basename(top), accept, LEVELS)


def _without_links_above(path: str) -> str:
    above, name = os.path.split(path)
    found = os.path.join(os.path.realpath(above, strict=True), name)
    os.lstat(found)
    return found


def _survey(path: str, name: str, accept: Filter | None, levels: int) -> Node:
    mode = os.lstat(path).st_mode
    if stat.S_ISREG(mode):
        executable = bool(mode & 0o100)
        return Node(name, "program" if executable else "file", _hash_file(path, executable))
    if stat.S_ISLNK(mode):
        target = os.readlink(path)
        return Node(name, "link", link_hash(target), target)
    if not stat.S_ISDIR(mode):
        raise special_file(path, mode)
    if levels == 0:
        raise too_long(path, f"lies more than {LEVELS} levels deep in what is to be copied")
    children = []
    for child in sorted(os.listdir(path)):
        below = f"{path}/{child}"
        if accept is None or accept(below, kind_of(below)):
            children.append(_survey(below, child, accept, levels - 1))
    return Node(name, "directory", directory_hash([(c.name, c.hash) for c in children]), "", tuple(children))


def kind_of(path: str) -> str:
    """The type of an entry as a filter is told it."""
    mode = os.lstat(path).st_mode
    if stat.S_ISDIR(mode):
        return "directory"
    if stat.S_ISLNK(mode):
        return "symlink"
    return "regular" if stat.S_ISREG(mode) else "unknown"


def special_file(path: str, mode: int) -> Exception:
    """The failure for something that is neither a file, nor a link, nor a directory."""
    words = ((stat.S_ISFIFO, "a FIFO"), (stat.S_ISSOCK, "a socket"), (stat.S_ISBLK, "a block device"))
    what = next((word for test, word in words if test(mode)), "a device")
    return failure(
        "special-file",
        f"`{path}` is {what} and cannot be put into the store",
        hints=("leave it out, for instance with a filter (`lib.cleanSource`), or point `source` at a smaller tree",),
    )


def _hash_file(path: str, executable: bool) -> bytes:
    sha, size = hashlib.sha256(), 0
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb", buffering=0) as file:
        while chunk := file.read(CHUNK):
            sha.update(chunk)
            size += len(chunk)
    return finish_file(sha, size, executable)


def copy(node: Node, source: str, destination: str) -> None:
    """Copy what the listing holds of `source` to the new path `destination`."""
    if node.kind == "link":
        os.symlink(node.target, destination)
    elif node.kind == "directory":
        os.mkdir(destination, 0o755)
        for child in node.children:
            copy(child, f"{source}/{child.name}", f"{destination}/{child.name}")
    else:
        copy_file(source, destination, executable=node.kind == "program")


def copy_file(source: str, destination: str, *, executable: bool) -> None:
    """Copy the bytes of one regular file; the copy is new, or this fails."""
    reading = os.open(source, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        writing = new_file(destination, executable=executable)
        try:
            while chunk := os.read(reading, CHUNK):
                write_all(writing, chunk)
        finally:
            os.close(writing)
    finally:
        os.close(reading)


def new_file(path: str, *, executable: bool) -> int:
    """A descriptor that writes a file which did not exist before."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    return os.open(path, flags, 0o755 if executable else 0o644)


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte; one `write` may take fewer, for instance shortly before the disk is full."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
