"""The wheel whose evaluator is machine code passes the tests of the language."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.slow
def test_the_compiled_evaluator_speaks_the_language(tmp_path: Path) -> None:
    if not any(shutil.which(name) for name in (os.environ.get("CC", "cc").split()[0], "gcc", "clang")):
        pytest.skip("there is no C compiler")
    pytest.importorskip("mypyc", reason="mypyc, which comes with mypy, is not installed")
    unpacked = tmp_path / "unpacked"
    built = subprocess.run(
        [ROOT / "tools" / "compiled", sys.executable, unpacked], capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "PYTEST_ADDOPTS": ""}
    where = "import home_manager.nix.ast.base as base; print(base.__file__)"
    file = subprocess.run([sys.executable, "-c", where], capture_output=True, text=True, env=environment, check=True)
    assert file.stdout.startswith(str(unpacked)) and file.stdout.strip().endswith((".so", ".pyd"))
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-m", "not slow", "tests/lang", "tests/unit/nix"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert tested.returncode == 0, tested.stdout[-4000:]
