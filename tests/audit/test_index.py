"""The index of the modules says what the module files say."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.conftest import CATALOGUE
from home_manager.authoring.catalogue import dump
from home_manager.modules import INDEX, NAMES, catalogue, stamp


@pytest.mark.skipif(not Path(INDEX).exists(), reason="without an index the module files themselves are read")
def test_the_index_is_up_to_date() -> None:
    assert Path(INDEX).read_text("utf-8") == dump(CATALOGUE, stamp()), "run tools/module_index.py"
    assert Path(NAMES).read_text("utf-8").splitlines() == list(CATALOGUE.option_names()), "run tools/module_index.py"


def test_what_is_indexed_is_found_without_importing() -> None:
    modules = catalogue()
    assert [entry.module for entry in modules.entries] == [entry.module for entry in CATALOGUE.entries]


def test_no_two_files_declare_the_same_plain_option() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for entry in CATALOGUE.entries:
        for mount in entry.mounts:
            if "*" not in mount:
                assert mount not in seen, f"{'.'.join(mount)} is declared in {seen[mount]} and {entry.module}"
                seen[mount] = entry.module
