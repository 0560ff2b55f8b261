"""Commands whose caller has closed standard streams: no traceback, and no file takes the place of a stream."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("words", ["--version", "generations"])
def test_a_command_runs_with_closed_streams(closed: str, words: str, tmp_path: Path) -> None:
    line = f'exec "$0" -m home_manager {words} {closed}'
    environment = {**os.environ, "HOME": str(tmp_path)}
    done = subprocess.run(["sh", "-c", line, sys.executable], capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_is_opened_later_is_no_stream(tmp_path: Path) -> None:
    code = (
        "import os, subprocess, sys; from home_manager.cli import main; main(['--version']); "
        f"kept = open({str(tmp_path / 'kept')!r}, 'w'); subprocess.run(['echo', 'said']); assert kept.fileno() > 2"
    )
    line = 'exec "$0" -c "$1" >&-'
    done = subprocess.run(["sh", "-c", line, sys.executable, code], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "kept").read_text() == ""
