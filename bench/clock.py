"""Timing of whole processes, taken in turns so that a busy moment of the machine hits all alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Timing(NamedTuple):
    """Seconds that runs of one command took."""

    median: float
    best: float
    runs: int


def once(command: Sequence[str], environment: Mapping[str, str] | None = None) -> float:
    """Seconds of one run; a run that fails is an error, not a fast one."""
    started = time.perf_counter()
    output(command, environment)
    return time.perf_counter() - started


def output(command: Sequence[str], environment: Mapping[str, str] | None = None) -> bytes:
    """What a command prints."""
    done = subprocess.run(
        command, env=dict(environment or os.environ), stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace")
        raise SystemExit(f"{' '.join(command)} ended with status {done.returncode}:\n{said}")
    return done.stdout


def in_turns(
    commands: Mapping[str, Sequence[str]], rounds: int, environment: Mapping[str, str] | None = None
) -> dict[str, Timing]:
    """The timings of several commands, each run once to warm up and then `rounds` times in turn."""
    for command in commands.values():
        once(command, environment)
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            taken[name].append(once(command, environment))
    return {name: Timing(statistics.median(times), min(times), rounds) for name, times in taken.items()}
