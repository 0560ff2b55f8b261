"""CONTRIBUTING.md is true: its recipes are carried out in a scratch copy, and the paths that it names exist."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
NAMES = {
    "a module": "samplenotes",
    "a command": "count-files",
    "a builtin of the language": "twice",
    "a provider of packages": "folders",
    "a diagnostic": "sample-refused",
    "a format": "spaced",
}
"""A name for what each recipe adds."""
RECIPES = dict(re.findall(r"^### (a .+?)\n(.*?)(?=^##)", PAGE, re.MULTILINE | re.DOTALL))
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's files, without what is built."""
    scratch = tmp_path_factory.mktemp("contributing") / "repository"
    skipped = shutil.ignore_patterns("__pycache__", ".*_cache", ".hypothesis", ".venv", ".git", "build", "dist")
    for name in ("src", "tests", "tools", "docs", "pyproject.toml", "setup.py", "CONTRIBUTING.md"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, scratch / name, ignore=skipped, symlinks=True)
        else:
            shutil.copy(source, scratch / name)
    return scratch


def run(copy: Path, line: str) -> subprocess.CompletedProcess[str]:
    """A line of the page, with this interpreter's pytest."""
    program, *words = line.split()
    words = [word.strip("'") for word in words]
    start = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"] if program == "pytest" else [program]
    command = [sys.executable, str(copy / program)] if program == "tools/new" else start
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(copy / "src"), "HOME": str(copy.parent)}
    done = subprocess.run([*command, *words], cwd=copy, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{line}\n{done.stdout[-3000:]}\n{done.stderr[-2000:]}"
    return done


def lines_of(recipe: str, name: str) -> list[str]:
    """The commands of a recipe: its indented lines."""
    return [line.strip().replace("NAME", name) for line in RECIPES[recipe].splitlines() if line.startswith("    ")]


def carry_out(copy: Path, recipe: str) -> None:
    """The lines of a recipe one after the other, and the files that its table names."""
    for line in lines_of(recipe, NAMES[recipe]):
        run(copy, line)
    paths_exist(copy, recipe)


def paths_exist(copy: Path, recipe: str) -> None:
    name = NAMES[recipe]
    for path in re.findall(r"^\| `([^`]+)` \|", RECIPES[recipe], re.MULTILINE):
        spellings = {path.replace("NAME", name), path.replace("NAME", name.replace("-", "_"))}
        assert any((copy / spelling).exists() for spelling in spellings), path


def test_every_recipe_is_known() -> None:
    assert set(RECIPES) == {*NAMES, "a language"}


def test_a_module(copy: Path) -> None:
    # The original has no such module: that is a deviation, which the page says where to write.
    deviations = copy / "tests/audit/deviations.toml"
    text = deviations.read_text()
    for option in ("enable", "package"):
        text = text.replace("[extra]\n", f'[extra]\n"programs.samplenotes.{option}" = "our own"\n')
    deviations.write_text(text)
    carry_out(copy, "a module")
    made = (copy / "tests/cases/programs/samplenotes/enabled.case").read_text()
    assert "::: packages\nsamplenotes\n" in made


@pytest.mark.parametrize("recipe", ["a command", "a provider of packages", "a format"])
def test_a_recipe(copy: Path, recipe: str) -> None:
    carry_out(copy, recipe)


def test_a_builtin_and_a_diagnostic(copy: Path) -> None:
    carry_out(copy, "a builtin of the language")
    assert (copy / "tests/lang/twice.exp").read_text() == '"aa"\n'
    assert "expected a string but found an integer" in (copy / "tests/lang/fail-twice.err").read_text()
    new, *later = lines_of("a diagnostic", NAMES["a diagnostic"])
    run(copy, new)
    builtin = copy / "src/home_manager/nix/builtins/twice.py"
    refusal = 'raise failure("sample-refused", "`twice` takes no text here", hints=("write it twice",))'
    text = re.sub(r"    return expect_string.*", f"    {refusal}", builtin.read_text())
    imported = "from home_manager.diagnostics import failure\n"
    builtin.write_text(text.replace("from home_manager.nix", f"{imported}from home_manager.nix", 1))
    case = copy / "tests/errors/sample-refused.case"
    case.write_text(case.read_text().replace("{ }", '{ home.username = builtins.twice "a"; }'))
    for line in later:
        run(copy, line)
    assert "error[sample-refused]: `twice` takes no text here" in case.read_text()
    paths_exist(copy, "a diagnostic")


def test_every_path_on_the_page_exists() -> None:
    plain = re.findall(r"`((?:src|tests|tools|docs)/[\w./-]+)`|\]\(((?:docs|src|tests|tools)/[\w./-]+)\)", PAGE)
    names = {(first or second).replace("LANGUAGE", "de") for first, second in plain}
    assert [name for name in sorted(names) if "NAME" not in name and not (ROOT / name).exists()] == []
    assert len(names) > 10
