"""`.case` files as pytest tests; the folder below `tests` says what kind of case it is."""

from __future__ import annotations

import difflib
import shutil
import tempfile
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from harness import casefile
from harness.casefile import Case, Section
from harness.transcript import may_mount, transcript
from home_manager.diagnostics import Failure
from home_manager.diagnostics.render import render_text


class Mismatch(AssertionError):
    """What was expected and what came differ; the text shows where."""


class CaseItem(pytest.Item):
    """A case: lays out its inputs, finds what comes of them, compares or writes the expectations."""

    expected: tuple[str, ...] = ()
    """The kinds of sections that hold expectations; all others are inputs."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        if self.path.with_suffix("").name.endswith("-slow"):
            self.add_marker(pytest.mark.slow)

    def actual(self, case: Case, scratch: Path) -> Iterable[Section]:
        """The sections that describe what came."""
        raise NotImplementedError

    def runtest(self) -> None:
        case = casefile.read(self.path)
        scratch = Path(tempfile.mkdtemp(prefix="home-manager-case-")).resolve()
        try:
            (scratch / "inputs").mkdir()
            casefile.lay_out(case, scratch / "inputs")
            came = case.with_expectations(self.expected, self.actual(case, scratch))
        finally:
            _remove(scratch)
        wanted, got = str(case.with_expectations(self.expected, case.of(*self.expected))), str(came)
        if wanted == got:
            return
        if self.config.getoption("--update-goldens"):
            self.path.write_text(got, encoding="utf-8")
            return
        lines = difflib.unified_diff(wanted.splitlines(), got.splitlines(), "expected", "came", lineterm="", n=4)
        raise Mismatch("\n".join(lines))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        if isinstance(excinfo.value, AssertionError):
            return f"{self.path}\n{excinfo.value}\n(`pytest --update-goldens {self.path.name}` accepts what came)"
        if isinstance(excinfo.value, Failure):
            where = "".join(traceback.format_exception(excinfo.value, limit=-6))
            return f"{self.path}\n{render_text(excinfo.value.finished())}\n{where}"
        return str(super().repr_failure(excinfo, style))

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, self.name


class SessionItem(CaseItem):
    """tests/cli: commands, and what they print and leave behind."""

    expected = ("session",)

    def actual(self, case: Case, scratch: Path) -> Iterable[Section]:
        (scratch / "root").mkdir()
        if "own mounts" in {flag for section in case.of("session") for flag in section.flags} and not may_mount():
            pytest.skip("this machine lets nobody but root mount, not even in a namespace of its own")
        for section in case.of("session"):
            yield Section("session", section.argument, transcript(section.body, scratch), section.flags)


class ErrorItem(CaseItem):
    """tests/errors: a configuration, and the diagnostic that it ends in."""

    expected = ("error",)

    def actual(self, case: Case, scratch: Path) -> Iterable[Section]:
        from harness.outcome import diagnostic_text

        yield Section("error", body=diagnostic_text(case, scratch))


class ConfigurationItem(CaseItem):
    """tests/cases: a configuration, and everything that it makes beyond what an empty one does."""

    expected = ("file", "absent", "object", "packages", "variables", "steps", "step", "warnings")

    def actual(self, case: Case, scratch: Path) -> Iterable[Section]:
        from harness.outcome import configuration_sections

        return list(configuration_sections(case, scratch))


KINDS: dict[str, type[CaseItem]] = {"cases": ConfigurationItem, "errors": ErrorItem, "cli": SessionItem}


class CaseFile(pytest.File):
    """A `.case` file, which is one test."""

    def collect(self) -> Iterable[pytest.Item]:
        kind = KINDS[self.path.relative_to(Path(__file__).parents[1]).parts[0]]
        yield kind.from_parent(self, name=self.path.stem)


def _remove(scratch: Path) -> None:
    """Removes a scratch folder, which may hold a read-only store."""
    for directory in [scratch, *(path for path in scratch.rglob("*") if path.is_dir() and not path.is_symlink())]:
        directory.chmod(0o755)
    shutil.rmtree(scratch)
