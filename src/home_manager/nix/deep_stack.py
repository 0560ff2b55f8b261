"""Room for deep recursion: evaluation runs in a thread with a large stack and a high recursion limit."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable
from typing import Final, TypeVar

from home_manager.nix.errors import stack_overflow

Result = TypeVar("Result")

STACK_BYTES: Final = 1 << 30
"""Address space, of which only what is used is ever touched."""

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
    before = threading.stack_size(STACK_BYTES)
    try:
        sys.setrecursionlimit(max(limit, RECURSION_LIMIT))
        gc.disable()
        thread = threading.Thread(target=run, name=_NAME, daemon=True)
        thread.start()
        threading.stack_size(before)
        thread.join()
    finally:
        sys.setrecursionlimit(limit)
        if collecting:
            gc.enable()
    if errors:
        raise errors[0]
    return outcome[0]
