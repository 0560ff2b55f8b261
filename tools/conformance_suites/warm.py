"""A warm `nix-instantiate` for the scripts of a suite: started once, it forks for every call that they make."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from conformance_suites import instantiate
from home_manager.cli import warm, warm_client


@contextmanager
def program(folder: Path, environment: dict[str, str]) -> Iterator[Path]:
    """A `nix-instantiate` in the folder (which nobody else may enter), for as long as the block runs."""
    socket = folder / "socket"
    found = folder / "nix-instantiate"
    words = [sys.executable, "-I", "-S", str(Path(warm_client.__file__).resolve()), str(socket)]
    found.write_text("#!/bin/sh\nexec " + " ".join(f"'{word}'" for word in words) + ' "$@"\n', "utf-8")
    found.chmod(0o755)
    server = subprocess.Popen(
        [sys.executable, "-m", "conformance_suites.warm", str(socket)], env=environment, stdin=subprocess.DEVNULL
    )
    try:
        while not socket.exists():
            if server.poll() is not None:
                raise SystemExit("the warm server does not start")
            time.sleep(0.01)
        yield found
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    """Serves; one evaluation beforehand brings everything in that the next ones need."""
    lib = Path(os.environ["CONFORMANCE_LIB"])
    evaluator = instantiate.EvaluatorWithLib(lib, theirs=False)
    arguments = instantiate.parsed(["-E", f"(import {lib}).version", "--json"])
    instantiate.nix.with_deep_stack(lambda: instantiate.evaluated(evaluator, arguments, "/"))
    warm.serve(sys.argv[1], instantiate.main, idle=600)


if __name__ == "__main__":
    main()
