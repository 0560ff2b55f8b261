"""What the tests of broken-off switches share with those of activation: homes made on the spot."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from home_manager.store.removal import remove_tree

HERE = Path(__file__).parent
for folder in (HERE, HERE.parent / "unit/activation"):
    sys.path.insert(0, str(folder))

MEMORY = "/dev/shm"


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A scratch directory, in memory where that is possible: these tests make and remove thousands of files."""
    usable = os.path.isdir(MEMORY) and os.access(MEMORY, os.W_OK | os.X_OK)
    directory = tempfile.mkdtemp(prefix="hm-crash-", dir=MEMORY if usable else None)
    try:
        yield Path(directory)
    finally:
        remove_tree(directory)
