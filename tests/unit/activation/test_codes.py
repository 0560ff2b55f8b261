"""Every code of the store, the manifest and activation has its page."""

from __future__ import annotations

import re
from pathlib import Path

import home_manager
from home_manager.diagnostics.codes import codes


def test_every_code_is_explained() -> None:
    top = Path(home_manager.__file__).parent
    used = set()
    for package in ("store", "manifest", "activation"):
        for file in (top / package).rglob("*.py"):
            used |= set(re.findall(r'(?:failure|Diagnostic|_mismatch)\(\s*"([a-z-]+)"', file.read_text()))
    assert len(used) > 30
    assert used <= set(codes())
