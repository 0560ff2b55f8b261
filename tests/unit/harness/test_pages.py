"""Pages that are made from cases are as their cases say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_page_of_errors_is_made_from_the_cases() -> None:
    done = subprocess.run([sys.executable, str(ROOT / "tools" / "errors_page.py"), "--check"], check=False)
    assert done.returncode == 0, "run `make errors-page`"


def test_every_diagnostic_code_has_a_page_and_every_page_a_title() -> None:
    """A code is a word given to `failure(`, `refused(` or `Diagnostic(`; its page is how `explain` knows it."""
    import ast

    from home_manager.diagnostics.codes import codes, explanation

    used: dict[str, str] = {}
    for path in (ROOT / "src" / "home_manager").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Name):
                first = node.args[0]
                named = node.func.id in ("failure", "refused", "Diagnostic")
                if named and isinstance(first, ast.Constant) and isinstance(first.value, str):
                    used.setdefault(first.value, str(path.relative_to(ROOT)))
    missing = {code: place for code, place in used.items() if code not in codes()}
    assert not missing
    assert all(explanation(code).title and explanation(code).body for code in codes())
