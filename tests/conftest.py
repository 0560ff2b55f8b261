"""Test collection: `.case` files beside ordinary tests, and the summary of programs that could not be asked."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings

from harness.items import KINDS, CaseFile
from harness.readers import missing_programs

settings.register_profile("busy", deadline=None)
settings.load_profile("busy")  # tests share the machine with others, so no example has a time limit

os.environ["LC_ALL"] = "C.UTF-8"  # expectations are in English, whatever the developer speaks
os.environ.pop("LANGUAGE", None)

TESTS = Path(__file__).parent
SHARED = TESTS.parent.parent / "shared"
"""Examples that lie beside the repository on the project's machines; tests pass without them."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write what came into the .case files that differ")


def pytest_configure(config: pytest.Config) -> None:
    """Compiles the catalogues of translations that git brought anew; they are built, not committed."""
    if hasattr(config, "workerinput"):
        return
    root = TESTS.parent
    texts = list(root.glob("src/home_manager/locale/*/LC_MESSAGES/*.po"))
    compiled = [text.with_suffix(".mo") for text in texts]
    if any(not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime for po, mo in zip(texts, compiled, strict=True)):
        subprocess.run([sys.executable, root / "tools" / "messages.py", "--compile"], check=True)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.suffix != ".case" or not file_path.is_relative_to(TESTS):
        return None
    if file_path.relative_to(TESTS).parts[0] not in KINDS:
        return None
    return CaseFile.from_parent(parent, path=file_path)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ.get("HOME_MANAGER_TEST_NETWORK"):
        return
    for item in items:
        if item.get_closest_marker("network"):
            item.add_marker(pytest.mark.skip(reason="set HOME_MANAGER_TEST_NETWORK=1 to let tests use the network"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The last lines: what was not tried, and why."""
    reasons = Counter(_reason(report) for report in terminalreporter.stats.get("skipped", ()))
    for reason, count in reasons.most_common():
        terminalreporter.write_line(f"skipped {count}: {reason}")
    lacking = missing_programs()
    if lacking:
        terminalreporter.write_line(f"not installed, so they read no generated file: {', '.join(lacking)}")


def _reason(report: pytest.TestReport) -> str:
    """Why a test was skipped; numbers and paths of one test alone are left out."""
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ").splitlines()[0]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared examples; a test that asks for it is skipped where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("there is no folder ../shared")
    return SHARED
