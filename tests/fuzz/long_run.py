"""The long run: `programs` against a real Nix, `inputs` of any bytes, `writers` and their readers, or `all`.

Every disagreement is made small and kept as a file `NUMBER.nix` beside `NUMBER.txt`, which says what came of it.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from fuzz.outcomes import Outcome, RealNix, lay_out, ours
from fuzz.programs import Programs
from fuzz.watched import limit_memory, run, text_of

BATCH = 200


def real_nix() -> Path | None:
    """The program, found through `NIX_BIN` or the search path."""
    named = os.environ.get("NIX_BIN")
    found = Path(named) / "nix-instantiate" if named else Path(shutil.which("nix-instantiate") or "")
    return found if found.is_file() else None


class Kept:
    """The folder of disagreements."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0

    def add(self, text: str, told: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.count += 1
        (self.folder / f"{self.count}.nix").write_bytes(text.encode("utf-8", "surrogateescape"))
        (self.folder / f"{self.count}.txt").write_text(told, errors="surrogateescape")


def compare(nix: Path, arguments: argparse.Namespace) -> int:
    """Compares generated programs; the exit status says whether there were differences."""
    counts: Counter[str] = Counter()
    kept = Kept(arguments.keep)
    end = time.monotonic() + arguments.seconds
    with tempfile.TemporaryDirectory(prefix="fuzz-") as scratch:
        folder = Path(scratch).resolve()
        real = RealNix(nix, folder)
        seed = arguments.seed
        while counts["programs"] < arguments.count and time.monotonic() < end:
            texts = [Programs(random.Random(seed + number)).program() for number in range(BATCH)]
            seed += BATCH
            # A program may well look into the folder that it lies in: both shall find the same there.
            paths = real.put(texts)
            mine = [
                ours(text, path, at_once=number % 2 == 0)
                for number, (text, path) in enumerate(zip(texts, paths, strict=True))
            ]
            theirs = real.outcomes(texts, [outcome.kind != "value" for outcome in mine])
            for number, (text, a, b) in enumerate(zip(texts, mine, theirs, strict=True)):
                counts["programs"] += 1
                if not a.agrees(b):
                    # Nix compares attributes in the order in which it first met their names, in whatever file.
                    a = ours(text, *real.put([text]), at_once=number % 2 == 0)
                    (b,) = real.outcomes([text])
                if b.kind in ("crash", "hang"):
                    counts[f"left out: a {b.kind} of the real one"] += 1
                elif a.agrees(b):
                    counts[f"agree: {a.kind}"] += 1
                    if a.kind == "failure":
                        same = a.text.partition("\n")[0] == b.text.partition("\n")[0]
                        counts["errors with the same first line" if same else "errors with another first line"] += 1
                        if not same and arguments.messages:
                            kept.add(text, described(a, b))
                else:
                    counts["disagree"] += 1
                    if kept.count < arguments.most:
                        small = text if arguments.raw else reduced_difference(text, real, a, b)
                        told = described(ours(small, *real.put([small])), real.outcomes([small])[0])
                        kept.add(small, f"{told}\nseed {seed - BATCH + number}\n")
    report(counts)
    return 1 if counts["disagree"] else 0


def reduced_difference(text: str, real: RealNix, a: Outcome, b: Outcome) -> str:
    """A small program on which the two still differ in the same way."""
    from fuzz.reduction import reduced

    def still(candidate: str) -> bool:
        mine = ours(candidate, *real.put([candidate]))
        if mine.kind != a.kind:
            return False
        (theirs,) = real.outcomes([candidate])
        return theirs.kind == b.kind and not mine.agrees(theirs)

    return reduced(text, still)


def feed(arguments: argparse.Namespace) -> int:
    """Feeds any inputs; the exit status says whether one of them ended in something else than a value or a diagnostic."""
    kept = Kept(arguments.keep)
    known = known_programs()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as scratch:
        folder = Path(scratch).resolve()
        lay_out(folder)
        found = run(arguments.seed, arguments.count, arguments.seconds, arguments.jobs, known, folder)
        for seed, told in found.bad[: arguments.most]:
            kept.add(text_of(seed, known), f"{told}\nseed {seed}\n")
    bad = Counter(told.partition(":")[0] for _, told in found.bad)
    report(Counter({"inputs": found.inputs, "neither a value nor a diagnostic": len(found.bad), **bad}))
    print(f"of those that were counted, {found.values} gave a value and {found.failures} a diagnostic")
    return 1 if found.bad else 0


def write(arguments: argparse.Namespace) -> int:
    """Hostile words through every writer; the exit status says whether a reader found something else."""
    from fuzz.writers import WRITERS, disagreements, word

    counts: Counter[str] = Counter()
    kept = Kept(arguments.keep)
    writers = [each for each in WRITERS if not each.missing()]
    for each in WRITERS:
        if each.missing():
            print(f"not tested, since not installed: {each.name} ({', '.join(each.missing())})")
    choose = random.Random(arguments.seed)
    end = time.monotonic() + arguments.seconds
    while counts["words"] < arguments.count and time.monotonic() < end:
        words = [word(choose) for _ in range(BATCH)]
        for writer in writers:
            counts["words"] += len(words)
            for text, came in disagreements(writer, words):
                counts[f"read otherwise: {writer.name}"] += 1
                if kept.count < arguments.most:
                    kept.add(text, f"{writer.name}: {came}\nseed {arguments.seed}\n")
    report(counts)
    return 1 if len(counts) > 1 else 0


def known_programs() -> list[bytes]:
    """Programs to break: the examples of the language in this repository, and the expressions for built-ins."""
    root = Path(__file__).parents[2]
    programs = [path.read_bytes() for path in sorted(root.glob("tests/lang/*.nix"))]
    programs = [each for each in programs if len(each) < 3000]
    lines = (root / "tools/builtin_expressions.txt").read_bytes().splitlines()
    return programs + [line for line in lines if line and not line.startswith(b"#")]


def described(a: Outcome, b: Outcome) -> str:
    return f"ours: {a.kind} {list(a.traces)}\n{a.text}\nreal: {b.kind} {list(b.traces)}\n{b.text}\n"


def report(counts: Counter[str]) -> None:
    for name, count in counts.items():
        print(f"{count:9} {name}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="tools/fuzz", description=__doc__)
    parser.add_argument("what", choices=("all", "programs", "inputs", "writers"))
    parser.add_argument("--seconds", type=float, default=float(os.environ.get("FUZZ_SECONDS", "600")))
    parser.add_argument("--count", type=int, default=sys.maxsize)
    parser.add_argument("--seed", type=int, default=int(time.time()) * 1000)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-findings"), help="where disagreements are kept")
    parser.add_argument("--most", type=int, default=20, help="how many are made small and kept")
    parser.add_argument("--messages", action="store_true", help="keep programs whose messages differ, too")
    parser.add_argument("--raw", action="store_true", help="keep programs as they were drawn")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes for inputs")
    arguments = parser.parse_args()
    limit_memory()
    nix = real_nix()
    status = 0
    if arguments.what == "all":
        arguments.seconds /= 3
    if arguments.what in ("all", "writers"):
        status = write(arguments)
    if arguments.what in ("all", "programs"):
        if nix is not None:
            status = max(status, compare(nix, arguments))
        elif arguments.what == "programs":
            parser.error("NIX_BIN must name the directory with a real nix-instantiate")
        else:
            print("no programs were compared: NIX_BIN does not name the directory with a real nix-instantiate")
    return max(status, feed(arguments)) if arguments.what in ("all", "inputs") else status


if __name__ == "__main__":
    sys.exit(main())
