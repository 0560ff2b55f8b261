"""Start-up: `home-manager --version` beside a Python that does nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from bench.clock import in_turns

PROGRAM = str(Path(sys.executable).with_name("home-manager"))
ALLOWED = 0.040
"""Seconds that `--version` may take beyond `python3 -c pass`."""


def lines() -> Iterator[str]:
    """The report."""
    timings = in_turns(
        {
            "nothing": [sys.executable, "-c", "pass"],
            "version": [PROGRAM, "--version"],
            "help": [PROGRAM, "--help"],
        },
        rounds=20,
    )
    bare = timings["nothing"].median
    yield f"startup  python3 -c pass          {bare * 1000:7.1f} ms"
    for name in ("version", "help"):
        beyond = timings[name].median - bare
        verdict = "" if name != "version" else ("  ok" if beyond <= ALLOWED else "  TOO SLOW")
        yield (
            f"startup  home-manager --{name:<9}{timings[name].median * 1000:7.1f} ms"
            f"  {timings[name].median / bare:5.2f} × bare, {beyond * 1000:+.1f} ms{verdict}"
        )
