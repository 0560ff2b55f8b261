"""What the audit looks at: all modules, the original's catalogue, the reviewed deviations, and a whole evaluation."""

from __future__ import annotations

import gzip
import json
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from home_manager.authoring.catalogue import Catalogue
from home_manager.authoring.module_entry import Entry
from home_manager.frontends.nix.lib.library import Library
from home_manager.modules import indexed
from home_manager.nix.deep_stack import with_deep_stack
from home_manager.nix.evaluation import Evaluator
from home_manager.nix.io import SystemIO
from home_manager.options import Evaluation, ModuleSpec, evaluate
from home_manager.options.documentation import OptionDoc, document
from home_manager.packages import package_set
from home_manager.store import Recipes

HERE = Path(__file__).parent
SYSTEMS = {"linux": "x86_64-linux", "darwin": "aarch64-darwin"}
BASE = {"home": {"username": "alice", "homeDirectory": "/home/alice", "stateVersion": "25.11"}}

CATALOGUE = indexed().scanned()


@dataclass(frozen=True)
class Fact:
    """One option of the original. `default` is its text, or whether there is one; `files` declare it."""

    type: str
    default: str | bool
    visible: bool
    files: list[str]


def is_expected(name: str, fact: Fact) -> bool:
    """Whether a module is here that should declare the option; one of a program that is still to be written is not missed."""
    parts = name.split(".")
    if parts[:2] == ["xsession", "windowManager"]:
        return _is_here("services", "window-managers")
    if parts[0] == "accounts" and len(parts) > 5 and f"programs.{parts[4]}.enable" in FACTS:
        return _is_here("programs", parts[4])
    places = [file.removeprefix("modules/").removesuffix(".nix").split("/") for file in fact.files]
    return not places or any(area not in ("programs", "services") or _is_here(area, rest[0]) for area, *rest in places)


def _is_here(area: str, module: str) -> bool:
    return any(short(entry).replace("_", "-") == f"{area}.{module}" for entry in CATALOGUE.entries)


def _facts() -> dict[str, Fact]:
    with gzip.open(HERE / "catalogue.json.gz", "rt", encoding="utf-8") as file:
        return {name: Fact(*each) for name, each in json.load(file).items()}


FACTS = _facts()
DEVIATIONS: dict[str, dict[str, str]] = tomllib.loads((HERE / "deviations.toml").read_text())


def short(entry: Entry) -> str:
    """The name of a module in the list of tests: `programs.bat`."""
    return entry.module.partition("modules.")[2]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "entry" in metafunc.fixturenames:
        metafunc.parametrize("entry", CATALOGUE.entries, ids=short)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return CATALOGUE


@pytest.fixture(scope="session")
def docs() -> dict[str, OptionDoc]:
    return {doc.name: doc for doc in document(CATALOGUE)}


class Whole:
    """A language, a library and a package set for each platform, shared by all evaluations of the audit."""

    def __init__(self) -> None:
        self.recipes = Recipes("/nix/store")
        evaluator = Evaluator(SystemIO(), store_dir="/nix/store")
        self.library = Library(evaluator, extended=True)
        self.packages = {
            platform: package_set(self.recipes, system=system, lib=self.library.root)
            for platform, system in SYSTEMS.items()
        }

    def evaluated(self, config: dict[str, Any], platform: str = "linux") -> Evaluation:
        modules = [ModuleSpec("home.nix", "home.nix", config=config), ModuleSpec("base", "base", config=BASE)]
        special = {"lib": self.library.root, "modulesPath": "/modules", "pkgs": self.packages[platform]}
        outer = {"args": dict.fromkeys(("osConfig", "nixosConfig", "darwinConfig"))}
        system = ModuleSpec("system", "system", config={"_module": outer, "nixpkgs": {"system": SYSTEMS[platform]}})
        return evaluate([*modules, system], special, shared=self.library.new_shared(), catalogue=CATALOGUE)


@pytest.fixture(scope="session")
def whole() -> Whole:
    return Whole()


@pytest.fixture
def deeply() -> Iterator[Callable[[Callable[[], Any]], Any]]:
    yield with_deep_stack
