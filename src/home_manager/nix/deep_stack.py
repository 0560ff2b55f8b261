"""Room for deep recursion: evaluation runs in a thread with a large stack and a high recursion limit."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable
from typing import Final, TypeVar

from home_manager.nix.errors import out_of_memory, stack_overflow

Result = TypeVar("Result")

STACK_SIZES: Final = (1 << 30, 1 << 28, 1 << 26)
"""Address space, of which only what is used is ever touched; less where a limit refuses so much."""

USUAL_CALLS: Final = 10_000
"""How deep calls of the language may be nested unless something else is asked for."""

FRAMES_A_CALL: Final = 40
STACK_A_CALL: Final = 16 << 10
"""What one call of the language needs at most, in calls of Python and, where these use the stack, in bytes."""

_NAME: Final = "evaluation"


def with_deep_stack(function: Callable[[], Result], calls: int = USUAL_CALLS) -> Result:
    """What the function returns or raises, run where so many nested calls have room; nested uses run as they are.

    The cyclic garbage collector rests meanwhile: evaluation makes many objects and hardly any garbage in circles.
    """
    frames = max(sys.getrecursionlimit(), calls * FRAMES_A_CALL)
    if threading.current_thread().name == _NAME:
        sys.setrecursionlimit(frames)
        return function()
    outcome: list[Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(function())
        except RecursionError:
            errors.append(stack_overflow())
        except MemoryError:
            errors.append(out_of_memory())
        except BaseException as error:
            errors.append(error)

    limit = sys.getrecursionlimit()
    collecting = gc.isenabled()
    try:
        sys.setrecursionlimit(frames)
        gc.disable()
        _start(run, calls).join()
    finally:
        sys.setrecursionlimit(limit)
        if collecting:
            gc.enable()
    if errors:
        raise errors[0]
    return outcome[0]


def _start(run: Callable[[], None], calls: int) -> threading.Thread:
    """A thread with the largest stack that can be had."""
    sizes = (max(STACK_SIZES[0], calls * STACK_A_CALL), *STACK_SIZES)
    before = threading.stack_size()
    try:
        for size in sizes[:-1]:
            threading.stack_size(size)
            thread = threading.Thread(target=run, name=_NAME, daemon=True)
            try:
                thread.start()
            except RuntimeError:
                continue
            return thread
        threading.stack_size(sizes[-1])
        thread = threading.Thread(target=run, name=_NAME, daemon=True)
        thread.start()
        return thread
    finally:
        threading.stack_size(before)
