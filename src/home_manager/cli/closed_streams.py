"""Standard streams that the caller has closed (`home-manager … >&-`)."""

from __future__ import annotations

import os
import sys


def reopen() -> None:
    """Leads the closed ones nowhere.

    Otherwise the next file to be opened would take the number of one, and what a program that we start says would go
    into that file.
    """
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(descriptor, True)
    os.close(descriptor)
    if sys.stdin is None:
        sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    if sys.stdout is None:
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
