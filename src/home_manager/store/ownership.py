"""Who could have written what: the way to the store, and each object in it, must be ours (or the system's)."""

from __future__ import annotations

import os
import stat

from home_manager.diagnostics import Failure, failure


def is_ours(directory: int, name: str) -> bool | None:
    """Whether an entry of an open directory is ours and nobody else may write to it; `None` if it is not there."""
    try:
        status = os.lstat(name, dir_fd=directory)
    except FileNotFoundError:
        return None
    return status.st_uid == os.geteuid() and (stat.S_ISLNK(status.st_mode) or not status.st_mode & 0o022)


def check_way(path: str, shown: str) -> None:
    """Refuses a directory that others could replace, or one above it, also where links lead."""
    for way in dict.fromkeys((path, os.path.realpath(path))):
        here = way
        while True:
            why = _why_not(here)
            if why:
                raise unsafe(shown, f"`{here}` {why}")
            if here == os.path.dirname(here):
                break
            here = os.path.dirname(here)


def _why_not(path: str) -> str:
    status = os.lstat(path)
    if status.st_uid not in (os.geteuid(), 0) and not _is_the_systems(status.st_uid):
        return f"belongs to the user number {status.st_uid}"
    mode = status.st_mode
    # In a directory as /tmp, nobody can replace what belongs to another.
    if stat.S_ISLNK(mode) or mode & stat.S_ISVTX:
        return ""
    if mode & stat.S_IWOTH:
        return "can be written to by everybody"
    if mode & stat.S_IWGRP and not _is_own_group(status.st_gid):
        return f"can be written to by the group number {status.st_gid}"
    return ""


def _is_the_systems(number: int) -> bool:
    """Whether a number stands for users that have none here, as in a container that knows this user alone: then the
    system's own directories belong to it, and `/` is one."""
    return number == os.lstat("/").st_uid and number == _number_in("/proc/sys/fs/overflowuid")


def _number_in(path: str) -> int | None:
    try:
        with open(path, "rb") as file:
            return int(file.read())
    except (OSError, ValueError):
        return None


def _is_own_group(number: int) -> bool:
    """Whether a group is the system's, or the one that many systems give each user for himself."""
    if number == 0:
        return True
    import grp
    import pwd

    try:
        group, user = grp.getgrgid(number), pwd.getpwuid(os.geteuid())
    except KeyError:
        return False
    return group.gr_name == user.pw_name and set(group.gr_mem) <= {user.pw_name}


def unsafe(shown: str, why: str) -> Failure:
    """The failure for a store that somebody else could have written to."""
    return failure(
        "store-unsafe",
        f"the store `{shown}` is not used: {why}",
        notes=("whoever can write to the store decides what is in the home",),
        hints=("run home-manager as the user whose home it is, or correct the owner and mode of that directory",),
    )
