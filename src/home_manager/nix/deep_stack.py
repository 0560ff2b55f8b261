"""Room for deep recursion: evaluation runs in a thread with a large stack and a high recursion limit."""

from __future__ import annotations

import gc
import sys
import threading
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Final, TypeVar

from home_manager.diagnostics import Failure, Span
from home_manager.nix.errors import out_of_memory, stack_overflow
from home_manager.values.lazy import Lazy

Result = TypeVar("Result")

STACK_SIZES: Final = (1 << 30, 1 << 28, 1 << 26)
"""Address space, of which only what is used is ever touched; less where a limit refuses so much."""

USUAL_CALLS: Final = 10_000
"""How deep calls of the language may be nested unless something else is asked for."""

FRAMES_A_CALL: Final = 40
STACK_A_CALL: Final = 16 << 10
"""What one call of the language needs at most, in calls of Python and, where these use the stack, in bytes."""

ROOMY: Final = (1 << 19) + 1
"""What the outermost frame claims to need, in words, of which it touches nothing.

Python keeps frames in pieces of 16 kB, each given back to the system as soon as nothing is in it: a loop that happens to
call across the end of one asks for it and drops it every time, which can take two fifths of the time. For a frame as large
as this one there is one piece of twice its size, which has room for all the frames inside.
"""

_NAME: Final = "evaluation"
_NO_FRAME: Final = "error return without exception set"

PATIENCE: Final = 2.0
"""Seconds that an interrupted evaluation has to end; one that waits for the network, say, is left behind."""


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
        except RecursionError as error:
            errors.append(_overflow(error.__traceback__))
        except MemoryError:
            errors.append(out_of_memory())
        except SystemError as error:
            # CPython forgets to say why when it gets no memory for the frame of a call.
            errors.append(out_of_memory() if _NO_FRAME in str(error) else error)
        except BaseException as error:
            errors.append(error)

    run.__code__ = run.__code__.replace(co_stacksize=ROOMY)
    limit = sys.getrecursionlimit()
    collecting = gc.isenabled()
    try:
        sys.setrecursionlimit(frames)
        gc.disable()
        thread = _start(run, calls)
        try:
            thread.join()
        except KeyboardInterrupt:
            _interrupt(thread)
            raise
    finally:
        sys.setrecursionlimit(limit)
        if collecting:
            gc.enable()
    if errors:
        raise errors[0]
    return outcome[0]


SHOWN: Final = 200
"""So many of the innermost values are told of, where Python itself ran out of calls."""


def _overflow(trace: TracebackType | None) -> Failure:
    """The failure for calls of Python without end, with the values that were being computed, as far as they have names."""
    innermost: deque[Lazy] = deque(maxlen=SHOWN)
    place: Span | None = None
    while trace is not None:
        frame = trace.tb_frame
        if frame.f_code.co_name in ("compute", "eval"):
            value = frame.f_locals.get("self")
            if isinstance(value, Lazy):
                innermost.append(value)
            elif value is not None and hasattr(value, "span"):
                place = value.span()
        trace = trace.tb_next
    problem = stack_overflow(place)
    for lazy in reversed(innermost):
        if lazy.name():
            problem.add_frame(f"while evaluating {lazy.name()}", lazy.span())
    return problem


def _interrupt(thread: threading.Thread) -> None:
    """Ends what a thread computes; only the main thread sees Ctrl-C, and values left half done would seem circular."""
    import ctypes

    if thread.ident is not None:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(KeyboardInterrupt))
        thread.join(PATIENCE)


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
