"""What differs between two homes: contents of files however they are made, and versions of packages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home_manager.home.compare_homes import LARGEST, Side, package_changes, split_name
from home_manager.manifest import PackageEntry


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("hello-2.10", ("hello", "2.10")),
        ("hello", ("hello", "")),
        ("a-b-1-2", ("a-b", "1-2")),
        ("home-manager", ("home-manager", "")),
        ("x-", ("x-", "")),
        ("gtk+3-3.24", ("gtk+3", "3.24")),
    ],
)
def test_names_are_taken_apart_as_nix_does(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


def test_packages_come_go_and_change() -> None:
    before = [PackageEntry("a-1", "/s/a1"), PackageEntry("b-1", "/s/b1"), PackageEntry("same-1", "/s/same")]
    after = [PackageEntry("a-2", "/s/a2"), PackageEntry("c", "/s/c"), PackageEntry("same-1", "/s/same")]
    found = [(each.name, each.kind, each.before, each.after) for each in package_changes(before, after)]
    assert found == [("a", "changed", "1", "2"), ("b", "removed", "1", None), ("c", "added", None, "")]


names = st.lists(st.sampled_from(["a-1", "a-2", "b-1", "c"]), max_size=6)


@given(names, names)
def test_a_change_there_and_back_are_mirrored(one: list[str], other: list[str]) -> None:
    first, second = ([PackageEntry(name, f"/s/{name}") for name in each] for each in (one, other))
    there, back = package_changes(first, second), package_changes(second, first)
    assert [(c.name, c.before, c.after) for c in there] == [(c.name, c.after, c.before) for c in back]
    assert not package_changes(first, first)


def test_sides_are_the_same_by_content_and_executable_bit(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("x")
    other.write_text("x")
    assert Side.at(str(one)).same(Side.at(str(other)))
    assert Side.at(str(one)).same(Side.of(b"x"))
    other.chmod(0o755)
    assert not Side.at(str(one)).same(Side.at(str(other)))
    assert Side.at(str(one), executable=True).same(Side.at(str(other)))
    assert Side.at(str(tmp_path / "none")).same(Side("missing"))
    assert not Side("unknown").same(Side("unknown")), "nobody knows that"


def test_what_is_no_file_is_not_read_and_what_is_large_not_kept(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    assert Side.at(str(tmp_path / "fifo")).kind == "other"
    (tmp_path / "large").write_bytes(b"x" * (LARGEST + 1))
    side = Side.at(str(tmp_path / "large"))
    assert side.data is None and side.size == LARGEST + 1
    (tmp_path / "link").symlink_to("large")
    assert side.same(Side.at(str(tmp_path / "link")))
    (tmp_path / "copy").write_bytes(b"x" * LARGEST + b"y")
    assert not side.same(Side.at(str(tmp_path / "copy")))
    assert Side.at(str(tmp_path)).kind == "directory"
