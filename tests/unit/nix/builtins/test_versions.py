"""Versions: order, parts, and names of packages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home_manager.nix.builtins.version_numbers import compare_versions, components, parse_name

VERSIONS = st.text(alphabet="0129ab.-pre", max_size=10)


@pytest.mark.parametrize(
    ("left", "right", "order"),
    [
        ("1.0", "2.3", -1),
        ("2.1", "2.3", -1),
        ("2.3", "2.3", 0),
        ("2.5", "2.3", 1),
        ("3.1", "2.3", 1),
        ("2.3.1", "2.3", 1),
        ("2.3.1", "2.3a", 1),
        ("2.3pre1", "2.3", -1),
        ("2.3pre3", "2.3pre12", -1),
        ("2.3a", "2.3c", -1),
        ("2.3pre1", "2.3c", -1),
        ("2.3pre1", "2.3q", -1),
        ("1.01", "1.1", 0),
    ],
)
def test_order(left: str, right: str, order: int) -> None:
    assert compare_versions(left, right) == order


@given(VERSIONS, VERSIONS)
def test_order_is_antisymmetric(left: str, right: str) -> None:
    assert compare_versions(left, right) == -compare_versions(right, left)


@given(VERSIONS)
def test_a_version_equals_itself(version: str) -> None:
    assert compare_versions(version, version) == 0


def test_components() -> None:
    assert components("1.2.3a-rc4..") == ["1", "2", "3", "a", "rc", "4"]


@pytest.mark.parametrize(
    ("text", "name", "version"),
    [
        ("nix-0.12pre12876", "nix", "0.12pre12876"),
        ("hello-world-1.2", "hello-world", "1.2"),
        ("a-b-c", "a-b-c", ""),
        ("x-", "x-", ""),
        ("x--1", "x", "-1"),
    ],
)
def test_names(text: str, name: str, version: str) -> None:
    assert parse_name(text) == (name, version)
