"""Points in time: as GNU date reads them, and the plain forms where there is none."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from home_manager.cli.moments import moment, plain_moment
from home_manager.diagnostics import Failure

NOW = 1_700_000_000.0
DAY = 86400


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("now", NOW),
        ("@12.5", 12.5),
        ("-30 days", NOW - 30 * DAY),
        ("30 days ago", NOW - 30 * DAY),
        ("-1 day", NOW - DAY),
        ("+2 Weeks", NOW + 14 * DAY),
        ("2hours ago", NOW - 7200),
        ("2020-01-02", time.mktime((2020, 1, 2, 0, 0, 0, 0, 0, -1))),
        ("2020-01-02 03:04", time.mktime((2020, 1, 2, 3, 4, 0, 0, 0, -1))),
        ("2020-13-02", None),
        ("3 months", None),
        ("", None),
        ("thirty days", None),
    ],
)
def test_plain_forms(text: str, found: float | None) -> None:
    assert plain_moment(text, NOW) == found


def test_without_a_date_program_the_plain_forms_are_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert moment("2020-01-02") == plain_moment("2020-01-02", NOW)
    assert abs(moment("-2 days") - (time.time() - 2 * DAY)) < 60


def test_nonsense_and_nothing_are_refused() -> None:
    for text in ("thirty days", "", " ", "2020-13-40"):
        with pytest.raises(Failure) as caught:
            moment(text)
        assert caught.value.diagnostic.code == "date-invalid"


def test_the_machine_knows_more() -> None:
    try:
        found = moment("1 month ago")
    except Failure:
        pytest.skip("the date of this machine is not that of GNU")
    assert time.time() - 32 * DAY < found < time.time() - 27 * DAY
