"""The checks of nixpkgs' `lib/tests/modules.sh`, run in this process with our `lib`, and judged by what they mean.

Bash itself reads the script, with functions in place of its own that only say what each check wants; so loops, `set --`
and brace expansions are its affair. An output must match the script's pattern. So must an error; where ours has other
words, `nixpkgs_modules.toml` says for that check which code and message of ours means the same, and why.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
import tomllib
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from conformance_suites.instantiate import evaluated, parsed
from conformance_suites.nix_output import told
from conformance_suites.nixpkgs_lib import EvaluatorWithLib
from home_manager.diagnostics import Diagnostic, Failure
from home_manager.nix import evaluation as nix

JUDGED = Path(__file__).with_suffix(".toml")
SCRIPT = "tests/modules.sh"
TRACEBACK = "traceback"
HINT = "what decides about `imports`"
"""What ours says where the script requires the advice on infinite recursions, and nowhere else."""
_FIRST_CHECK = re.compile(r"^(?:\w+=\S+ )?check(?:ConfigOutput|ConfigError|Expression) ", re.MULTILINE)
_RECORD = r"""
told() { printf '%s\0' "$@" "${ABORT_ON_WARN-}" "${STRICT_EVAL-}" "${REQUIRE_INFINITE_RECURSION_HINT-}" $'\n'; }
checkConfigOutput() { told output "$@"; }
checkConfigError() { told error "$@"; }
checkExpression() { told expression "" "$@"; }
"""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the script: what is evaluated, and the pattern that the output or the error must match."""

    kind: str
    pattern: str
    words: tuple[str, ...]
    abort_on_warn: bool = False
    strict: bool = False
    hint: bool = False

    @property
    def name(self) -> str:
        return " ".join((*(("ABORT_ON_WARN",) if self.abort_on_warn else ()), *self.words))


@dataclass(frozen=True, slots=True)
class Came:
    """What a check gave: an output, or a failure."""

    output: str
    diagnostic: Diagnostic | None = None
    said: tuple[str, ...] = ()
    """Warnings and traces."""

    @property
    def text(self) -> str:
        """The failure with all its steps, as the script would see it on standard error."""
        diagnostic = self.diagnostic
        if diagnostic is None:
            return self.output
        account = told(diagnostic, str)
        lines = [*self.said, *(f"… {step.text}" for step in account.steps)]
        lines += [f"error: {diagnostic.message}"]
        lines += [f"in {label.span.source.name}: {label.text}" for label in diagnostic.labels]
        lines += [*diagnostic.notes, *diagnostic.hints]
        return "\n       ".join(lines)

    @property
    def short(self) -> str:
        diagnostic = self.diagnostic
        if diagnostic is None:
            return self.output
        return f"{diagnostic.code}: {diagnostic.message}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A check with what it gave: `literal`, `judged` (other words, reviewed), or `missed`."""

    check: Check
    came: Came
    verdict: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody found to mean the same as a pattern of the script, for one check."""

    code: str
    said: re.Pattern[str]
    why: str


def checks(lib: Path) -> list[Check]:
    """All checks of the script, in order."""
    script = lib / SCRIPT
    text = script.read_text("utf-8")
    found = _FIRST_CHECK.search(text)
    if found is None:
        raise SystemExit(f"{script} has no checks")
    body = text[found.start() :].partition("\ncat <<")[0]
    with tempfile.NamedTemporaryFile("w", suffix=".sh", encoding="utf-8") as file:
        file.write("set -o errexit -o nounset -o pipefail\nshopt -s failglob\n" + _RECORD + body)
        file.flush()
        done = subprocess.run(
            ["bash", file.name], cwd=lib / "tests" / "modules", stdout=subprocess.PIPE, text=True, check=True
        )
    return list(_read(done.stdout))


def _read(text: str) -> Iterator[Check]:
    for record in text.split("\0\n\0")[:-1]:
        kind, pattern, *words, abort, strict, hint = record.split("\0")
        yield Check(kind, pattern, tuple(words), abort == "1", strict == "1", bool(hint))


def run_check(lib: Path, check: Check) -> Came:
    """Evaluates what a check asks for, with an evaluator of its own."""
    folder = lib / "tests" / "modules"
    if check.kind == "expression":
        words = ["--strict", "--json", str(folder / check.words[0])]
    else:
        attribute, *modules = check.words
        script = f"import ./default.nix {{ modules = [ {' '.join(modules)} ];}}"
        words = ["--json", *(["--strict"] if check.strict else ()), "-E", script, "-A", attribute]

    said: list[str] = []

    def work() -> str:
        evaluator = EvaluatorWithLib(lib, theirs=False, report=said.append, abort_on_warn=check.abort_on_warn)
        return evaluated(evaluator, parsed(words), str(folder))

    try:
        return Came(nix.with_deep_stack(work))
    except Failure as failure:
        return Came("", next(iter(failure.finished())), tuple(said))
    except Exception as error:
        # A bug of ours; no pattern may match it.
        return Came("", Diagnostic(TRACEBACK, "".join(traceback.format_exception(error)[-3:])))


def judgements(file: Path = JUDGED) -> Mapping[tuple[str, str], Judgement]:
    """The reviewed table: by the script's pattern and the name of the check."""
    result: dict[tuple[str, str], Judgement] = {}
    for entry in tomllib.loads(file.read_text("utf-8"))["meaning"]:
        for name, said in entry["checks"].items():
            result[entry["pattern"], name] = Judgement(entry["code"], re.compile(said, re.DOTALL), entry["why"])
    return result


def outcome(lib: Path, check: Check, judged: Mapping[tuple[str, str], Judgement]) -> Outcome:
    """Runs a check and says how it went."""
    came = run_check(lib, check)
    if (check.kind == "error") != (came.diagnostic is not None):
        return Outcome(check, came, "missed")
    if check.kind != "error":
        # `grep -E` looks at each line.
        good = any(re.search(check.pattern, line) for line in came.output.split("\n"))
        return Outcome(check, came, "literal" if good else "missed")
    diagnostic = came.diagnostic
    assert diagnostic is not None
    if diagnostic.code == TRACEBACK or (HINT in came.text) != check.hint:
        return Outcome(check, came, "missed")
    if re.search(check.pattern, came.text):
        return Outcome(check, came, "literal")
    entry = judged.get((check.pattern, check.name))
    good = entry is not None and entry.code == diagnostic.code and entry.said.search(came.text) is not None
    return Outcome(check, came, "judged" if good else "missed")


def outcomes(lib: Path, only: str = "") -> list[Outcome]:
    """All checks of the script with their verdicts."""
    judged = judgements()
    return [outcome(lib, check, judged) for check in checks(lib) if only in check.name]
