"""Signals that end a command: TERM and HUP are exceptions, as Ctrl-C is, so that what was begun is taken back."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = (signal.SIGTERM, signal.SIGHUP)


class Ended(KeyboardInterrupt):
    """The interruption of a command by a signal."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


@contextmanager
def signals_as_interruptions() -> Iterator[None]:
    """While inside, a signal to end is an exception. One that is ignored (as by `nohup`) stays so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, _frame: FrameType | None) -> None:
        raise Ended(number)

    before = {number: signal.signal(number, end) for number in ENDING if signal.getsignal(number) is not signal.SIG_IGN}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def status_of(interruption: KeyboardInterrupt) -> int:
    """The exit status after an interruption: 128 and the number of the signal."""
    return 128 + (interruption.number if isinstance(interruption, Ended) else signal.SIGINT)
