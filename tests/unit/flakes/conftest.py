"""A scratch machine for flakes: git without the user's settings, flakes in it, and an evaluation of our own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from home_manager.configuration.store_additions import EvaluationObjects
from home_manager.flakes.cache import Cache
from home_manager.flakes.evaluator import TreeEvaluator
from home_manager.flakes.fetchers import Fetchers
from home_manager.flakes.flake_io import TreeIO
from home_manager.flakes.outputs import Flakes
from home_manager.store import Recipes
from home_manager.values import Attrs, Value

WHEN = "2026-01-01T00:00:00Z"


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No configuration of git, Nix or the user."""
    home = tmp_path / "home"
    home.mkdir()
    for name in list(os.environ):
        if name.startswith(("GIT_", "XDG_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "alice")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "alice@example.org")
        monkeypatch.setenv(f"GIT_{who}_DATE", WHEN)
    yield


def git(directory: Path, *words: str) -> str:
    return subprocess.run(["git", "-C", str(directory), *words], check=True, capture_output=True, text=True).stdout


def write(directory: Path, files: Mapping[str, str]) -> Path:
    """Files below a directory, all of one age."""
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for path in [*directory.rglob("*"), directory]:
        if ".git" not in path.parts:
            os.utime(path, (1_700_000_000, 1_700_000_000), follow_symlinks=False)
    return directory


def repository(directory: Path, files: Mapping[str, str]) -> Path:
    """A git repository with one commit of the files."""
    write(directory, files)
    git(directory, "init", "-q", "-b", "main")
    git(directory, "add", ".")
    git(directory, "commit", "-q", "-m", "first")
    return directory


class Bench:
    """An evaluation with fetchers, whose nixpkgs is a set of one attribute."""

    def __init__(self, cache: Path, *, sealed: bool = True) -> None:
        self.recipes = Recipes("/store")
        self.fetchers = Fetchers(Cache(str(cache)))
        self.warnings: list[str] = []
        io = TreeIO(self.recipes, sealed=sealed, objects=EvaluationObjects(self.recipes))
        self.evaluator = TreeEvaluator(io, self.recipes, pure=sealed)

        def replacement(known: Mapping[str, Value], is_flake: bool) -> Value:
            return Attrs({**known, "replaced": True, "outPath": "/replaced"})

        self.flakes = Flakes(
            self.evaluator,
            self.recipes,
            self.fetchers,
            {"nixpkgs": replacement, "home-manager": replacement},
            self.warnings.append,
        )


@pytest.fixture
def bench(tmp_path: Path) -> Callable[[], Bench]:
    """Makes a bench; all of one test share a cache."""
    return lambda: Bench(tmp_path / "cache")
