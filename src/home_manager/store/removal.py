"""Removal of a tree without following anything: every step is relative to an open directory."""

from __future__ import annotations

import os
import stat

_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def remove_tree(path: str) -> int:
    """Remove whatever is at `path`, read-only directories included; the bytes of the files removed. Absent is fine."""
    parent, name = os.path.split(path)
    try:
        descriptor = os.open(parent or ".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except FileNotFoundError:
        return 0
    try:
        return remove_at(descriptor, name)
    finally:
        os.close(descriptor)


def remove_at(parent: int, name: str) -> int:
    """Remove the entry `name` of an open directory; the bytes of the files removed."""
    try:
        status = os.lstat(name, dir_fd=parent)
    except FileNotFoundError:
        return 0
    if not stat.S_ISDIR(status.st_mode):
        os.unlink(name, dir_fd=parent)
        return status.st_size if status.st_nlink == 1 else 0
    if status.st_mode & 0o700 != 0o700:
        os.chmod(name, 0o700, dir_fd=parent)
    freed = 0
    descriptor = os.open(name, _DIRECTORY, dir_fd=parent)
    try:
        for child in os.listdir(descriptor):
            freed += remove_at(descriptor, child)
    finally:
        os.close(descriptor)
    os.rmdir(name, dir_fd=parent)
    return freed
