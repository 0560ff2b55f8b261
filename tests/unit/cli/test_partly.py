"""Exit status 4: the new generation is in use, and what did not come about is named."""

from __future__ import annotations

import io
from argparse import Namespace
from collections.abc import Callable

import pytest

from home_manager.activation import PartlyUndone, Report
from home_manager.cli import exits
from home_manager.cli.switch import conclude
from home_manager.cli.terminal import Terminal
from home_manager.diagnostics import Diagnostic


class Session:
    """As much of a session as is looked at."""

    class profile:
        current = None


def end(activate: Callable[[], Report]) -> tuple[int, str]:
    said = io.StringIO()
    terminal = Terminal(out=io.StringIO(), err=said)
    return conclude(Session, activate, Namespace(dry_run=False), terminal), said.getvalue()  # type: ignore[arg-type]


def test_services_that_fail_are_named() -> None:
    status, said = end(lambda: Report(generation=3, new=True, incomplete=("`systemctl --user start x` failed: no",)))
    assert status == exits.PARTLY == 4
    assert "generation 3" in said and "warning: `systemctl --user start x` failed: no" in said


def test_what_could_not_be_taken_back_is_named() -> None:
    def fail() -> Report:
        raise PartlyUndone(Diagnostic("disk-full", "the disk is full", notes=("could not be taken back: `x`",)))

    status, said = end(fail)
    assert status == exits.PARTLY
    assert "could not be taken back: `x`" in said


@pytest.mark.parametrize("report", [Report(), Report(notes=("a note",))])
def test_else_all_is_well(report: Report) -> None:
    assert end(lambda: report)[0] == exits.OK
