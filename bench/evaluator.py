"""The evaluator: small programs beside real Nix, and how fast sources are read, parsed and found in the cache.

Every program is run as a process of its own by real Nix (found through $NIX_BIN), by the Python in src/, and, if
`make compiled` has been run, by the compiled build. A process that evaluates nothing is taken off each. All must agree on
the results. Sources are those below $NIX_SOURCES, or the folder that is named on the command line.
"""

from __future__ import annotations

import gc
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bench.clock import in_turns, output

if TYPE_CHECKING:
    from home_manager.nix.lowering.ir_cache import ParsedFiles

ROOT = Path(__file__).parent.parent
PROGRAMS = sorted((ROOT / "bench" / "workloads").glob("*.nix"))
COMPILED = ROOT / "build" / "compiled" / "unpacked"
ALLOWED = {"pure": 2.0, "compiled": 1.0}
"""How many times the time of real Nix each may take, in the median of the programs."""
PARSING, LOADING = 5.0, 40.0
"""Million bytes of source a second, at least."""
ROUNDS = 5


def evaluate(file: str) -> str:
    """The value of a program, which is a number."""
    from home_manager.nix.evaluation import Evaluator
    from home_manager.nix.io import SystemIO

    return str(Evaluator(SystemIO(), store_dir="/nix/store").eval_file(file))


def _programs(scratch: Path) -> Iterator[str]:
    program = shutil.which("nix-instantiate", path=os.environ.get("NIX_BIN") or None)
    if program is None:
        yield "evaluator  skipped: real Nix was not found; $NIX_BIN names the folder of its programs"
        return
    builds = {"pure": ROOT / "src"}
    if COMPILED.is_dir():
        builds["compiled"] = COMPILED
    else:
        yield "evaluator  the compiled build is left out: `make compiled` makes it"
    nothing = scratch / "nothing.nix"
    nothing.write_text("0", "utf-8")
    ratios: dict[str, list[float]] = {build: [] for build in builds}
    # Compiled once, in the run that warms up, whatever lies beside the sources.
    environment = {**os.environ, "HOME": str(scratch), "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(scratch)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def commands(file: Path) -> dict[str, list[str]]:
        return {
            "nix": [program, "--store", "dummy://", "--eval", "--strict", str(file)],
            **{build: [sys.executable, __file__, "evaluate", str(place), str(file)] for build, place in builds.items()},
        }

    for file in PROGRAMS:
        work = commands(file)
        results = {output(command, environment).strip() for command in work.values()}
        if len(results) != 1:
            raise SystemExit(f"{file.name}: the evaluators differ: {results}")
        # Starting is timed in the same turns, and of all the best is taken: what else the machine does only adds.
        starting = {f"{name}, nothing": command for name, command in commands(nothing).items()}
        timings = in_turns({**work, **starting}, ROUNDS, environment)
        took = {name: timings[name].best - timings[f"{name}, nothing"].best for name in work}
        line = f"evaluator  {file.stem:<12}real Nix {took['nix'] * 1000:6.1f} ms"
        for build in builds:
            ratios[build].append(took[build] / took["nix"])
            line += f"   {build} {took[build] * 1000:7.1f} ms {ratios[build][-1]:5.2f} ×"
        yield line
    for build, found in ratios.items():
        median = statistics.median(found)
        verdict = "ok" if median <= ALLOWED[build] else "TOO SLOW"
        yield f"evaluator  median, {build:<12}{median:5.2f} × real Nix (at most {ALLOWED[build]})  {verdict}"


def speeds(folder: str, cache: str) -> tuple[int, int, float, float, float]:
    """Of the sources below a folder: how many, their bytes, and the bytes a second when parsed, first and again loaded."""
    from home_manager.diagnostics import Failure
    from home_manager.nix.evaluation import Evaluator
    from home_manager.nix.io import SystemIO
    from home_manager.nix.lowering.ir_cache import ParsedFiles

    files = [str(path) for path in sorted(Path(folder).rglob("*.nix")) if path.is_file()]

    def read(parsed: ParsedFiles | None) -> int:
        evaluator = Evaluator(SystemIO(), store_dir="/nix/store", parsed=parsed)
        size = 0
        for file in files:
            try:
                evaluator.expression(file)
            except Failure:  # not everything that is called so is meant to be parsed
                continue
            size += os.path.getsize(file)
        evaluator.keep_parsed()
        return size

    def fastest(prepared: Callable[[], ParsedFiles | None], rounds: int) -> tuple[int, float]:
        best = float("inf")
        for _ in range(rounds):
            parsed = prepared()
            gc.collect()
            started = time.perf_counter()
            size = read(parsed)
            best = min(best, time.perf_counter() - started)
        return size, size / best

    size, plain = fastest(lambda: None, 3)
    _, first = fastest(lambda: ParsedFiles(cache), 1)
    _, again = fastest(lambda: ParsedFiles(cache), 5)
    return len(files), size, plain, first, again


def _reading(scratch: Path) -> Iterator[str]:
    folder = os.environ.get("NIX_SOURCES", "")
    if not folder:
        yield "evaluator  reading skipped: $NIX_SOURCES (a folder of .nix files) is not set"
        return
    for build, place in (("pure", ROOT / "src"), ("compiled", COMPILED)):
        if not place.is_dir():
            continue
        command = [sys.executable, __file__, "speeds", str(place), folder, str(scratch / build)]
        files, size, *found = (float(word) for word in output(command, {**os.environ, "PYTHONPATH": str(ROOT)}).split())
        parsing, first, again = (each / 1e6 for each in found)
        verdicts = ["ok" if parsing >= PARSING else "TOO SLOW", "ok" if again >= LOADING else "TOO SLOW"]
        name = f"evaluator  {build:<9}{files:.0f} files, {size / 1e6:.1f} MB:"
        yield f"{name} read and parsed {parsing:5.1f} MB/s (at least {PARSING:.0f})  {verdicts[0]}"
        yield f"{name} from the cache {again:6.1f} MB/s (at least {LOADING:.0f}), {first:.1f} to fill it  {verdicts[1]}"


def lines() -> Iterator[str]:
    """The report."""
    with tempfile.TemporaryDirectory() as scratch:
        yield from _programs(Path(scratch))
        yield from _reading(Path(scratch))


def _child(arguments: list[str]) -> None:
    """What the processes of the benchmark do: `evaluate SRC FILE` and `speeds SRC FOLDER CACHE`."""
    sys.path.insert(0, arguments[1])
    gc.disable()  # as the program does
    print(evaluate(arguments[2]) if arguments[0] == "evaluate" else " ".join(map(str, speeds(*arguments[2:]))))
    # Like real Nix, which leaves its memory to the system.
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    _child(sys.argv[1:])
