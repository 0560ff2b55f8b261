"""Uninstalling asks first, on a terminal; the answer counts."""

from __future__ import annotations

import io
import sys

import pytest

from home_manager.cli.arguments import UsageError
from home_manager.cli.terminal import Terminal
from home_manager.cli.uninstall import _confirmed


class Typed(io.StringIO):
    """What a user types, and the screen."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("answer", "goes_on"), [("y\n", True), ("Y\n", True), ("n\n", False), ("\n", False), ("", False)]
)
def test_only_yes_goes_on(monkeypatch: pytest.MonkeyPatch, answer: str, goes_on: bool) -> None:
    monkeypatch.setattr(sys, "stdin", Typed(answer))
    screen = Typed()
    assert _confirmed(Terminal(color="never", out=Typed(), err=screen)) is goes_on
    assert "Really uninstall" in screen.getvalue()


@pytest.mark.parametrize(("piped", "goes_on"), [("y\n" * 3, True), ("yes\n", True), ("n\n", False), ("what\n", False)])
def test_a_pipe_may_answer(monkeypatch: pytest.MonkeyPatch, piped: str, goes_on: bool) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(piped))
    assert _confirmed(Terminal(out=io.StringIO(), err=io.StringIO())) is goes_on


def test_where_nobody_can_answer_it_is_a_wrong_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    with pytest.raises(UsageError):
        _confirmed(Terminal(out=io.StringIO(), err=io.StringIO()))
