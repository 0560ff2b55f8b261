"""How a run ends: every kind of failure has its status and its words, and no traceback is ever shown."""

from __future__ import annotations

import errno
import io
import json
import os
from pathlib import Path

import pytest

from home_manager.cli import exits, explain, program
from home_manager.cli.progress import Progress, amount
from home_manager.cli.terminal import Terminal
from home_manager.diagnostics import failure


def ending(monkeypatch: pytest.MonkeyPatch, error: BaseException, *words: str) -> int:
    """The status of a command that raises."""

    def broken(arguments: object, terminal: object) -> int:
        raise error

    monkeypatch.setattr(explain, "run", broken)
    return program.run(["explain", *words])


def test_a_failure_is_shown_and_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ending(monkeypatch, failure("a-code", "it is wrong", hints=("do it right",))) == exits.FAILED
    assert capsys.readouterr().err == "error[a-code]: it is wrong\n  help: do it right\n"


def test_json_has_one_object_a_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    ending(monkeypatch, failure("a-code", "it is\nwrong"), "--message-format", "json")
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["message"] == "it is\nwrong"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_what_the_machine_refuses_is_no_bug(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: int
) -> None:
    assert ending(monkeypatch, OSError(number, os.strerror(number), "/x/y")) == exits.FAILED
    assert capsys.readouterr().err == f"error[machine-error]: `/x/y`: {os.strerror(number).lower()}\n"


@pytest.mark.parametrize("error", [ValueError("inner"), OSError(errno.EINVAL, "inner"), RecursionError("inner")])
def test_a_bug_is_called_one_and_leaves_a_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, error: Exception
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert ending(monkeypatch, error) == exits.BUG
    said = capsys.readouterr().err
    (file,) = (tmp_path / "home-manager").iterdir()
    assert "this is a bug" in said and str(file) in said and "Traceback" not in said
    assert "Traceback" in file.read_text() and "inner" in file.read_text()


def test_an_interruption_ends_with_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert ending(monkeypatch, KeyboardInterrupt()) == exits.INTERRUPTED
    assert capsys.readouterr().err == "interrupted\n"


def test_colour_is_for_terminals_unless_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.run(["explain", "no-such-code"]) == exits.FAILED
    assert "\x1b[" not in capsys.readouterr().err
    assert program.run(["explain", "no-such-code", "--color", "always"]) == exits.FAILED
    assert "\x1b[" in capsys.readouterr().err


def test_progress_without_a_terminal_is_a_line_a_stage() -> None:
    stream = io.StringIO()
    progress = Progress(stream, moving=False, colour=False)
    progress.stage("fetching")
    progress.advance(1, 10)
    progress.stage("linking")
    progress.finish()
    assert stream.getvalue() == "Fetching\nLinking\n"


def test_progress_on_a_terminal_moves_and_leaves_the_stages() -> None:
    stream = io.StringIO()
    progress = Progress(stream, moving=True, colour=False)
    progress.stage("fetching")
    progress.advance(500, 1000, "B", "jq")
    progress.finish()
    last = stream.getvalue().split("\r\x1b[K")
    assert last[-1] == "✓ Fetching\n"
    assert any("500 B of 1.0 kB  jq" in line for line in last)


def test_what_is_said_does_not_tear_the_moving_line() -> None:
    err, out = io.StringIO(), io.StringIO()
    terminal = Terminal(out=out, err=err)
    terminal._progress = Progress(err, moving=True, colour=False)
    terminal.progress().stage("fetching")
    terminal.tell("a note")
    assert err.getvalue().endswith("\r\x1b[Ka note\n")


@pytest.mark.parametrize(
    ("count", "unit", "text"), [(7, "", "7"), (999, "B", "999 B"), (1500, "B", "1.5 kB"), (12_300_000, "B", "12.3 MB")]
)
def test_amounts(count: int, unit: str, text: str) -> None:
    assert amount(count, unit) == text
