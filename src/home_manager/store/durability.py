"""How written data reaches the disk before it is relied on.

A few files are synchronised one by one; many at once are cheaper through the whole file system (one journal commit
in place of one for each file: measured on ext4, some 25 files is where the two cost the same).
"""

from __future__ import annotations

import os
import stat
import sys

FEW = 24
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def flush(directory: int, names: list[str], files: int) -> None:
    """Bring the trees `names` of an open directory to the disk; `files` is how many files they hold together."""
    if files > FEW:
        flush_file_system(directory)
        return
    for name in names:
        _flush_tree(directory, name)


def flush_file_system(descriptor: int) -> None:
    """Bring everything of the file system that holds an open file to the disk."""
    if sys.platform == "linux":
        import ctypes

        if ctypes.CDLL(None, use_errno=True).syncfs(descriptor) == 0:
            return
    os.sync()


def _flush_tree(parent: int, name: str) -> None:
    mode = os.lstat(name, dir_fd=parent).st_mode
    if stat.S_ISLNK(mode):
        return
    descriptor = os.open(name, _READ, dir_fd=parent)
    try:
        if stat.S_ISDIR(mode):
            for child in os.listdir(descriptor):
                _flush_tree(descriptor, child)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_directory(path: str) -> None:
    """Bring the names in a directory to the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
