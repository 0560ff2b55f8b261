"""The generators of nixpkgs' and Home Manager's libraries: our renderers give what real Nix gave for the same values.

`recorded.json` holds one case a line: renderer, options, value, and the result of the library's function in Nix 2.34.
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import pytest

CASES = json.loads((Path(__file__).parent / "recorded.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['format']}-{case['function']}")
def test_like_nix(case: dict[str, Any]) -> None:
    module = importlib.import_module(f"home_manager.formats.{case['format']}")
    assert getattr(module, case["function"])(case["value"], **case.get("options", {})) == case["expected"]
