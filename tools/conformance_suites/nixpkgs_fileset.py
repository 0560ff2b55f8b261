"""The checks of nixpkgs' `lib/fileset/tests.sh`, run by bash with our `nix-instantiate` and our `lib`.

The script looks at what its sources have become in the store, so there is one: a scratch store, written for real. Where
the script would stop at its first miss, it says so and goes on.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

SCRIPT = "fileset/tests.sh"
_DIE = "die() {\n"
_GOES_ON = r"""die() {
    lineIndex=$(( ${#BASH_LINENO[@]} - 2 ))
    printf '%s: %b\0' "${BASH_LINENO[$lineIndex]}" "$*" >> "$MISSES"
    return 0
}
# Only what the script itself calls, not what its functions do.
trap 'case $BASH_COMMAND in expect[A-Z]*|check[A-Z]*|storePath*=\$\(expect*) echo >> "$CALLS" ;; esac' DEBUG
died() {
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many checks ran, and the lines of those that missed, with what was said."""

    checks: int
    misses: tuple[tuple[int, str], ...]
    status: int
    said: str


def outcome(lib: Path) -> Outcome:
    """Runs the script."""
    from conformance_suites import warm

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        store, calls, misses = folder / "store", folder / "calls", folder / "misses"
        store.mkdir()
        calls.touch()
        misses.touch()
        text = (lib / SCRIPT).read_text("utf-8")
        if _DIE not in text:
            raise SystemExit(f"{SCRIPT} has no function `die` where it is expected")
        script = folder / "tests.sh"
        script.write_text(text.replace(_DIE, _GOES_ON, 1), "utf-8")
        environment = {
            **os.environ,
            "CALLS": str(calls),
            "CONFORMANCE_LIB": str(lib),
            "CONFORMANCE_STORE": str(store),
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "protocol.file.allow",
            "GIT_CONFIG_VALUE_0": "always",
            "HOME": str(folder),
            "MISSES": str(misses),
            "PATH": f"{folder}:{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry),
            "TEST_LIB": str(lib),
        }
        with warm.program(folder, environment):
            done = subprocess.run(
                ["bash", str(script)],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
        make_writable(store)
        found = [part.partition(": ") for part in misses.read_text("utf-8").split("\0") if part]
        shift = _GOES_ON.count("\n") - _DIE.count("\n")
        by_line = {int(line) - shift: said for line, _, said in found}
        return Outcome(
            calls.read_text("utf-8").count("\n"), tuple(sorted(by_line.items())), done.returncode, done.stdout
        )


def make_writable(store: Path) -> None:
    """Lets a scratch store be removed."""
    for path in [store, *store.rglob("*")]:
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
