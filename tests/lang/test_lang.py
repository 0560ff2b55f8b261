"""The language, by example: every `NAME.nix` here is evaluated (or parsed) and compared with what lies beside it.

- `NAME.exp`: what `nix-instantiate --eval --strict` prints, or, if the name starts with `parse-`, `--parse`;
- `NAME.err`: the error: its message, the place with what stands under the caret, then notes (`=`) and hints (`help:`).
- `NAME.trace`, beside `NAME.err`: the steps that `--show-trace` shows, the outermost first, each with its place.

The values, the printed syntax and the messages are Nix's own (2.34); places and hints are ours. `--update-goldens` writes
`.exp` and `.err` from what comes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from home_manager.diagnostics import Failure, Source
from home_manager.nix.nar_paths import NamedObjects
from home_manager.nix.evaluation import Evaluator, deep_force, print_value, with_deep_stack
from home_manager.nix.io import SystemIO
from home_manager.nix.syntax.unparse import show

FOLDER = Path(__file__).parent
STORE = "/nix/store"


@dataclass(frozen=True)
class Outcome:
    """What came of a file: the text, and the suffix of the file that holds it."""

    text: str
    suffix: str


def outcome(path: Path) -> Outcome:
    """Evaluates or parses a file."""
    io = SystemIO(objects=NamedObjects(STORE), environment={"HOME": "/home/alice"})
    evaluator = Evaluator(io, store_dir=STORE)

    def run() -> str:
        if path.name.startswith("parse-"):
            text = path.read_bytes().decode()
            return show(evaluator.parse_syntax(Source(str(path), text), str(path.parent)))
        return print_value(deep_force(evaluator.eval_file(str(path))))

    try:
        return Outcome(with_deep_stack(run).replace(str(path.parent), "/here") + "\n", ".exp")
    except Failure as failure:
        return Outcome(describe(failure).replace(f"{path.parent}/", ""), ".err")


def describe(failure: Failure) -> str:
    """A failure in the form of the `.err` files."""
    (diagnostic,) = failure.finished()
    lines = [diagnostic.message]
    for label in diagnostic.labels:
        marked = label.span.source.text[label.span.start : label.span.end].partition("\n")[0]
        lines.append(f"  {label.span}: {marked}" + (f"  ({label.text})" if label.text else ""))
    lines += [f"  = {note}" for note in diagnostic.notes]
    lines += [f"  help: {hint}" for hint in diagnostic.hints]
    return "\n".join(lines) + "\n"


def trace(path: Path) -> str:
    """The steps that lead to the error of a file."""
    io = SystemIO(objects=NamedObjects(STORE), environment={"HOME": "/home/alice"})
    evaluator = Evaluator(io, store_dir=STORE)
    with pytest.raises(Failure) as caught:
        with_deep_stack(lambda: deep_force(evaluator.eval_file(str(path))))
    (diagnostic,) = caught.value.finished()
    steps = [f"{frame.text}  [{frame.span or ''}]\n" for frame in reversed(diagnostic.frames)]
    return "".join(steps).replace(f"{path.parent}/", "")


def accept(path: Path, came: Outcome) -> None:
    """Writes what came beside a file, as `--update-goldens` asks."""
    for suffix in (".exp", ".err"):
        path.with_suffix(suffix).unlink(missing_ok=True)
    path.with_suffix(came.suffix).write_text(came.text)


def expected(path: Path) -> Outcome:
    """What lies beside a file."""
    found = [path.with_suffix(suffix) for suffix in (".exp", ".err") if path.with_suffix(suffix).exists()]
    assert len(found) == 1, f"{path.name} needs either a .exp or a .err"
    return Outcome(found[0].read_text(), found[0].suffix)


def names(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.nix"))


@pytest.mark.parametrize("name", names(FOLDER))
def test_outcome(name: str, pytestconfig: pytest.Config) -> None:
    path = FOLDER / f"{name}.nix"
    came = outcome(path)
    if pytestconfig.getoption("--update-goldens"):
        accept(path, came)
    assert came == expected(path)


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.trace")))
def test_trace(name: str) -> None:
    path = FOLDER / f"{name}.nix"
    assert trace(path) == path.with_suffix(".trace").read_text()


def test_every_expectation_belongs_to_a_file() -> None:
    kept = {path.stem for path in FOLDER.rglob("*.nix")}
    assert {path.stem for suffix in ("exp", "err", "trace") for path in FOLDER.rglob(f"*.{suffix}")} <= kept
