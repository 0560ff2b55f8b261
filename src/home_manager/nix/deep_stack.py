"""Room for deep recursion: evaluation runs in a thread with a large stack and a high recursion limit."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable
from typing import Final, TypeVar

from home_manager.nix.errors import stack_overflow

Result = TypeVar("Result")

STACK_SIZES: Final = (1 << 30, 1 << 28, 1 << 26)
"""Address space, of which only what is used is ever touched; less where a limit refuses so much."""

RECURSION_LIMIT: Final = 400_000
_NAME: Final = "evaluation"


def with_deep_stack(function: Callable[[], Result]) -> Result:
    """What the function returns or raises, run where recursion may go deep; nested uses run as they are.

    The cyclic garbage collector rests meanwhile: evaluation makes many objects and hardly any garbage in circles.
    """
    if threading.current_thread().name == _NAME:
        return function()
    outcome: list[Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(function())
        except RecursionError:
            errors.append(stack_overflow())
        except BaseException as error:
            errors.append(error)

    limit = sys.getrecursionlimit()
    collecting = gc.isenabled()
    try:
        sys.setrecursionlimit(max(limit, RECURSION_LIMIT))
        gc.disable()
        _start(run).join()
    finally:
        sys.setrecursionlimit(limit)
        if collecting:
            gc.enable()
    if errors:
        raise errors[0]
    return outcome[0]


def _start(run: Callable[[], None]) -> threading.Thread:
    """A thread with the largest stack that can be had."""
    before = threading.stack_size()
    try:
        for size in STACK_SIZES[:-1]:
            threading.stack_size(size)
            thread = threading.Thread(target=run, name=_NAME, daemon=True)
            try:
                thread.start()
            except RuntimeError:
                continue
            return thread
        threading.stack_size(STACK_SIZES[-1])
        thread = threading.Thread(target=run, name=_NAME, daemon=True)
        thread.start()
        return thread
    finally:
        threading.stack_size(before)
