"""Damaged objects put right: closed again where only permissions differ, else taken away so that they are made anew."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from home_manager.store import receipts
from home_manager.store.faults import machine
from home_manager.store.hashing import LENGTH
from home_manager.store.objects import Store
from home_manager.store.removal import remove_at


def close_again(store: Store, path: str) -> None:
    """Take the permission to write from everything in an object; what it holds stays as it is, links are not followed."""
    with machine(f"closing `{path}`"):
        _close(store.descriptor(), store.name_of(path))


def _close(parent: int, name: str) -> None:
    status = os.lstat(name, dir_fd=parent)
    if stat.S_ISLNK(status.st_mode):
        return
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    descriptor = os.open(name, flags, dir_fd=parent)
    try:
        if stat.S_ISDIR(status.st_mode):
            for child in os.listdir(descriptor):
                _close(descriptor, child)
        os.fchmod(descriptor, stat.S_IMODE(status.st_mode) & 0o555)
    finally:
        os.close(descriptor)


@contextmanager
def taken_away(store: Store, paths: Iterable[str]) -> Iterator[None]:
    """While inside, objects do not have their names; in the end, those that were not made anew have them again.

    A crash leaves them as rubbish that a collection clears away, and their absence as damage that is found again.
    """
    directory = store.descriptor()
    moved: list[tuple[str, str]] = []
    try:
        with machine(f"changing the store `{store.root}`"):
            for path in paths:
                name = store.name_of(path)
                aside = f".trash-{name[:LENGTH]}"
                remove_at(directory, aside)
                os.rename(name, aside, src_dir_fd=directory, dst_dir_fd=directory)
                moved.append((name, aside))
        yield
    finally:
        for name, aside in moved:
            if store.exists(f"{store.root}/{name}"):
                remove_at(directory, aside)
            else:
                os.rename(aside, name, src_dir_fd=directory, dst_dir_fd=directory)


def missing_hashes(store: Store) -> frozenset[str]:
    """The hashes of objects that others mention and that are not there."""
    there = {name[:LENGTH] for name in store.names()}
    known = receipts.read(store.descriptor())
    mentioned = {each for name in store.names() if name in known for each in known[name].references}
    return frozenset(mentioned - there)
