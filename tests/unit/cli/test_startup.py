"""What starting costs: the modules that a cheap command may import."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    "urllib3",
    "lzma",
    "tarfile",
    "asyncio",
    "tomllib",
    "inspect",
    "typing_extensions",
    "pysequoia",
    "ssl",
    "email",
)
"""What must only be imported by the function that uses it."""


def imported(*words: str) -> set[str]:
    """The modules that a command line imports, by their full names."""
    code = "import sys; from home_manager.cli import main; status = main(sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", code, *words], capture_output=True, text=True, check=False
    )
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip() for line in lines}


def test_the_version_needs_nothing_of_the_program() -> None:
    ours = {name for name in imported("--version") if name.startswith("home_manager")}
    assert ours == {"home_manager", "home_manager.cli"}


@pytest.mark.parametrize("words", [("--help",), ("explain", "no-configuration"), ("generations",)])
def test_a_cheap_command_imports_nothing_heavy(words: tuple[str, ...]) -> None:
    bare = imported()  # the interpreter may import some by itself (site packages)
    assert not {name for name in imported(*words) - bare if name.split(".")[0] in HEAVY}
    assert not {name for name in imported("--help") if name.startswith(("home_manager.nix", "home_manager.modules"))}
