"""The tests of nixpkgs' `lib` that are plain Nix: a checkout of nixpkgs, or of its lib alone.

`import ../default.nix` in a test file gives our own `lib`, and `lib.runTests` gives its cases to this program, which
forces and compares each by itself. With `--their-lib` the checkout's own lib is evaluated instead, which tests the
evaluator on some thirty thousand lines of real Nix.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from home_manager.diagnostics import Failure
from home_manager.frontends.nix.lib.library import build_lib
from home_manager.nix import evaluation as nix
from home_manager.nix.archive import NamedObjects
from home_manager.nix.io import SystemIO
from home_manager.nix.values import MISSING, Attrs, Builtin, OpenAttrs, PathValue, Value

CHECKOUT = "a checkout of NixOS/nixpkgs or nix-community/nixpkgs.lib"
FILES = ("tests/misc.nix", "tests/systems.nix", "tests/fetchers.nix", "path/tests/unit.nix")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--their-lib", action="store_true", help="evaluate the checkout's own lib")


class Observed(OpenAttrs):
    """A `lib` whose `runTests` hands over the cases and finds no failure."""

    __slots__ = ("collected", "lib")

    def __init__(self, lib: Attrs) -> None:
        super().__init__()
        self.lib = lib
        self.collected: list[Attrs] = []

    def find(self, name: str) -> Value:
        return Builtin("runTests", 1, self._collect) if name == "runTests" else self.lib.get(name, MISSING)

    def names(self) -> Iterable[str]:
        return list(self.lib)

    def _collect(self, tests: Value) -> Value:
        value = nix.force(tests)
        assert isinstance(value, Attrs)
        self.collected.append(value)
        return []


class EvaluatorWithLib(nix.Evaluator):
    """An evaluator for which the checkout's `lib` is another."""

    def __init__(self, lib: Path, *, theirs: bool) -> None:
        io = SystemIO(objects=NamedObjects("/nix/store"), trace=_unheard, warn=_unheard, environment=os.environ)
        super().__init__(io, store_dir="/nix/store")
        self.entries = frozenset((str(lib), str(lib / "default.nix")))
        self.observed = Observed(self._theirs(lib) if theirs else build_lib(self))

    def _theirs(self, lib: Path) -> Attrs:
        value = nix.force(super().eval_file(str(lib / "default.nix")))
        assert isinstance(value, Attrs)
        return value

    def eval_file(self, path: str) -> Value:
        # While the checkout's own lib is read, there is nothing to put in its place yet.
        observed = getattr(self, "observed", None)
        if observed is not None and os.path.normpath(path) in self.entries:
            return observed
        return super().eval_file(path)


def _unheard(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Result:
    """One case: nothing wrong, or what was wanted and what came."""

    file: str
    name: str
    wanted: str = ""
    came: str = ""


def _text(value: Value) -> str:
    try:
        nix.deep_force(value)
        return nix.print_value(value)
    except Failure as failure:
        return f"error: {failure}"


def _one(file: str, name: str, test: Value) -> Result:
    """Compares `expr` and `expected` of a case as `runTests` does."""
    try:
        case = nix.force(test)
        assert isinstance(case, Attrs)
        expr, expected = case["expr"], case["expected"]
        if nix.equal(nix.force(expr), nix.force(expected)):
            return Result(file, name)
        return Result(file, name, _text(expected), _text(expr))
    except Failure as failure:
        span = failure.diagnostic.span
        return Result(file, name, "a value", f"error: {failure}" + ("" if span is None else f" ({span})"))


def results(lib: Path, file: str, only: str, *, theirs: bool) -> list[Result]:
    """The results of one file of tests."""
    evaluator = EvaluatorWithLib(lib, theirs=theirs)

    def work() -> list[Result]:
        try:
            value = nix.force(evaluator.eval_file(str(lib / file)))
            nix.force(evaluator.auto_call(value, Attrs({"libpath": PathValue(str(lib))})))
        except Failure as failure:
            return [Result(file, "(the file)", "a value", f"error: {failure} ({failure.diagnostic.span})")]
        return [
            _one(file, name, case)
            for cases in evaluator.observed.collected
            for name, case in cases.items()
            if (name.startswith("test") or name == "expr") and only in name
        ]

    return nix.with_deep_stack(work)


def run(arguments: argparse.Namespace) -> int:
    """Runs all files and prints how many cases pass, and those that do not."""
    checkout = arguments.checkout.resolve()
    lib = checkout / "lib" if (checkout / "lib").is_dir() else checkout
    misses: list[Result] = []
    for file in FILES:
        found = results(lib, file, arguments.only, theirs=arguments.their_lib)
        wrong = [result for result in found if result.wanted or result.came]
        misses.extend(wrong)
        print(f"{file:22} {len(found) - len(wrong):4} of {len(found):4}", flush=True)
    for miss in misses:
        print(f"miss {miss.file}: {miss.name}")
        if arguments.verbose:
            print(f"    wanted {miss.wanted}\n    came   {miss.came}")
    return 1 if misses else 0
