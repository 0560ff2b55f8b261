"""The language tests of snix (once tvix): a checkout of it, folder eval/src/tests.

Each case has an evaluator of its own. An `eval-okay` case must print what is expected, an `eval-fail` case must fail, an
`identity` case must print itself. Cases that snix does not pass itself (`notyetpassing`) are run and counted apart.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from home_manager.diagnostics import Failure, Source
from home_manager.nix import evaluation as nix
from home_manager.nix.io import SystemIO
from home_manager.nix.nar_paths import NamedObjects

CHECKOUT = "a checkout of snix or tvix"
STORE = "/nix/store"
KINDS = ("eval-okay", "eval-fail", "identity", "parse-okay", "parse-fail")
MOCK = """
arguments: arguments // {
  outPath = "/nix/store/00000000000000000000000000000000-mock";
  drvPath = "/nix/store/00000000000000000000000000000000-mock.drv";
  type = "derivation";
}
"""
"""The `derivation` that their tests expect."""


KNOWN = {
    "eval-okay-builtins-gen-list-propagate-catchable": "Nix 2.34 looks at the function of `genList` at once",
    "eval-okay-builtins-genList-function-strictness": "Nix 2.34 looks at the function of `genList` at once",
    "eval-okay-builtins-map-function-strictness": "Nix 2.34 looks at the function of `map` at once",
    "eval-okay-builtins-map-propagate-catchable": "Nix 2.34 looks at the function of `map` at once",
    "eval-okay-builtins-replace-strings-propagate-catchable": "Nix 2.34 forces a replacement when it is used",
    "eval-okay-tail-call-1": "100,000 calls in a row: Nix 2.34 stops at 10,000",
}
"""Cases that hold for Nix 2.3, or for snix alone, and fail in Nix 2.34 as they do here."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A case that did not come out as it should."""

    case: str
    wanted: str
    came: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def folders(checkout: Path) -> list[Path]:
    """The folders of cases in a checkout."""
    for base in ("snix/eval/src/tests", "eval/src/tests", "tvix/eval/src/tests"):
        if (checkout / base).is_dir():
            found = [checkout / base / name for name in ("snix_tests", "tvix_tests", "nix_tests")]
            # What they do not pass of Nix's own tests, `nix-lang` has with the options that it needs.
            return [place for each in found for place in (each, each / "notyetpassing") if _wanted(place)]
    raise SystemExit(f"there are no tests of snix below {checkout}")


def _wanted(folder: Path) -> bool:
    return folder.is_dir() and not (folder.name == "notyetpassing" and folder.parent.name == "nix_tests")


def evaluated(path: Path, said: list[str]) -> str:
    """What a case prints; raises where it fails."""
    io = SystemIO(
        objects=NamedObjects(STORE),
        trace=said.append,
        warn=said.append,
        environment={"TEST_VAR": "foo", "HOME": os.path.expanduser("~")},
    )
    evaluator = nix.Evaluator(io, store_dir=STORE, pipe_operators=False)
    if path.name.startswith("parse-"):
        source = Source(str(path), path.read_bytes().decode("utf-8", "surrogateescape"))
        evaluator.parse(source, str(path.parent))
        return ""

    def work() -> str:
        mocked = nix.force(evaluator.eval_text(MOCK))
        scope = {"derivation": mocked, "builtins": nix.Attrs({**evaluator.builtins, "derivation": mocked})}
        scope["builtins"]["builtins"] = scope["builtins"]  # type: ignore[index]
        value = nix.deep_force(evaluator.eval_file_in(str(path), scope))
        if path.with_suffix(".exp.xml").exists():
            return str(nix.force(nix.call(evaluator.builtins["toXML"], value)))
        return nix.print_value(value)

    return nix.with_deep_stack(work)


def judged(path: Path) -> Miss | None:
    """Runs a case; what is wrong with it, if anything."""
    kind = next(kind for kind in KINDS if path.name.startswith(kind))
    must_fail = kind.endswith("fail")
    try:
        came = evaluated(path, [])
    except Failure as failure:
        return None if must_fail else Miss(path.stem, "a value", f"error: {failure} ({failure.diagnostic.span})")
    except Exception as error:
        return Miss(path.stem, "a failure" if must_fail else "a value", f"{type(error).__name__}: {error}")
    if must_fail:
        return Miss(path.stem, "a failure", came)
    wanted = came
    if kind == "identity":
        wanted = path.read_text("utf-8").strip()
    else:
        expectations = [path.with_suffix(suffix) for suffix in (".exp.xml", ".exp")]
        found = [each for each in expectations if each.exists()]
        if kind == "eval-okay" and found:
            wanted = found[0].read_bytes().decode("utf-8", "surrogateescape").strip()
    return None if came.strip() == wanted else Miss(path.stem, wanted, came.strip())


def run(arguments: argparse.Namespace) -> int:
    """Runs all cases, prints how many pass, and those that do not."""
    missed = False
    for folder in folders(arguments.checkout.resolve()):
        cases = [
            path for path in sorted(folder.glob("*.nix")) if path.name.startswith(KINDS) and arguments.only in path.name
        ]
        theirs_too = folder.name == "notyetpassing"
        passed: Counter[str] = Counter()
        asked: Counter[str] = Counter()
        misses: list[Miss] = []
        known: list[str] = []
        for path in cases:
            kind = next(kind for kind in KINDS if path.name.startswith(kind))
            miss = judged(path)
            asked[kind] += 1
            passed[kind] += miss is None
            if miss is not None and miss.case not in KNOWN:
                misses.append(miss)
            elif miss is not None:
                known.append(miss.case)
        name = f"{folder.parent.name}/{folder.name}" if theirs_too else folder.name
        for kind in KINDS:
            if asked[kind]:
                print(f"{name:24} {kind:11} {passed[kind]:4} of {asked[kind]:4}")
        for case in known:
            print(f"  as in Nix 2.34: {case}: {KNOWN[case]}")
        for miss in misses:
            print(f"  miss: {miss.case}")
            if arguments.verbose:
                print(f"    wanted {miss.wanted}\n    came   {miss.came}")
        missed = missed or (bool(misses) and not theirs_too)
    return 1 if missed else 0
