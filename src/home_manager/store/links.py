"""Symbolic links that change in one step."""

from __future__ import annotations

import os

from home_manager.store.durability import flush_directory

NEW = ".home-manager-new"
"""The name of a link that is about to replace another, in every directory: so what a crash leaves can be found."""


def replace_link(path: str, target: str, *, durable: bool = False) -> None:
    """Make `path` a link to `target`, whatever link or file was there; there is no moment without one.

    Two programs must not do this in one directory at once; whoever calls holds a lock.
    """
    directory = os.path.dirname(path)
    temporary = f"{directory}/{NEW}"
    try:
        os.symlink(target, temporary)
    except FileExistsError:
        os.unlink(temporary)
        os.symlink(target, temporary)
    try:
        os.rename(temporary, path)
    except OSError:
        os.unlink(temporary)
        raise
    if durable:
        flush_directory(directory)
