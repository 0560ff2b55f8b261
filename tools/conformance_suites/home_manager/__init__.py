"""Home Manager's own tests, run on this program: a checkout of nix-community/home-manager.

Each test is a module with a script that looks at the files of the home. The module is evaluated with our modules, `lib` and
packages, and a wrapper like the original's; packages are the texts `@name@` where the original has them so. The files are
built by our recipes in a private root whose `/nix/store` is in memory, and bash runs the script with assertions that mean
what nmt's do. A test passes if its script ends with 0 and none of its definitions names an option that only the original
has. Assertions about `activate` look at the text of our activation steps. No network, no Nix; `unshare` must be allowed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import tomllib
from collections import Counter, defaultdict
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from conformance_suites.home_manager import private_root

if TYPE_CHECKING:
    from conformance_suites.home_manager.execution import Outcome
    from conformance_suites.home_manager.product import Product
    from conformance_suites.home_manager.upstream import Upstream

CHECKOUT = "a checkout of nix-community/home-manager"
REVIEWED = Path(__file__).parent / "reviewed.toml"

VERDICTS = {
    "pass": "passes",
    "reviewed": "differs on purpose, with a reason in reviewed.toml",
    "program": "needs a program, network or file that is not here",
    "missing-module": "is about a module that is not here",
    "missing-option": "sets an option that is not here",
    "differs": "an assertion about what was made does not hold",
    "evaluation": "our evaluation ends with an error",
    "build": "making the files fails",
}
"""The columns of the table. The first three are no misses."""

FINE = ("pass", "reviewed", "program")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pattern", nargs="?", default="", metavar="REGEX", help="only tests whose name or file matches")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count() or 1, help="tests at the same time")
    parser.add_argument("--system", default="", help="the system that homes are for, such as aarch64-darwin")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every test's verdict and output there")
    parser.add_argument("--keep", default="", metavar="FOLDER", help="keep what was built, each script and its output")
    parser.add_argument("--mutants", action="store_true", help="break tests that pass: each must then fail")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="N tests by chance, always the same ones")


def run(arguments: argparse.Namespace) -> int:
    """Runs the tests, prints a table by area, then what is missed."""
    private_root.enter()
    path = os.environ.get("PATH", "")
    checkout = arguments.checkout.resolve()
    inside = os.environ[private_root.INSIDE]
    os.environ.clear()
    os.environ.update(
        {"PATH": path, "HOME": "/homeless-shelter", "USER": "hm-user", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        | {private_root.INSIDE: inside}
    )
    from conformance_suites.home_manager.execution import in_children, run_test
    from conformance_suites.home_manager.product import Product
    from conformance_suites.home_manager.upstream import Upstream
    from home_manager.nix.deep_stack import with_deep_stack

    product = with_deep_stack(lambda: Product(str(checkout), arguments.system))
    upstream = Upstream()
    files = {name: product.file_of(name) for name in product.tests}
    pattern = re.compile(arguments.pattern or re.escape(arguments.only))
    names = [name for name in sorted(files) if pattern.search(name) or pattern.search(files[name])]
    if arguments.sample:
        names = sorted(random.Random(7).sample(names, min(arguments.sample, len(names))))
    if arguments.mutants:
        return _mutate(product, upstream, names, arguments.jobs)
    outcomes = {}
    for name, outcome in in_children(
        names, lambda name: run_test(product, upstream, name, arguments.keep), arguments.jobs
    ):
        upstream.settle(product, name, outcome)
        outcomes[name] = outcome
    unneeded = apply_reviews(outcomes, arguments.system)
    print(table({name: (area(files[name]), outcome.verdict) for name, outcome in outcomes.items()}))
    _tell(outcomes, verbose=arguments.verbose)
    for name in unneeded:
        print(f"reviewed.toml: {name} passes; its entry goes")
    if arguments.json:
        found = {name: {**asdict(each), "file": files[name]} for name, each in sorted(outcomes.items())}
        arguments.json.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    return 0 if all(outcome.verdict in FINE for outcome in outcomes.values()) and not unneeded else 1


def apply_reviews(outcomes: dict[str, Outcome], system: str) -> list[str]:
    """Gives tests that differ on purpose their verdict; the names of those that need no review."""
    with REVIEWED.open("rb") as file:
        entries = tomllib.load(file)["deviation"]
    unneeded = []
    for entry in entries:
        for name in entry["tests"]:
            outcome = outcomes.get(name)
            if outcome is None:
                continue
            if outcome.verdict == "pass":
                if not system:  # what differs on one system may pass on the other
                    unneeded.append(name)
            elif not outcome.verdict.startswith("missing"):
                outcome.verdict = "program" if entry["kind"] == "program" else "reviewed"
    return unneeded


def area(file: str) -> str:
    """The area of a test: `programs`, `services`, `misc/gtk`, `lib` …"""
    _, kind, *rest = file.split("/")
    if kind == "lib":
        return "lib"
    deep = rest[0] in ("misc", "i18n", "config")
    return "/".join(rest[: 2 if deep else 1]).removesuffix(".nix")


def table(verdicts: dict[str, tuple[str, str]]) -> str:
    """A line an area with the number of tests by verdict, and their sums."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for place, verdict in verdicts.values():
        counts[place][verdict] += 1
        counts["all"][verdict] += 1
    columns = [each for each in VERDICTS if counts["all"][each]]
    lines = [f"{'area':26}{'of':>6}" + "".join(f"{each:>16}" for each in columns)]
    for place in sorted(counts, key=lambda each: (each == "all", each)):
        row = "".join(f"{counts[place][each]:16}" for each in columns)
        lines.append(f"{place:26}{counts[place].total():6}{row}")
    return "\n".join(lines)


def _tell(outcomes: dict[str, Outcome], *, verbose: bool) -> None:
    for name, outcome in sorted(outcomes.items()):
        if outcome.verdict in FINE:
            continue
        print(f"miss {name}: {outcome.verdict} {' '.join(outcome.missing)}".rstrip())
        if verbose:
            print("".join(f"    {line}\n" for line in outcome.said.rstrip().split("\n")), end="")


def _mutate(product: Product, upstream: Upstream, names: list[str], jobs: int) -> int:
    from conformance_suites.home_manager.execution import NOT_MUTATED, in_children, run_test
    from conformance_suites.home_manager.mutants import MUTATIONS

    passing = [
        name
        for name, outcome in in_children(names, lambda name: run_test(product, upstream, name), jobs)
        if outcome.verdict == "pass"
    ]
    print(f"{len(passing)} of {len(names)} pass unbroken")
    survivors = 0
    for title, mutation in MUTATIONS.items():
        verdicts = dict(
            in_children(
                passing, lambda name, m=mutation: run_test(product, upstream, name, "", m), jobs, progress=False
            )
        )
        made = [name for name, outcome in verdicts.items() if outcome.verdict != NOT_MUTATED]
        survived = [name for name in made if verdicts[name].verdict == "pass"]
        survivors += len(survived)
        print(f"{title:48} made {len(made):4}  survived {len(survived):3} {' '.join(survived[:8])}", flush=True)
    return 1 if survivors else 0
