"""Dates and times of TOML, with the feature that gives them a value, and without."""

from __future__ import annotations

import pytest

from home_manager.diagnostics import Failure
from home_manager.nix.builtins.toml import parse_toml


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1987-07-05", "1987-07-05"),
        ("17:45:00", "17:45:00"),
        ("1987-07-05 17:45:00", "1987-07-05T17:45:00"),
        ("1987-07-05t17:45:00.25z", "1987-07-05T17:45:00.250Z"),
        ("1987-07-05T17:45:00.1234+02:30", "1987-07-05T17:45:00.123400+02:30"),
        ("1987-07-05T17:45:00.1234567-01:00", "1987-07-05T17:45:00.123456700-01:00"),
        ("1987-07-05T17:45:00.123456000", "1987-07-05T17:45:00.123456"),
        ("17:45:00.9876543219", "17:45:00.987654321"),
    ],
)
def test_a_time_is_a_set_with_its_text(written: str, value: str) -> None:
    assert parse_toml(f"t = {written}", timestamps=True) == {"t": {"_type": "timestamp", "value": value}}
    with pytest.raises(Failure, match="Dates and times are not supported"):
        parse_toml(f"t = {written}")


def test_what_looks_like_a_fine_time_inside_of_a_string_stays() -> None:
    text = "a = \"17:45:00.9876543219\" # 17:45:00.1111111\nb = '''\n17:45:00.9876543'''\nc = 17:45:00.0000001"
    assert parse_toml(text, timestamps=True) == {
        "a": "17:45:00.9876543219",
        "b": "17:45:00.9876543",
        "c": {"_type": "timestamp", "value": "17:45:00.000000100"},
    }


def test_an_impossible_time_is_refused() -> None:
    with pytest.raises(Failure, match="while parsing TOML"):
        parse_toml("t = 25:45:00.1234567", timestamps=True)
