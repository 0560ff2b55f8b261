"""What belongs to a mail account and would break the files of programs for mail."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.casefile import Case, Section, lay_out
from harness.outcome import configuration_file, outcome
from home_manager.diagnostics import Failure, Failures

ACCOUNT = """\
{{
  programs.msmtp.enable = true;
  accounts.email.accounts.work = {{
    primary = true;
    address = "alice@work.example";
    realName = "Alice";
    userName = "{userName}";
    smtp.host = "{host}";
    msmtp.enable = true;
  }};
}}
"""


def made(tmp_path: Path, **changed: str) -> None:
    values = {"userName": "alice", "host": "smtp.work.example", **changed}
    case = Case("", (Section("module", "home.nix", ACCOUNT.format_map(values)),))
    (tmp_path / "inputs").mkdir()
    lay_out(case, tmp_path / "inputs")
    outcome(configuration_file(case, tmp_path / "inputs"), tmp_path)


@pytest.mark.parametrize(("name", "field"), [("userName", "userName"), ("smtp.host", "host")])
def test_a_text_of_several_lines_is_refused_with_its_place(tmp_path: Path, name: str, field: str) -> None:
    with pytest.raises((Failure, Failures)) as caught:
        made(tmp_path, **{field: "one\\nlogfile /tmp/x"})
    assert f"accounts.email.accounts.work.{name}` has several lines" in str(caught.value)


def test_one_line_is_fine(tmp_path: Path) -> None:
    made(tmp_path)
