"""The index of the modules says what the module files say."""

from __future__ import annotations

from pathlib import Path

from audit.conftest import CATALOGUE
from home_manager.authoring.index import dump
from home_manager.modules import catalogue, indexed


def test_the_index_says_what_the_files_say(tmp_path: Path) -> None:
    index = indexed(str(tmp_path))
    index.write(CATALOGUE, None)
    assert dump(index.catalogue(), None) == dump(CATALOGUE, None)
    assert list(index.catalogue().option_names()) == list(CATALOGUE.option_names())


def test_the_modules_in_use_are_those_of_the_files() -> None:
    assert [entry.module for entry in catalogue().entries] == [entry.module for entry in CATALOGUE.entries]


def test_no_two_files_declare_the_same_plain_option() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for entry in CATALOGUE.entries:
        for mount in entry.mounts:
            if "*" not in mount:
                assert mount not in seen, f"{'.'.join(mount)} is declared in {seen[mount]} and {entry.module}"
                seen[mount] = entry.module
