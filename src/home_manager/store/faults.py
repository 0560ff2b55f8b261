"""What the machine refuses, said to the user: an `OSError` becomes a `Failure`."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from home_manager.diagnostics import Failure, failure

_FULL = {errno.ENOSPC, errno.EDQUOT}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}


def os_failure(error: OSError, doing: str) -> Failure:
    """The failure for an error of the operating system while `doing` ("writing `/x`")."""
    reason = error.strerror or str(error)
    at = error.filename if isinstance(error.filename, str) else ""
    notes = (f"at {at}",) if at and at not in doing else ()
    if error.errno in _FULL:
        return failure(
            "disk-full",
            f"the disk is full: {doing} failed",
            notes=(reason, *notes),
            hints=("free some space and run the command again; what was begun has been taken back",),
        )
    if error.errno in _REFUSED:
        return failure(
            "not-writable",
            f"{doing} failed: {reason}",
            notes=notes,
            hints=("look at the owner and the permissions of the directory, and whether it is mounted read-only",),
        )
    return failure("machine-error", f"{doing} failed: {reason}", notes=notes)


@contextmanager
def machine(doing: str) -> Iterator[None]:
    """While inside, an `OSError` leaves as the `Failure` that says what was being done."""
    try:
        yield
    except OSError as error:
        raise os_failure(error, doing) from error
