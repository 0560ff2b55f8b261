"""A switch that changes nothing, beside the same links made by `cp -rs` and a Python that does nothing.

With `HOME_MANAGER_BENCH_NIX`, a shell command by which real Nix evaluates the same example with the original's modules,
its time is taken in the same run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.clock import in_turns, once
from bench.startup import PROGRAM

ALLOWED = 0.3
"""Seconds that a switch of the minimal example may take when nothing changes."""
EXAMPLE = Path(__file__).parent.parent / "examples" / "minimal" / "home.nix"
HOME = "home/alice"
NIX = os.environ.get("HOME_MANAGER_BENCH_NIX", "")


def lines() -> Iterator[str]:
    """The report."""
    scratch = Path(tempfile.mkdtemp(prefix="home-manager-bench-"))
    try:
        root = scratch / "root"
        root.mkdir()
        environment = {**os.environ, "HOME": str(scratch), "XDG_CACHE_HOME": _cache()}
        switch = [PROGRAM, "--root", str(root), "switch", "-f", str(EXAMPLE)]
        first = once(switch, environment)
        files = root / HOME / ".local/state/home-manager/profiles/home-manager/home-files"
        copied = scratch / "copied"
        peer = ["sh", "-c", 'rm -rf "$1" && cp -rs "$0" "$1"', os.path.realpath(files), str(copied)]
        commands = {"nothing": [sys.executable, "-c", "pass"], "switch": switch, "cp": peer}
        if NIX:
            commands["nix"] = ["sh", "-c", NIX]
        timings = in_turns(commands, rounds=10, environment=environment)
    finally:
        subprocess.run(["chmod", "-R", "u+w", str(scratch)], check=False)
        shutil.rmtree(scratch)
    again = timings["switch"].median
    verdict = "ok" if again <= ALLOWED else "TOO SLOW"
    yield f"switch   first, minimal example    {first * 1000:7.1f} ms  (packages from the cache where it has them)"
    yield (
        f"switch   again, nothing changes    {again * 1000:7.1f} ms"
        f"  {again / timings['nothing'].median:5.2f} × bare Python, {again / timings['cp'].median:5.2f} × cp -rs"
        f"  {verdict}"
    )
    if "nix" in timings:
        theirs = timings["nix"].median
        yield f"switch   real Nix only evaluating {theirs * 1000:7.1f} ms  ours, all of it: {again / theirs:5.2f} × that"


def _cache() -> str:
    """The user's own cache, so that a benchmark does not download what is already there."""
    return os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
