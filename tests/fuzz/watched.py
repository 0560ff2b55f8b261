"""Inputs in processes of their own, watched: what hangs, dies or wants too much memory is found and named."""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from fuzz.mutations import some_input
from fuzz.outcomes import ours

MEMORY = 4 << 30
"""Address space of a process; the stack alone has a quarter of it."""
PATIENCE = 30.0
"""Seconds after which an input hangs."""
STEP = 200


@dataclass(slots=True)
class Found:
    """What was counted, and the inputs that ended in something else than a value or a diagnostic."""

    inputs: int = 0
    values: int = 0
    failures: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)


def text_of(seed: int, known: Sequence[bytes]) -> str:
    """The input of a seed, as it would be read from a file."""
    return some_input(random.Random(seed), known).decode("utf-8", "surrogateescape")


def limit_memory() -> None:
    """Lets this process and those that it starts have so much memory and not more."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def work(reports: Connection, first: int, stride: int, known: Sequence[bytes], folder: Path) -> None:
    """Evaluates the inputs of the seeds from `first` on; says which one is next, and what came of the last ones."""
    limit_memory()
    os.chdir(folder)
    seed = first
    while True:
        values = failures = 0
        for _ in range(STEP):
            reports.send(("next", seed))
            outcome = ours(text_of(seed, known), folder / "input.nix", at_once=seed % 4 == 0)
            if outcome.kind == "value":
                values += 1
            elif outcome.kind == "failure":
                failures += 1
            else:
                reports.send(("bad", seed, outcome.text))
            seed += stride
        reports.send(("counts", values, failures))


class Worker:
    """One process, and what it was doing when it was last heard of."""

    def __init__(self, first: int, stride: int, known: Sequence[bytes], folder: Path) -> None:
        self.stride = stride
        self.known = known
        self.folder = folder
        self.start(first)

    def start(self, seed: int) -> None:
        self.reports, theirs = multiprocessing.Pipe(duplex=False)
        self.process = multiprocessing.Process(
            target=work, args=(theirs, seed, self.stride, self.known, self.folder), daemon=True
        )
        self.process.start()
        theirs.close()
        self.seed = self.begun = seed
        self.since = time.monotonic()

    def listen(self, found: Found) -> None:
        """Takes in what the process reported, and starts another where it died or hangs."""
        trouble = ""
        try:
            while self.reports.poll():
                report = self.reports.recv()
                if report[0] == "next":
                    self.seed, self.since = report[1], time.monotonic()
                    found.inputs += 1
                elif report[0] == "counts":
                    found.values += report[1]
                    found.failures += report[2]
                else:
                    found.bad.append((report[1], report[2]))
        except EOFError:
            self.process.join()
            trouble = f"the process ended with {self.process.exitcode}"
        if not trouble and time.monotonic() - self.since > PATIENCE:
            trouble = f"no end within {PATIENCE:.0f} s"
        if trouble:
            found.bad.append((self.seed, trouble))
            self.stop()
            self.start(self.seed + self.stride)

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.reports.close()


def run(seed: int, count: int, seconds: float, jobs: int, known: Sequence[bytes], folder: Path) -> Found:
    """Evaluates inputs until there were so many or the time is up."""
    found = Found()
    end = time.monotonic() + seconds
    workers = [Worker(seed + number, jobs, known, folder) for number in range(jobs)]
    try:
        while found.inputs < count and time.monotonic() < end:
            time.sleep(0.05)
            for worker in workers:
                worker.listen(found)
    finally:
        for worker in workers:
            worker.stop()
    return found
