"""The tests of Home Manager's own `lib`: a checkout of nix-community/home-manager.

Each test is a module with a script that looks at the files of the home. Here the module is evaluated by this program
with its own modules and `lib`, the files are written to a scratch store, and bash runs the script.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from home_manager.diagnostics import Failure
from home_manager.diagnostics.render import render_text
from home_manager.generation.description import check_configuration, files_recipe, manifest_of
from home_manager.generation.evaluating import evaluate_configuration
from home_manager.generation.request import Request
from home_manager.lazy import force
from home_manager.nix.deep_stack import with_deep_stack
from home_manager.nix.evaluation import Evaluator
from home_manager.nix.io import SystemIO
from home_manager.nix.values import PathValue
from home_manager.packages import PackageRecipe
from home_manager.store import Recipes, Store

CHECKOUT = "a checkout of nix-community/home-manager"

AROUND = """\
{{ lib, ... }}:

{{
  imports = [ {test} {asserts} ];
  options.nmt.script = lib.mkOption {{ type = lib.types.lines; default = ""; }};
  config = {{
    _module.check = lib.mkForce false;
    home.username = "hm-user";
    home.homeDirectory = "/home/hm-user";
    home.stateVersion = lib.mkDefault "18.09";
    xdg.enable = lib.mkDefault true;
  }};
}}
"""
"""The configuration around a test, with what the tests take for given."""

PRELUDE = """\
set -euo pipefail
fail() { printf '%s\\n' "$*" >&2; exit 1; }
found() { case $1 in /*) printf '%s' "$1" ;; *) printf '%s' "$TESTED/$1" ;; esac; }
assertPathNotExists() { [ ! -e "$(found "$1")" ] || fail "there is $1"; }
assertFileExists() { [ -f "$(found "$1")" ] || fail "there is no file $1"; }
assertFileContent() { assertFileExists "$1"; diff -u "$2" "$(found "$1")" >&2 || fail "$1 is another"; }
assertFileContains() { assertFileExists "$1"; grep -qF -- "$2" "$(found "$1")" || fail "$1 is without $2"; }
assertFileNotRegex() { assertFileExists "$1"; ! grep -qP -- "$2" "$(found "$1")" || fail "$1 has $2"; }
assertFileRegex() { assertFileExists "$1"; grep -qP -- "$2" "$(found "$1")" || fail "$1 is without $2"; }
"""
"""What a test's script may call."""


@dataclass(frozen=True, slots=True)
class Test:
    """A test: its name, and the file of its module."""

    name: str
    file: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There is nothing that only this suite knows."""


def tests_of(checkout: Path, only: str) -> Iterator[Test]:
    """The tests that the folders below `tests/lib` list."""
    for listing in sorted((checkout / "tests" / "lib").glob("*/default.nix")):
        evaluator = Evaluator(SystemIO(), store_dir="/nix/store")
        listed = force(evaluator.eval_file(str(listing)))
        assert isinstance(listed, dict)
        for name, value in listed.items():
            path = force(value)
            assert isinstance(path, PathValue)
            if only in name:
                yield Test(name, path.text)


def miss(test: Test, checkout: Path) -> str:
    """What is wrong with a test, or nothing."""
    with tempfile.TemporaryDirectory() as folder, _alone(Path(folder)):
        scratch = Path(folder).resolve()
        around = scratch / "configuration.nix"
        around.write_text(AROUND.format(test=test.file, asserts=checkout / "tests" / "asserts.nix"), "utf-8")
        place = scratch / "store"
        try:
            return with_deep_stack(lambda: _run(str(around), str(place), scratch))
        except Failure as failure:
            return render_text(failure.finished())
        finally:
            for path in scratch.rglob("*"):
                if path.is_dir() and not path.is_symlink():
                    path.chmod(0o755)


def _run(configuration: str, place: str, scratch: Path) -> str:
    recipes = Recipes(place)
    request = Request(config=configuration)
    evaluation = evaluate_configuration(
        request, recipes, provider="debian", report=lambda _: None, home="/home/hm-user"
    )
    check_configuration(evaluation)
    manifest = manifest_of(evaluation, recipes, created_from="")
    files = recipes.add(files_recipe(manifest.files, str(evaluation.value("home.fileOverlapResolution"))))
    script = str(evaluation.value("nmt.script"))
    with Store(place, durable=False) as store:
        _realise(recipes, store, [files, *recipes.scan(script)])
        tested = scratch / "tested"
        tested.mkdir()
        (tested / "home-files").symlink_to(files)
        done = subprocess.run(
            ["bash", "-c", PRELUDE + script],
            env={**os.environ, "TESTED": str(tested)},
            cwd=tested,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    return done.stderr if done.returncode else ""


def _realise(recipes: Recipes, store: Store, roots: list[str]) -> None:
    """Makes objects and all that they need; a package is an empty folder."""
    seen: set[str] = set()
    stack = list(roots)
    while stack:
        path = stack.pop()
        if path in seen:
            continue
        seen.add(path)
        if isinstance(recipes.get(path), PackageRecipe):
            if not store.exists(path):
                store.place(path, os.mkdir)
        else:
            stack.extend(recipes.dependencies(path))
    store.realise(recipes, roots)


@contextmanager
def _alone(scratch: Path) -> Iterator[None]:
    """The environment of nobody's session."""
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(PATH=before.get("PATH", ""), HOME=str(scratch), USER="hm-user", LC_ALL="C.UTF-8", TZ="UTC")
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def run(arguments: argparse.Namespace) -> int:
    """Runs the tests and prints how many pass, then those that do not."""
    checkout = arguments.checkout.resolve()
    tests = list(tests_of(checkout, arguments.only))
    misses = {test.name: said for test in tests if (said := miss(test, checkout))}
    print(f"{'tests/lib':22} {len(tests) - len(misses):4} of {len(tests):4}", flush=True)
    for name, said in misses.items():
        print(f"miss {name}")
        if arguments.verbose:
            print("".join(f"    {line}\n" for line in said.rstrip().split("\n")), end="")
    return 1 if misses else 0
