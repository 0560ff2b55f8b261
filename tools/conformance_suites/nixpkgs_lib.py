"""The tests of nixpkgs' `lib` that are plain Nix: a checkout of nixpkgs, or of its lib alone.

`import ../default.nix` in a test file gives our own `lib`, and `lib.runTests` gives its cases to this program, which
forces and compares each by itself. With `--their-lib` the checkout's own lib is evaluated instead, which tests the
evaluator on some thirty thousand lines of real Nix.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from home_manager.diagnostics import Failure, failure
from home_manager.frontends.nix.lib.library import build_lib
from home_manager.nix import evaluation as nix
from home_manager.nix.io import Fetch, Objects, SystemIO
from home_manager.nix.nar_paths import NamedObjects
from home_manager.values import MISSING, Attrs, Builtin, OpenAttrs, PathValue, Value

CHECKOUT = "a checkout of NixOS/nixpkgs or nix-community/nixpkgs.lib"
SCRIPTS = ("debug.sh", "filesystem.sh", "network.sh", "sources.sh")
"""Those that need no store; each stops at its first failure."""
FILES = ("tests/misc.nix", "tests/systems.nix", "tests/fetchers.nix", "path/tests/unit.nix")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--their-lib", action="store_true", help="evaluate the checkout's own lib")
    parser.add_argument("--scripts", action="store_true", help="the tests that are shell scripts, too (some minutes)")


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

    def __init__(
        self,
        lib: Path,
        *,
        theirs: bool,
        search_path: Iterable[tuple[str, str]] = (),
        report: Callable[[str], None] | None = None,
        abort_on_warn: bool = False,
        objects: Objects | None = None,
        fetch: Fetch | None = None,
        store_dir: str = "/nix/store",
    ) -> None:
        def trace(text: str) -> None:
            if report is not None:
                report(f"trace: {text}")

        def warn(text: str) -> None:
            if report is not None:
                report(f"evaluation warning: {text}")
            if abort_on_warn:
                raise failure("nix-abort", "aborting to reveal stack trace of warning, as abort-on-warn is set")

        io = SystemIO(
            objects=objects or NamedObjects(store_dir), fetch=fetch, trace=trace, warn=warn, environment=os.environ
        )
        super().__init__(io, store_dir=store_dir, search_path=search_path)
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


def script(lib: Path, name: str) -> tuple[int, list[str]]:
    """The status of a test script, run with our `nix-instantiate`, and the lines that it prints."""
    from conformance_suites import warm
    from conformance_suites.nixpkgs_fileset import make_writable

    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder).resolve() / "store"
        store.mkdir()
        environment = {
            **os.environ,
            "CONFORMANCE_LIB": str(lib),
            "CONFORMANCE_STORE": str(store),
            "PATH": f"{folder}:{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry),
            "TEST_LIB": str(lib),
        }
        with warm.program(Path(folder), environment):
            done = subprocess.run(
                ["bash", str(lib / "tests" / name)],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
        make_writable(store)
    return done.returncode, done.stdout.strip().split("\n")


def _modules(lib: Path, only: str) -> list[Result]:
    """Runs the checks of `modules.sh` in this process, prints how many pass, and returns the others."""
    from conformance_suites import nixpkgs_modules as modules

    found = modules.outcomes(lib, only)
    count = {verdict: sum(each.verdict == verdict for each in found) for verdict in ("literal", "judged", "missed")}
    print(
        f"{modules.SCRIPT:22} {len(found) - count['missed']:4} of {len(found):4}, {count['literal']} literally and "
        f"{count['judged']} rejected in other words, reviewed",
        flush=True,
    )
    return [
        Result(modules.SCRIPT, each.check.name, each.check.pattern, each.came.text)
        for each in found
        if each.verdict == "missed"
    ]


def _filesets(lib: Path) -> list[Result]:
    """Runs the checks of `fileset/tests.sh`, prints how many pass, and returns the others."""
    from conformance_suites import nixpkgs_fileset as filesets

    found = filesets.outcome(lib)
    note = "" if found.status == 0 else f", and stopped with status {found.status}: {found.said.strip()[-200:]}"
    print(f"{filesets.SCRIPT:22} {found.checks - len(found.misses):4} of {found.checks:4}{note}", flush=True)
    misses = [Result(filesets.SCRIPT, f"line {line}", "no complaint", said) for line, said in found.misses]
    return misses if found.status == 0 else [*misses, Result(filesets.SCRIPT, "(the script)", "status 0", found.said)]


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
    if not arguments.their_lib:
        misses.extend(_modules(lib, arguments.only))
    if arguments.scripts:
        misses.extend(_filesets(lib))
        for name in SCRIPTS:
            status, said = script(lib, name)
            print(f"{'tests/' + name:22} {', '.join(said[-2:]) if status else 'passes'}", flush=True)
            if status:
                misses.append(Result(f"tests/{name}", f"status {status}", "status 0", "\n".join(said)))
    for miss in misses:
        print(f"miss {miss.file}: {miss.name}")
        if arguments.verbose:
            print(f"    wanted {miss.wanted}\n    came   {miss.came}")
    return 1 if misses else 0
