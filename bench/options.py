"""The option engine: 5,000 options with 1,000 definitions, declared in Nix and in Python, beside Nix with nixpkgs' lib.

All evaluate the same values to JSON; what a process costs that evaluates nothing is taken off. Real Nix is found through
$NIX_BIN, nixpkgs' lib through $NIXPKGS_LIB.

The Nix file is read as the program reads it: with the cache of parsed files, filled by the run that warms up. That run is
the one that is held against real Nix, since people switch again and again with files that hardly change. What a first
reading costs, which parses the file and fills an empty cache, stands on a line of its own.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bench.clock import in_turns, output

if TYPE_CHECKING:
    from home_manager.options import ModuleSpec

GROUPS, EACH, DEFINED = 100, 50, 1000
ALLOWED = {"nix": 1.5, "python": 0.5}
"""How many times the time of real Nix each may take; a first reading has no limit here."""
ROUNDS = 7

KINDS = (
    ("bool", "types.bool", "false", "true"),
    ("str", "types.str", '"unset"', '"set"'),
    ("int", "types.int", "1", "2"),
    ("nullable", "types.nullOr types.str", "null", '"set"'),
    ("list", "types.listOf types.str", '[ "a" "b" ]', '[ "c" ]'),
    ("attrs", "types.attrsOf types.int", "{ }", "{ a = 1; b = 2; }"),
    ("enum", 'types.enum [ "one" "two" ]', '"one"', '"two"'),
    ("either", "types.either types.int types.str", "1", '"two"'),
    ("lines", "types.lines", '""', '"some line"'),
    (
        "inner",
        "types.attrsOf (types.submodule { options.on = lib.mkOption { type = types.bool; default = true; }; })",
        "{ }",
        "{ x = { }; y.on = false; }",
    ),
)
"""Name, type, default and definition, in Nix."""


def place(number: int) -> tuple[int, int]:
    """The group and the option that a definition is for: every kind in turn, spread over all groups."""
    return number % GROUPS, (number // GROUPS * 7 + number) % EACH


def configuration(start: str) -> str:
    """Everything as one expression that begins by binding `lib`.

    There is a module for each group of options, and one with all definitions.
    """
    modules: list[str] = []
    for group in range(GROUPS):
        options: list[str] = []
        for number in range(EACH):
            name, kind, default, _ = KINDS[number % len(KINDS)]
            options.append(
                f"options.group{group}.{name}{number} = lib.mkOption "
                f'{{ type = {kind}; default = {default}; description = "Number {number}."; }};'
            )
        modules.append("({ lib, ... }: let inherit (lib) types; in {\n" + "\n".join(options) + "\n})")
    definitions: list[str] = []
    for number in range(DEFINED):
        group, position = place(number)
        name, _, _, value = KINDS[position % len(KINDS)]
        definitions.append(f"group{group}.{name}{position} = {value};")
    modules.append("{\n" + "\n".join(definitions) + "\n}")
    return f"{start} (lib.evalModules {{ modules = [\n" + "\n".join(modules) + "\n]; }).config"


def declared() -> list[ModuleSpec]:
    """The same modules, made of Python's types and values."""
    from home_manager.options import ModuleSpec, Option, OptionType
    from home_manager.options.types import public_names as t
    from home_manager.values import Attrs

    def inner() -> OptionType:
        return t.attrs_of(t.submodule(ModuleSpec("inner", "bench", options={"on": Option(t.bool, True)})))

    kinds: dict[str, tuple[OptionType, object, object]] = {
        "bool": (t.bool, False, True),
        "str": (t.str, "unset", "set"),
        "int": (t.int, 1, 2),
        "nullable": (t.null_or(t.str), None, "set"),
        "list": (t.list_of(t.str), ["a", "b"], ["c"]),
        "attrs": (t.attrs_of(t.int), Attrs(), Attrs({"a": 1, "b": 2})),
        "enum": (t.enum("one", "two"), "one", "two"),
        "either": (t.either(t.int, t.str), 1, "two"),
        "lines": (t.lines, "", "some line"),
        "inner": (inner(), Attrs(), Attrs({"x": Attrs(), "y": Attrs({"on": False})})),
    }
    names = list(kinds)
    modules: list[ModuleSpec] = []
    for group in range(GROUPS):
        options: dict[str, object] = {}
        for number in range(EACH):
            name = names[number % len(names)]
            type_, default, _ = kinds[name]
            options[f"{name}{number}"] = Option(type_, default, description=f"Number {number}.")
        modules.append(ModuleSpec(f"bench:{group}", "bench", options={f"group{group}": options}))
    config: dict[str, Attrs] = {}
    for number in range(DEFINED):
        group, position = place(number)
        name = names[position % len(names)]
        config.setdefault(f"group{group}", Attrs())[f"{name}{position}"] = kinds[name][2]
    return [*modules, ModuleSpec("bench", "bench", config=Attrs(config))]


def evaluate_here(how: str, file: str, cache: str) -> str:
    """The configuration as JSON: `nix` from the file with our `lib`, `python` from declarations.

    `first` is `nix` with a cache of its own, which is empty; `read` only reads the file as `first` does, and `nothing`
    does not even that.
    """
    from home_manager.frontends.nix.lib.library import Library
    from home_manager.nix import evaluation as nix
    from home_manager.nix.io import SystemIO
    from home_manager.nix.lowering.ir_cache import ParsedFiles
    from home_manager.options import evaluate

    if how in ("first", "read"):
        cache = os.path.join(cache, str(os.getpid()))
    evaluator = nix.Evaluator(SystemIO(), store_dir="/nix/store", parsed=ParsedFiles(cache))
    library = Library(evaluator)

    def work() -> str:
        if how == "nothing":
            return "{}"
        if how == "read":
            evaluator.eval_file(file)
            return "{}"
        if how == "python":
            value: object = evaluate(declared(), shared=library.new_shared()).config
        else:
            value = nix.call(evaluator.eval_file(file), library.root)
        return str(nix.force(nix.call(evaluator.builtins["toJSON"], value)))

    text = nix.with_deep_stack(work)
    evaluator.keep_parsed()
    return text


def lines() -> Iterator[str]:
    """The report."""
    nix_bin, lib = os.environ.get("NIX_BIN", ""), os.environ.get("NIXPKGS_LIB", "")
    program = shutil.which("nix-instantiate", path=nix_bin or None)
    if program is None or not lib:
        yield "options  skipped: $NIX_BIN (the programs of Nix) and $NIXPKGS_LIB (a checkout of its lib) are not both set"
        return
    folder = Path(lib, "lib") if Path(lib, "lib").is_dir() else Path(lib)
    with tempfile.TemporaryDirectory() as scratch:
        ours, theirs = Path(scratch, "ours.nix"), Path(scratch, "theirs.nix")
        ours.write_text(configuration("lib:"), "utf-8")
        theirs.write_text(configuration(f"let lib = import {folder}; in"), "utf-8")
        environment = {
            **os.environ,
            "HOME": scratch,
            "PYTHONPATH": str(Path(__file__).parent.parent),
            # Compiled once, in the run that warms up, whatever lies beside the sources.
            "PYTHONPYCACHEPREFIX": scratch,
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        here = [sys.executable, __file__]
        instantiate = [program, "--store", "dummy://", "--eval", "--strict", "--json"]
        commands = {
            "real Nix": [*instantiate, str(theirs)],
            "real Nix, nothing": [*instantiate, "-E", "{ }"],
            **{how: [*here, how, str(ours), scratch] for how in ("nix", "first", "python", "read", "nothing")},
        }
        texts = {name: json.loads(output(command, environment)) for name, command in commands.items()}
        if not texts["real Nix"] == texts["nix"] == texts["first"] == texts["python"]:
            raise SystemExit("the evaluations differ")
        timings = in_turns(commands, ROUNDS, environment)
    real = timings["real Nix"].median - timings["real Nix, nothing"].median
    yield f"options  {GROUPS * EACH} options, {DEFINED} definitions: real Nix {real:6.2f} s"
    reading = timings["read"].median - timings["nothing"].median
    for name, words in (
        ("nix", "declared in Nix, read before"),
        ("first", f"declared in Nix, first read ({reading:.2f} s)"),
        ("python", "declared in Python"),
    ):
        took = timings[name].median - timings["nothing"].median
        line = f"options  {words:<38}{took:6.2f} s  {took / real:5.2f} × real Nix"
        if name in ALLOWED:
            line += f" (at most {ALLOWED[name]})  {'ok' if took <= ALLOWED[name] * real else 'TOO SLOW'}"
        yield line


def _child(how: str, file: str, cache: str) -> None:
    """What the processes of the benchmark do, with the beginning and the end of the program's own."""
    sys.path.insert(0, str(Path(__file__).parent.parent))
    from home_manager.cli import end

    gc.disable()
    print(evaluate_here(how, file, cache))
    end(0)


if __name__ == "__main__":
    _child(*sys.argv[1:])
