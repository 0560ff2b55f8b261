"""The original's options and where it declares them: what a failed test lacks."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from home_manager.options.eval_modules import Evaluation

if TYPE_CHECKING:
    from conformance_suites.home_manager.execution import Outcome
    from conformance_suites.home_manager.product import Product

CATALOGUE = Path(__file__).parents[3] / "tests" / "audit" / "catalogue.json.gz"
AREAS = ("programs", "services")


class Upstream:
    """The options of the original by path, each with the files that declare it."""

    def __init__(self) -> None:
        with gzip.open(CATALOGUE, "rt", encoding="utf-8") as file:
            facts = json.load(file)
        self._files = {_path(name): declarations for name, (_, _, _, declarations) in facts.items()}
        self._modules = {path[:2] for path in self._files}

    def defined_but_not_ours(self, evaluation: Evaluation) -> list[str]:
        """Options that a test defines, the original has and we do not have."""
        unmatched = {path for path, _ in evaluation.namespace.unmatched()}
        return sorted(_name(path) for path in unmatched if any(_matches(path, option) for option in self._files))

    def missing_module(self, product: Product, option: str) -> str:
        """The module of the original that declares an option, if we do not have it; else nothing."""
        path = _path(option)
        manager = path[1:2] == ("windowManager",)
        base = ".".join(path[: 3 if manager else 2])
        if manager or path[0] in AREAS or not _has_module(product, base):
            return "" if _has_module(product, base) else base
        near = [each for each in self._files if _matches(path, each)]
        near = [each for each in near if len(each) >= len(path)] or near
        files = {file.removeprefix("modules/") for each in near for file in self._files[each]}
        gone = sorted(file for file in files if not product.catalogue.has(file))
        return gone[0].removesuffix(".nix").replace("/", ".") if files and len(gone) == len(files) else ""

    def settle(self, product: Product, name: str, outcome: Outcome) -> None:
        """Gives an outcome its final verdict: a missing module comes before everything else."""
        asked = re.findall(r"the option `([^`]+)` does not exist", outcome.said)
        asked += re.findall(r"cannot find attribute '([^']+)'", outcome.said)
        missing, options = set(), []
        for option in [*outcome.unknown, *asked]:
            if option in asked and _path(option)[:2] not in self._modules:
                continue  # nothing of the original's
            if gone := self.missing_module(product, option):
                missing.add(gone)
            elif option in outcome.unknown:
                options.append(option)
        # What fails before anything is known of it counts by its folder: tests/modules/programs/NAME.
        folder = re.search(r"/modules/(programs|services)/([^/]+)/", product.tests[name][0] + "/")
        if outcome.verdict == "evaluation" and folder and folder.groups() in self._modules:
            missing |= {self.missing_module(product, ".".join(folder.groups()))} - {""}
        if missing:
            outcome.verdict, outcome.missing = "missing-module", sorted(missing)
        elif options:
            outcome.verdict, outcome.missing = "missing-option", options


def _path(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r'"[^"]*"|<[^>]*>|[^.]+', name))


def _name(path: tuple[str, ...]) -> str:
    return ".".join(part if re.fullmatch(r"[\w'-]+", part) else json.dumps(part) for part in path)


def _matches(path: tuple[str, ...], option: tuple[str, ...]) -> bool:
    """Whether an option lies at a path, or below it, or the path below the option."""
    return all(o in (p, "*") or o.startswith("<") for p, o in zip(path, option, strict=False))


def _has_module(product: Product, prefix: str) -> bool:
    return any(name == prefix or name.startswith(prefix + ".") for name in product.option_names)
