"""The language tests of Nix: a checkout of NixOS/nix, folder tests/functional/lang.

Each case has an evaluator of its own, all in one process. Four tiers are scored: whether a text is accepted or
rejected as it should be; the message of the error; its place; and the whole trace. What is accepted must also print
what is expected, byte for byte, and give the warnings that are expected.
"""

from __future__ import annotations

import argparse
import os
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, cast

from conformance_suites.nix_output import Account, cause, plain_warnings, read, same_text, same_trace, told
from home_manager.diagnostics import Failure, Source
from home_manager.nix import evaluation as nix
from home_manager.nix.io import SystemIO
from home_manager.nix.nar_paths import NamedObjects
from home_manager.nix.syntax.lint_settings import NO_LINTS, Level, Lints
from home_manager.nix.syntax.unparse import show
from home_manager.values import Attrs

CHECKOUT = "a checkout of NixOS/nix"
STORE = "/nix/store"
SECONDS = 60
"""How long a case may take."""

KINDS = ("parse-okay", "parse-fail", "eval-okay", "eval-fail")


@dataclass(slots=True)
class Flags:
    """The options of a case that mean something here; `ignored` are the others."""

    strict: bool = True
    attribute: str = ""
    arguments: dict[str, tuple[str, bool]] = field(default_factory=dict)
    search_path: list[str] = field(default_factory=list)
    max_call_depth: int = 10_000
    features: list[str] = field(default_factory=list)
    lints: dict[str, Level] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Outcome:
    """What came of one case: text printed, or a failure; and what went to standard error on the way."""

    printed: str | None = None
    account: Account | None = None
    said: list[str] = field(default_factory=list)
    crash: str = ""


@dataclass(slots=True)
class Miss:
    """A tier that a case does not reach."""

    case: str
    tier: str
    wanted: str
    came: str
    cause: str = ""


class TooSlow(Exception):
    """A case that takes longer than it may."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tier", default="", metavar="NAME", help="only the misses of this tier")


def flags_of(text: str) -> Flags:
    """The options in a `.flags` file."""
    flags = Flags()
    words = iter(" ".join(line.partition("#")[0] for line in text.splitlines()).split())
    for word in words:
        match word:
            case "--arg" | "--argstr":
                name = next(words)
                flags.arguments[name] = (next(words), word == "--argstr")
            case "-A" | "--attr":
                flags.attribute = next(words)
            case "-I":
                flags.search_path.append(next(words))
            case "--max-call-depth":
                flags.max_call_depth = int(next(words))
            case "--extra-experimental-features":
                flags.features.append(next(words))
            case "--lint-url-literals" | "--lint-absolute-path-literals" | "--lint-short-path-literals":
                level = next(words)
                flags.lints[word.removeprefix("--lint-").replace("-", "_")] = cast(Level, level)
            case "--eval" | "--strict" | "--show-trace" | "--no-show-trace" | "--impure":
                pass
            case _:
                flags.ignored.append(f"{word} {next(words, '')}")
    return flags


class Suite:
    """The cases of one checkout."""

    def __init__(self, checkout: Path) -> None:
        self.here = (checkout / "tests" / "functional").resolve()
        self.lang = self.here / "lang"
        if not self.lang.is_dir():
            raise SystemExit(f"there is no {self.lang}: is this a checkout of NixOS/nix?")

    def cases(self, kind: str) -> list[str]:
        return sorted(path.stem for path in self.lang.glob(f"{kind}-*.nix"))

    def text(self, case: str, ending: str) -> str | None:
        path = self.lang / f"{case}.{ending}"
        return path.read_bytes().decode("utf-8", "surrogateescape") if path.exists() else None

    def shown(self, text: str) -> str:
        """A text with the name of the checkout's folder as the expectations have it."""
        return text.replace(str(self.here), "/pwd")

    def evaluator(self, flags: Flags, said: list[str]) -> nix.Evaluator:
        environment = {"TEST_VAR": "foo", "HOME": "/fake-home", "NIX_PATH": "lang/dir3:lang/dir4"}
        io = SystemIO(
            objects=NamedObjects(STORE),
            trace=lambda text: said.append(f"trace: {text}"),
            warn=lambda text: said.append(f"evaluation warning: {text}"),
            notice=lambda text: said.append(f"warning: {text}"),
            environment=environment,
            home="/fake-home",
        )
        entries = [*flags.search_path, *environment["NIX_PATH"].split(":")]
        pairs = [entry.partition("=") if "=" in entry else ("", "", entry) for entry in entries]
        search_path = [(prefix, str(self.here / path)) for prefix, _, path in pairs]
        return nix.Evaluator(
            io,
            store_dir=STORE,
            search_path=search_path,
            max_call_depth=flags.max_call_depth,
            pipe_operators="pipe-operators" in flags.features,
            features=flags.features,
            lints=Lints(**flags.lints) if flags.lints else NO_LINTS,
        )

    def run(self, kind: str, case: str) -> Outcome:
        """What comes of a case."""
        outcome = Outcome()
        flags = flags_of(self.text(case, "flags") or "")
        try:
            with _at_most(SECONDS):
                evaluator = self.evaluator(flags, outcome.said)
                if kind.startswith("parse"):
                    outcome.printed = self._parsed(evaluator, case)
                else:
                    xml = self.text(case, "exp.xml") is not None
                    outcome.printed = nix.with_deep_stack(lambda: self._evaluated(evaluator, case, flags, xml))
        except Failure as failure:
            outcome.account = told(failure.finished()[0], self.shown)
        except TooSlow:
            outcome.crash = f"takes more than {SECONDS} seconds"
        except Exception as error:
            outcome.crash = f"{type(error).__name__}: {error}"
        return outcome

    def _parsed(self, evaluator: nix.Evaluator, case: str) -> str:
        source = Source("«stdin»", self.text(case, "nix") or "")
        evaluator.parse(source, str(self.here))
        return self.shown(show(evaluator.parse_syntax(source, str(self.here)))) + "\n"

    def _evaluated(self, evaluator: nix.Evaluator, case: str, flags: Flags, xml: bool) -> str:
        given = Attrs(
            {
                name: text if is_text else evaluator.eval_text(text, str(self.here))
                for name, (text, is_text) in flags.arguments.items()
            }
        )
        source = evaluator.read_source(str(self.lang / f"{case}.nix"))
        value: Any = evaluator.auto_call(evaluator.eval_source(source, str(self.lang)), given)
        for name in flags.attribute.split(".") if flags.attribute else ():
            selected: Any = nix.force(value)
            value = evaluator.auto_call(selected[name], given)
        nix.deep_force(value)
        if xml:
            return self.shown(str(nix.force(nix.call(evaluator.builtins["toXML"], value))))
        return self.shown(nix.print_value(value)) + "\n"


@contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    def stop(_: int, __: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def judge(
    suite: Suite, kind: str, case: str, outcome: Outcome, reached: Counter[str], asked: Counter[str]
) -> list[Miss]:
    """The tiers that a case reaches, counted, and those that it misses."""
    misses: list[Miss] = []

    def tier(name: str, good: bool, wanted: str, came: str) -> bool:
        asked[name] += 1
        reached[name] += good
        if not good:
            misses.append(Miss(case, name, wanted, came))
        return good

    account = outcome.account
    if kind.endswith("okay"):
        came = outcome.crash or (account.error.text if account else "")
        if not tier("accept/reject", outcome.printed is not None, "accepted", came):
            return misses
        wanted = suite.text(case, "exp.xml") or suite.text(case, "exp") or ""
        tier("output", outcome.printed == wanted, wanted, outcome.printed or "")
        messages = suite.text(case, "err.exp")
        if messages is not None and kind == "eval-okay":
            theirs = plain_warnings(messages)
            ours = plain_warnings(suite.shown("\n".join(outcome.said)))
            tier("warnings", ours == theirs, theirs, ours)
        return misses
    expected = read(suite.text(case, "err.exp") or "")
    if not tier("accept/reject", account is not None, expected.error.text, outcome.crash or "accepted"):
        for name in ("error line", "position", "trace"):
            tier(name, False, expected.error.text, outcome.crash or "accepted")
        return misses
    assert account is not None
    tier("error line", same_text(account.error.text, expected.error.text), expected.error.text, account.error.text)
    tier("position", account.place == expected.place, expected.place, account.place)
    if not tier("trace", same_trace(account, expected), _trace(expected), _trace(account)):
        misses[-1].cause = cause(account, expected)
    return misses


def _trace(account: Account) -> str:
    return "\n".join(f"{step.text}  [{step.place}]" for step in (*account.steps, account.error))


def run(arguments: argparse.Namespace) -> int:
    """Runs the suite and prints the scores and the misses."""
    suite = Suite(arguments.checkout)
    os.chdir(suite.here)
    reached: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    misses: list[Miss] = []
    for kind in KINDS:
        for case in suite.cases(kind):
            if arguments.only not in case or suite.text(case, "exp-disabled") is not None:
                continue
            misses.extend(judge(suite, kind, case, suite.run(kind, case), reached, asked))
    for tier, number in asked.items():
        print(f"{tier:14} {reached[tier]:4} of {number:4}  {reached[tier] / number:7.1%}")
    for why, number in Counter(miss.cause for miss in misses if miss.cause).most_common():
        print(f"{number:4} traces: {why}")
    for miss in misses:
        if arguments.tier and miss.tier != arguments.tier:
            continue
        print(f"miss {miss.tier}: {miss.case}")
        if arguments.verbose:
            for word, text in (("wanted", miss.wanted), ("came  ", miss.came)):
                print(*(f"    {word} {line}" for line in text.split("\n")), sep="\n")
    return 1 if misses else 0
