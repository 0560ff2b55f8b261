"""How the process of a command ends: at once, but not before everything is said and done."""

from __future__ import annotations

import os
import subprocess
import sys

START = "import atexit, sys; from home_manager.cli import end; "


def ended(code: str, **streams: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", START + code]
    given: dict[str, object] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.run(command, check=False, **given)  # type: ignore[call-overload, no-any-return]


def test_what_was_printed_arrives_and_the_status_is_kept() -> None:
    done = ended("print('x' * 100_000); sys.stderr.write('said'); end(3)")
    assert (done.returncode, len(done.stdout), done.stderr) == (3, 100_001, b"said")


def test_who_asked_to_be_called_at_the_end_is_called() -> None:
    assert ended("atexit.register(print, 'last'); print('first'); end(0)").stdout == b"first\nlast\n"


def test_objects_are_not_taken_apart() -> None:
    code = "Kept = type('Kept', (), {'__del__': lambda self: print('taken apart')}); kept = Kept(); "
    assert ended(f"{code}end(0)").stdout == b""
    assert ended(code).stdout == b"taken apart\n"


def test_output_that_cannot_be_written_is_not_forgotten() -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        done = ended("print('lost'); end(0)", stdout=full)
    finally:
        os.close(full)
    assert done.returncode != 0
    assert b"No space left" in done.stderr


def test_temporary_folders_are_gone() -> None:
    done = ended("import tempfile; kept = tempfile.TemporaryDirectory(); print(kept.name); end(0)")
    assert not os.path.exists(done.stdout.decode().strip())
