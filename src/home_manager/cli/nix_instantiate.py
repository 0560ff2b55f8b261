"""`home-manager nix-instantiate`: evaluates or parses Nix, with the options of the program of that name.

Meant for trying the language out and for tests; derivations are not built, so only `--eval` and `--parse` exist.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from functools import partial
from typing import TYPE_CHECKING, cast

from home_manager.cli import exits
from home_manager.cli.arguments import UsageError
from home_manager.cli.messages import _
from home_manager.cli.terminal import Terminal
from home_manager.diagnostics import Failure, Source, failure, nearest
from home_manager.paths import folder_of_caller

if TYPE_CHECKING:
    from home_manager.nix.evaluation import Evaluator
    from home_manager.values import Attrs, Value

EXAMPLES = """\
  home-manager nix-instantiate --eval -E '1 + 1'
  home-manager nix-instantiate --eval --strict --json -A config ./home.nix
  home-manager nix-instantiate --parse home.nix
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILE", help=_("a Nix file, or - for standard input"))
    parser.add_argument("-E", "--expr", action="store_true", help=_("take FILE as an expression"))
    parser.add_argument("--eval", action="store_true", help=_("show the value"))
    parser.add_argument("--parse", action="store_true", help=_("show the syntax tree as Nix"))
    parser.add_argument("--find-file", action="store_true", help=_("show where <FILE> is"))
    parser.add_argument("--strict", action="store_true", help=_("evaluate lists and sets to the bottom"))
    parser.add_argument("--json", action="store_true", help=_("show the value as JSON"))
    parser.add_argument("--xml", action="store_true", help=_("show the value as XML"))
    parser.add_argument("--raw", action="store_true", help=_("show a string as it is"))
    parser.add_argument("-A", "--attr", metavar="PATH", action="append", default=[], help=_("the attribute to show"))
    parser.add_argument("--arg", nargs=2, action="append", default=[], metavar=("NAME", "EXPR"))
    parser.add_argument("--argstr", nargs=2, action="append", default=[], metavar=("NAME", "TEXT"))
    parser.add_argument("-I", "--include", dest="search_path", action="append", default=[], metavar="PATH")
    parser.add_argument("--pure-eval", action="store_true", help=_("without the environment and files outside"))
    parser.add_argument("--read-write-mode", action="store_true", help=_("accepted, without effect"))
    parser.add_argument("--option", nargs=2, action="append", default=[], help=_("accepted, without effect"))
    parser.add_argument(
        "--max-call-depth", type=int, default=10_000, metavar="N", help=_("how deep calls may be nested")
    )
    parser.add_argument("--extra-experimental-features", action="append", default=[], metavar="NAMES")
    for lint in ("url", "absolute-path", "short-path"):
        name = f"--lint-{lint}-literals"
        parser.add_argument(name, choices=("ignore", "warn", "fatal"), default="ignore", help=_("a check of style"))
    parser.add_argument("--warm", action="store_true", help=_("through a process that stays for the next time"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    if not (arguments.eval or arguments.parse or arguments.find_file):
        raise UsageError(_("derivations cannot be instantiated; use --eval or --parse"))
    from home_manager.nix.evaluation import Evaluator, with_deep_stack
    from home_manager.nix.io import SystemIO
    from home_manager.nix.lowering.ir_cache import ParsedFiles
    from home_manager.nix.nar_paths import NamedObjects
    from home_manager.nix.syntax.lint_settings import NO_LINTS, Lints
    from home_manager.nix.syntax.unparse import show

    lints = Lints(
        arguments.lint_url_literals, arguments.lint_absolute_path_literals, arguments.lint_short_path_literals
    )
    evaluator = Evaluator(
        SystemIO(
            objects=NamedObjects("/nix/store"),
            trace=lambda text: terminal.tell(f"trace: {text}"),
            warn=lambda text: terminal.tell(f"evaluation warning: {text}"),
            notice=terminal.warn,
        ),
        store_dir="/nix/store",
        pure=arguments.pure_eval,
        search_path=_search_path(arguments.search_path),
        features=[name for names in arguments.extra_experimental_features for name in names.split()],
        lints=NO_LINTS if lints == NO_LINTS else lints,
        parsed=ParsedFiles(cache) if (cache := _cache()) is not None else None,
        max_call_depth=arguments.max_call_depth,
    )
    for name in arguments.files or ([] if arguments.expr else ["default.nix"]):
        if arguments.find_file:
            entries = evaluator.builtins["nixPath"]
            terminal.say(evaluator.find_file(entries, name).text)
        elif arguments.parse:
            source, base = _source(evaluator, name, arguments.expr)
            terminal.say(show(evaluator.parse_syntax(source, base)))
        else:
            for path in arguments.attr or [""]:
                work = partial(_evaluated, evaluator, name, path, arguments)
                terminal.write(with_deep_stack(work, arguments.max_call_depth))
    evaluator.keep_parsed()
    return exits.OK


def _cache() -> str | None:
    """The folder for what can be had again; None where there is no home."""
    try:
        return os.path.join(folder_of_caller("XDG_CACHE_HOME", ".cache"), "home-manager")
    except Failure:
        return None


def _search_path(given: list[str]) -> list[tuple[str, str]]:
    """The entries of `-I` and `$NIX_PATH`, each `prefix=path` or a path."""
    entries = [*given, *(part for part in os.environ.get("NIX_PATH", "").split(":") if part)]
    pairs = [entry.partition("=") if "=" in entry else ("", "", entry) for entry in entries]
    return [(prefix, path if "://" in path else os.path.abspath(path)) for prefix, _, path in pairs]


def _source(evaluator: Evaluator, name: str, is_expression: bool) -> tuple[Source, str]:
    """The text to read, and the folder that its relative paths start from."""
    here = os.getcwd()
    if is_expression:
        return Source("«string»", name), here
    if name == "-":
        return Source("«stdin»", sys.stdin.read()), here
    path = os.path.abspath(name)
    if os.path.isdir(path):
        path = os.path.join(path, "default.nix")
    return evaluator.read_source(path), os.path.dirname(path)


def _evaluated(evaluator: Evaluator, name: str, path: str, arguments: Namespace) -> str:
    from home_manager.nix import evaluation as nix

    source, base = _source(evaluator, name, arguments.expr)
    given = _given(evaluator, arguments)
    value = nix.force(evaluator.auto_call(evaluator.eval_source(source, base), given))
    for part in _parts(path):
        value = nix.force(evaluator.auto_call(_selected(value, part, path), given))
    if arguments.strict or arguments.json or arguments.xml:
        nix.deep_force(value)
    if arguments.raw:
        return str.__str__(nix.coerce_to_string(value))
    if arguments.json or arguments.xml:
        converter = evaluator.builtins["toXML" if arguments.xml else "toJSON"]
        text = str.__str__(cast(str, nix.force(nix.call(converter, value))))
        return text if arguments.xml else f"{text}\n"
    return f"{nix.print_value(value)}\n"


def _parts(path: str) -> list[str]:
    from home_manager.cli.option import split_name

    return list(split_name(path))


def _selected(value: Value, part: str, path: str) -> Value:
    """The attribute, or for a number the element, that a step of `-A` names."""
    if isinstance(value, list) and part.isdigit() and int(part) < len(value):
        return cast("Value", value[int(part)])
    if isinstance(value, dict) and part in value:
        return cast("Value", value[part])
    names = list(value) if isinstance(value, dict) else []
    raise failure(
        "nix-missing-attribute",
        _("attribute '{part}' in selection path '{path}' not found").format(part=part, path=path),
        hints=tuple(_("did you mean `{name}`?").format(name=name) for name in nearest(part, names)[:1]),
    )


def _given(evaluator: Evaluator, arguments: Namespace) -> Attrs:
    """What `--arg` and `--argstr` name."""
    from home_manager.values import Attrs

    given = Attrs({name: text for name, text in arguments.argstr})
    for name, text in arguments.arg:
        given[name] = evaluator.eval_text(text, os.getcwd())
    return given
