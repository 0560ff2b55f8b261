"""Runs the benchmarks and prints their lines; `python bench/run.py NAME…` runs those named."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench import evaluator, many_files, options, startup, switch

BENCHMARKS = {
    "startup": startup.lines,
    "switch": switch.lines,
    "files": many_files.lines,
    "options": options.lines,
    "evaluator": evaluator.lines,
}


def main(names: list[str]) -> int:
    """Runs the benchmarks named, or all; status 1 where one missed its aim."""
    missed = False
    for name in names or list(BENCHMARKS):
        for line in BENCHMARKS[name]():
            print(line, flush=True)
            missed = missed or "TOO SLOW" in line
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
