"""What people expect of a project beside its code, held to what is true of it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from home_manager import __version__

ROOT = Path(__file__).parents[2]


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_the_changelog_has_the_version_and_what_comes() -> None:
    sections = re.findall(r"^## (\S+)", text_of("CHANGELOG.md"), re.MULTILINE)
    assert sections[0] == "Unreleased" and __version__ in sections


def test_hooks_run_what_make_check_runs() -> None:
    hooks, rules = text_of(".pre-commit-config.yaml"), text_of("Makefile")
    for tool in re.findall(r"entry: \.venv/bin/(\S+)", hooks):
        assert f"$(BIN)/{tool}" in rules, tool
    for target in re.findall(r"entry: make (\S+)", hooks):
        assert re.search(rf"^{target}:", rules, re.MULTILINE), target


def test_a_release_builds_for_the_supported_pythons() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))
    supported = {
        each.rpartition(" ")[2] for each in project["project"]["classifiers"] if re.search(r":: 3\.\d+$", each)
    }
    built = {f"3.{each[3:5]}" for each in project["tool"]["cibuildwheel"]["build"]}
    assert supported == built
    assert all(version in text_of("tools/pythons") for version in supported)


@pytest.mark.parametrize(
    "page", ["README.md", "SECURITY.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/api.md", "docs/release.md"]
)
def test_links_of_a_page_lead_somewhere(page: str) -> None:
    here = (ROOT / page).parent
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text_of(page))
    assert links or page == "docs/release.md"
    assert [link for link in links if not (here / link).exists()] == []
