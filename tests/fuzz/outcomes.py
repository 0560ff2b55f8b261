"""What comes of a program: from our evaluator, and from a real Nix."""

from __future__ import annotations

import re
import subprocess
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from home_manager.diagnostics import Failure, Source
from home_manager.nix import jit
from home_manager.nix.evaluation import Evaluator, deep_force, print_value, with_deep_stack
from home_manager.nix.io import SystemIO
from home_manager.nix.nar_paths import NamedObjects

STORE = "/nix/store"
SECONDS = 30
FEATURES = "flakes fetch-tree pipe-operators"
FILES = {
    "data.json": '{ "a": 1 }\n',
    "dir/text": "line one\nline two\n",
    "dir/number.nix": "let a = 40; in a + 2\n",
    "dir/default.nix": "{ a = ./text; b = __curPos; }\n",
    "mark.nix": 'builtins.trace "@@@" "@@@"\n',
}
"""The files beside a program."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`kind` is `value`, `failure`, `crash` (an exception that is no failure, a signal) or `hang`."""

    kind: str
    text: str
    traces: tuple[str, ...] = ()

    def agrees(self, other: Outcome) -> bool:
        """Both a failure, or the same value after the same traces.

        In which order attributes are computed is left open: Nix takes them as it first met their names, in whatever
        file. So of two attributes that fail, or trace, either may come first. Nor does it matter what a trace shows of
        a value that is not computed yet: data that is written down is never a «thunk» here.
        """
        if self.kind == other.kind == "failure":
            return True
        mine, theirs = (sorted(" ".join(each.split()) for each in outcome.traces) for outcome in (self, other))
        return (
            self.kind == other.kind
            and _timeless(self.text) == _timeless(other.text)
            and len(mine) == len(theirs)
            and all(
                re.fullmatch(_THUNK.join(map(re.escape, b.split("«thunk»"))), a)
                for a, b in zip(mine, theirs, strict=True)
            )
        )


_THUNK = "(?s:.+)"


def _timeless(text: str) -> str:
    """A value without the time at which it was computed."""
    return re.sub(r"currentTime = \d+", "currentTime = …", text)


def lay_out(folder: Path) -> None:
    """Makes the files that lie beside every program."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def plain(message: str) -> str:
    """A message without colours and without the indentation of its lines."""
    return re.sub(r"\n\s*", "\n", re.sub(r"\x1b\[[0-9;]*m", "", message).rstrip())


@contextmanager
def becoming_python(often: int) -> Iterator[None]:
    """Expressions become Python after so many evaluations; see `nix.jit`."""
    from home_manager.nix.jit import tiers

    before = tiers.OFTEN
    tiers.OFTEN = often  # type: ignore[misc]
    yield
    tiers.OFTEN = before  # type: ignore[misc]


def ours(text: str, path: Path, *, at_once: bool = False) -> Outcome:
    """What our evaluator makes of a text that lies at this path (or need not: it is not read).

    With `at_once`, whatever can become Python does so when it is first evaluated.
    """
    if at_once and not jit.COMPILED:
        with becoming_python(0):
            return ours(text, path)
    traces: list[str] = []
    io = SystemIO(
        objects=NamedObjects(STORE),
        environment={"HOME": str(path.parent)},
        trace=lambda said: traces.append(said.partition("\n")[0]),
    )
    evaluator = Evaluator(io, store_dir=STORE)
    source = Source(str(path), text)

    def run() -> str:
        return print_value(deep_force(evaluator.eval_source(source, str(path.parent))))

    try:
        return Outcome("value", with_deep_stack(run), tuple(traces))
    except Failure as failure:
        return Outcome("failure", plain(str(failure)), tuple(traces))
    except Exception as error:
        *_, last = traceback.extract_tb(error.__traceback__)
        place = f"{Path(last.filename).name}:{last.lineno}"
        return Outcome("crash", f"{type(error).__name__} at {place}: {error}", tuple(traces))


class RealNix:
    """A real `nix-instantiate`, which evaluates many files with one start as long as none of them fails."""

    def __init__(self, program: Path, folder: Path) -> None:
        self.program = program
        self.folder = folder
        lay_out(folder)

    def put(self, texts: Sequence[str]) -> list[Path]:
        """Writes the programs to files, beside which those of others stay."""
        paths = [self.folder / f"p{number}.nix" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_bytes(text.encode("utf-8", "surrogateescape"))
        return paths

    def outcomes(self, texts: Sequence[str], failing: Sequence[bool] = ()) -> list[Outcome]:
        """What comes of each text; `failing` are guesses, which save time where they are right."""
        paths = self.put(texts)
        found: dict[int, Outcome] = {}
        guesses = list(failing) or [False] * len(texts)
        together = [number for number, fails in enumerate(guesses) if not fails]
        for number, fails in enumerate(guesses):
            if fails:
                found.update(self._run([number], paths))
        while together:
            some = self._run(together[:200], paths)
            found.update(some)
            together = together[len(some) :]
        return [found[number] for number in range(len(texts))]

    def _run(self, numbers: Sequence[int], paths: Sequence[Path]) -> dict[int, Outcome]:
        """The outcomes of the first of these, up to the first failure."""
        mark = str(self.folder / "mark.nix")
        files = [each for number in numbers for each in (str(paths[number]), mark)]
        command = [str(self.program), "--store", "dummy://", "--extra-experimental-features", FEATURES]
        command += ["--eval", "--strict", *files]
        environment = {"HOME": str(self.folder), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        try:
            done = subprocess.run(
                command, capture_output=True, cwd=self.folder, env=environment, timeout=SECONDS, check=False
            )
            printed, said, status = done.stdout, done.stderr, done.returncode
        except subprocess.TimeoutExpired as error:
            printed, said, status = error.stdout or b"", error.stderr or b"", None
        values = printed.decode("utf-8", "surrogateescape").split('"@@@"\n')
        notes = said.decode("utf-8", "surrogateescape").split("trace: @@@\n")
        finished = len(notes) - 1
        result = {
            numbers[at]: Outcome("value", values[at].removesuffix("\n"), tuple(_traces(notes[at])))
            for at in range(min(finished, len(numbers)))
        }
        if finished < len(numbers):
            rest = notes[finished]
            if status is None or status < 0:
                result[numbers[finished]] = Outcome("hang" if status is None else "crash", f"status {status}")
            else:
                result[numbers[finished]] = Outcome("failure", _error(rest), tuple(_traces(rest)))
        return result


def _traces(said: str) -> Iterator[str]:
    for line in said.split("\n"):
        if line.startswith("trace: "):
            yield line[7:]


def _error(said: str) -> str:
    """The error itself: the last message, without the places."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", said)
    found = re.split(r"\n\s+at |\nTry ", text[text.rfind("error:") :])[0]
    return plain(found).removeprefix("error:").strip()
