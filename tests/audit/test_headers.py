"""Modules begin alike: with one line that brings the module language."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

MODULES = Path(__file__).parents[2] / "src" / "home_manager" / "modules"
TABLES = {"__init__.py", "upstream_paths.py", "owed_sinks.py"}
"""Files of the package itself that are no modules."""
SOURCES = [path for path in sorted(MODULES.rglob("*.py")) if path.parent != MODULES or path.name not in TABLES]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(MODULES).as_posix())
def test_a_module_begins_with_one_line(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    from_authoring = [
        node
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("home_manager.authoring", "__future__"))
    ]
    spelled = [ast.unparse(node) for node in from_authoring]
    assert spelled in ([], ["from home_manager.authoring import *"])
    returns = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and _is_any(node.returns)]
    assert returns == [], "no signature says Any"


def _is_any(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Name) and node.id == "Any"
