"""The files of the original that modules stand for are there: they decide the order of definitions."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from audit.conftest import CATALOGUE, short

UPSTREAM = os.environ.get("HM_UPSTREAM", "")


@pytest.mark.skipif(not UPSTREAM, reason="HM_UPSTREAM does not name the original")
def test_every_position_is_a_file_of_the_original() -> None:
    modules = Path(UPSTREAM) / "modules"
    missing = [
        f"{short(entry)}: {entry.position}"
        for entry in CATALOGUE.entries
        if not entry.position.startswith("nixos/")
        and not any((modules / name).exists() for name in (entry.position, f"{entry.position[:-4]}/default.nix"))
    ]
    assert missing == []
