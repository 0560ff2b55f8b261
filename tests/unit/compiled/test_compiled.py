"""The wheel whose evaluator is machine code passes the tests of the language, of options, of lib, and of whole homes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TESTS = (
    ("tests/lang", "tests/unit/nix", "tests/unit/lib"),
    ("tests/unit/options",),
    ("tests/cases/programs/git", "tests/cases/programs/bash", "tests/errors"),
)
"""What evaluates, from the language to messages: classes that are compiled differ where Python ones derive from them."""


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment in which Python finds a compiled build."""
    if not any(shutil.which(name) for name in (os.environ.get("CC", "cc").split()[0], "gcc", "clang")):
        pytest.skip("there is no C compiler")
    pytest.importorskip("mypyc", reason="mypyc, which comes with mypy, is not installed")
    unpacked = tmp_path_factory.mktemp("compiled") / "unpacked"
    built = subprocess.run(
        [ROOT / "tools" / "compiled", sys.executable, unpacked], capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "PYTEST_ADDOPTS": ""}
    where = "import home_manager.nix.nodes.node as base; print(base.__file__)"
    file = subprocess.run([sys.executable, "-c", where], capture_output=True, text=True, env=environment, check=True)
    assert file.stdout.startswith(str(unpacked)) and file.stdout.strip().endswith((".so", ".pyd"))
    return environment


@pytest.mark.slow
@pytest.mark.parametrize("folders", TESTS, ids=lambda folders: folders[0].removeprefix("tests/"))
def test_the_compiled_evaluator_passes(compiled: dict[str, str], folders: tuple[str, ...]) -> None:
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-m", "not slow", *folders],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=compiled,
        check=False,
    )
    assert tested.returncode == 0, tested.stdout[-4000:]
