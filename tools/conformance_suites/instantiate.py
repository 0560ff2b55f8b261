"""A `nix-instantiate` for test scripts: `lib` in the folder named by CONFORMANCE_LIB is ours, failures look like Nix's."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from conformance_suites.local_git import fetcher
from conformance_suites.nix_output import told
from conformance_suites.nixpkgs_lib import EvaluatorWithLib
from home_manager.cli.option import split_name
from home_manager.configuration.store_additions import EvaluationObjects
from home_manager.diagnostics import Failure, failure
from home_manager.nix import evaluation as nix
from home_manager.store import Recipes, Store
from home_manager.values import Attrs, Value


def parsed(words: list[str]) -> Namespace:
    """The options of `nix-instantiate` that the scripts use."""
    parser = ArgumentParser(allow_abbrev=False)
    parser.add_argument("expression", nargs="?", default="default.nix")
    parser.add_argument("-E", "--expr", action="store_true")
    parser.add_argument("-A", "--attr", default="")
    parser.add_argument("-I", dest="search_path", action="append", default=[])
    parser.add_argument("--arg", nargs=2, action="append", default=[])
    parser.add_argument("--argstr", nargs=2, action="append", default=[])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--option", nargs=2, action="append", default=[])
    parser.add_argument("--timeout")
    for ignored in ("--eval", "--eval-only", "--show-trace", "--read-write-mode"):
        parser.add_argument(ignored, action="store_true")
    return parser.parse_args(words)


def evaluated(evaluator: EvaluatorWithLib, arguments: Namespace, here: str) -> str:
    """What `nix-instantiate` would print, with relative paths from `here`."""
    if arguments.expr:
        value = evaluator.eval_text(arguments.expression, here)
    else:
        value = evaluator.eval_file(os.path.abspath(arguments.expression))
    given: dict[str, Value] = {name: text for name, text in arguments.argstr}
    given.update((name, evaluator.eval_text(text, here)) for name, text in arguments.arg)
    value = evaluator.auto_call(value, Attrs(given))
    for name in split_name(arguments.attr) if arguments.attr else ():
        value = nix.force(value)
        if isinstance(value, list) and name.isdigit() and int(name) < len(value):
            value = evaluator.auto_call(value[int(name)], Attrs(given))
            continue
        if not isinstance(value, dict) or name not in value:
            raise failure("nix-missing-attribute", f"attribute '{name}' in selection path '{arguments.attr}' not found")
        value = evaluator.auto_call(value[name], Attrs(given))
    if arguments.json:
        return str(nix.force(nix.call(evaluator.builtins["toJSON"], value)))
    if arguments.strict:
        nix.deep_force(value)
    return str(nix.print_value(nix.force(value)))


def main(words: list[str]) -> int:
    """Evaluates as the options say; status 1 with the trace and the error on standard error."""
    arguments = parsed(words)
    entries = [*arguments.search_path, *(part for part in os.environ.get("NIX_PATH", "").split(":") if part)]
    pairs = [entry.partition("=") if "=" in entry else ("", "", entry) for entry in entries]

    def report(text: str) -> None:
        sys.stderr.write(text + "\n")

    place = os.environ.get("CONFORMANCE_STORE", "")
    recipes = Recipes(place) if place else None  # a store that is written to, where a script looks into it
    try:
        evaluator = EvaluatorWithLib(
            Path(os.environ["CONFORMANCE_LIB"]),
            theirs=False,
            search_path=[(prefix, os.path.abspath(path)) for prefix, _, path in pairs],
            report=report,
            abort_on_warn=["abort-on-warn", "true"] in arguments.option,
            objects=None if recipes is None else EvaluationObjects(recipes),
            fetch=None if recipes is None else fetcher(recipes, place),
            store_dir=place or "/nix/store",
        )

        def work() -> str:
            printed = evaluated(evaluator, arguments, os.getcwd())
            if recipes is not None and arguments.read_write_mode:
                with Store(place, durable=False) as store:
                    store.realise(recipes, list(recipes))
            return printed

        sys.stdout.write(nix.with_deep_stack(work) + "\n")
    except Failure as error:
        for diagnostic in error.finished():
            account = told(diagnostic, str)
            for step in account.steps:
                report(f"       … {step.text}" + (f"\n         at {step.place}:" if step.place else ""))
            report(f"       error: {diagnostic.message}" + "".join(f"\n       {note}" for note in diagnostic.notes))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
