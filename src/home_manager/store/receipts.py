"""What the store remembers of its objects: tree hash and references, one line an object, only ever appended.

The lines of a batch are written before its objects get their names, so an object without a line is one that a crash
lost the line of, and its references are then found by reading it again. A line without an object is harmless.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass

NAME = ".receipts"


@dataclass(frozen=True, slots=True)
class Receipt:
    """Of the object whose last path component is `name`: its tree hash in hex, and the hashes of what it mentions."""

    name: str
    tree: str
    references: frozenset[str]

    def line(self) -> bytes:
        return " ".join((self.name, self.tree, *sorted(self.references))).encode() + b"\n"


def read(store: int) -> dict[str, Receipt]:
    """All receipts of an open store directory; of several lines for one object the last counts."""
    try:
        descriptor = os.open(NAME, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=store)
    except FileNotFoundError:
        return {}
    with open(descriptor, encoding="utf-8", errors="replace") as file:
        lines = file.read().split("\n")
    receipts = {}
    for line in lines:
        name, _, rest = line.partition(" ")
        tree, *references = rest.split(" ")
        if len(tree) == 64:
            receipts[name] = Receipt(name, tree, frozenset(references))
    return receipts


def append(store: int, receipts: Iterable[Receipt], *, durable: bool) -> None:
    """Add lines in one write, so that two programs at once cannot mix theirs."""
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(NAME, flags, 0o644, dir_fd=store)
    try:
        data = b"".join(receipt.line() for receipt in receipts)
        # A write that was cut short leaves half a line; starting with a line end keeps ours apart from it.
        data = b"\n" + data
        if os.write(descriptor, data) != len(data):
            os.write(descriptor, b"\n")
            raise OSError(28, "No space left on device")
        if durable:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace(store: int, receipts: Iterable[Receipt]) -> None:
    """Write the whole file anew, without the lines of objects that are gone."""
    temporary = NAME + ".new"
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(temporary, flags, 0o644, dir_fd=store)
    try:
        with open(descriptor, "wb", closefd=False) as file:
            file.writelines(receipt.line() for receipt in receipts)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    os.replace(temporary, NAME, src_dir_fd=store, dst_dir_fd=store)
