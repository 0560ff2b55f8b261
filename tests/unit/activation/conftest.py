"""The scratch home of the activation tests."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from home_manager.store.removal import remove_tree

sys.path.insert(0, str(Path(__file__).parent))

from homes import Home

MEMORY = "/dev/shm"


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A scratch directory, in memory where that is possible: these tests make and remove thousands of links."""
    usable = os.path.isdir(MEMORY) and os.access(MEMORY, os.W_OK | os.X_OK)
    directory = tempfile.mkdtemp(prefix="hm-test-", dir=MEMORY if usable else None)
    try:
        yield Path(directory)
    finally:
        remove_tree(directory)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)
