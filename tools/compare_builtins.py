"""Compares the built-ins with a real Nix: the same expressions through both, every difference shown.

    NIX_BIN=/path/to/nix/bin python tools/compare_builtins.py [FILE…]

Without files, the expressions of `tools/builtin_expressions.txt` (one a line; `#` starts a comment) and some random
ones for regular expressions and versions. Of an error only the last line, the error itself, is compared.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from home_manager.diagnostics import Failure
from home_manager.nix.errors import eval_error
from home_manager.nix.evaluation import Evaluator, deep_force, print_value, with_deep_stack
from home_manager.nix.io import PathFilter

STORE = "/nix/store"
FEATURES = "flakes fetch-tree"


class ClosedIO:
    """A machine on which there is nothing: what these expressions need is in them."""

    def read_file(self, path: str) -> bytes:
        raise eval_error(f"path '{path}' does not exist")

    def read_dir(self, path: str) -> Mapping[str, str]:
        raise eval_error(f"path '{path}' does not exist")

    def file_type(self, path: str) -> str | None:
        return "directory" if path in ("/", STORE) else None

    def exists(self, path: str) -> bool:
        return self.file_type(path) is not None

    def real_path(self, path: str) -> str:
        return path

    def home(self) -> str:
        return "/"

    def get_env(self, name: str) -> str:
        return ""

    def current_time(self) -> int:
        return 0

    def current_system(self) -> str:
        return "x86_64-linux"

    def copy_to_store(self, path: str, name: str, filter: PathFilter | None = None, *, flat: bool = False) -> str:
        raise eval_error(f"path '{path}' does not exist")

    def add_text(self, name: str, text: str, references: Sequence[str]) -> str:
        from home_manager.nix.store_paths import text_path

        return text_path(STORE, name, text.encode("utf-8", "surrogateescape"), references)

    def fetch(self, kind: str, arguments: Mapping[str, object]) -> Mapping[str, object]:
        raise eval_error("nothing can be fetched")

    def trace(self, message: str) -> None:
        pass

    def notice(self, message: str) -> None:
        self.warn(message)

    def warn(self, message: str) -> None:
        pass


def plain(message: str) -> str:
    """A message without the indentation of its lines, which says nothing."""
    return re.sub(r"\n\s*", "\n", message.rstrip())


def ours(expression: str) -> str:
    """What this evaluator says of an expression."""
    evaluator = Evaluator(ClosedIO(), store_dir=STORE)

    def run() -> str:
        return print_value(deep_force(evaluator.eval_text(expression, base="/", name="«stdin»")))

    try:
        return with_deep_stack(run)
    except Failure as error:
        return plain(f"error: {error}")


def theirs(nix: Path, expression: str) -> str:
    """What the real one says."""
    command = [str(nix), "--store", "dummy://", "--extra-experimental-features", FEATURES, "--eval", "--strict", "-"]
    done = subprocess.run(command, input=expression.encode(), capture_output=True, cwd="/", check=False)
    if done.returncode == 0:
        return done.stdout.decode("utf-8", "surrogateescape").rstrip("\n")
    text = re.sub(r"\x1b\[[0-9;]*m", "", done.stderr.decode("utf-8", "surrogateescape"))
    last = text[text.rfind("error:") :]
    return plain(re.split(r"\n\s+at |\nTry ", last)[0])


def random_expressions(count: int, seed: int) -> Iterator[str]:
    """Regular expressions that are valid, on short texts, and versions."""
    choose = random.Random(seed)

    def pattern(depth: int) -> str:
        if depth == 0 or choose.random() < 0.35:
            return choose.choice(["a", "b", "c", ".", "[ab]", "[^a]", "[[:digit:]]", "a*", "b+", "[ab]?"])
        kind = choose.randrange(4)
        if kind == 0:
            return f"({pattern(depth - 1)}|{pattern(depth - 1)})"
        if kind == 1:
            return f"({pattern(depth - 1)}){choose.choice(['*', '+', '?', '{2}', '{1,2}'])}"
        return pattern(depth - 1) + pattern(depth - 1) if kind == 2 else f"({pattern(depth - 1)})"

    def text(letters: str) -> str:
        return json.dumps("".join(choose.choice(letters) for _ in range(choose.randrange(8))))

    for _ in range(count):
        quoted, subject = json.dumps(pattern(4)), text("abc1")
        yield f"[ (builtins.match {quoted} {subject}) (builtins.split {quoted} {subject}) ]"
        yield f"builtins.compareVersions {text('01a.-pre')} {text('01a.-pre')}"


def main() -> int:
    """Runs the comparison; the exit status says whether there were differences."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("files", nargs="*", type=Path, default=[Path(__file__).with_name("builtin_expressions.txt")])
    parser.add_argument("--random", type=int, default=0, metavar="N", help="how many random expressions of each kind")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    nix = Path(os.environ.get("NIX_BIN", "")) / "nix-instantiate"
    if not nix.is_file():
        parser.error("NIX_BIN must name the directory with a real nix-instantiate")
    expressions = [
        line
        for file in arguments.files
        for line in file.read_text().splitlines()
        if line.strip() and not line.startswith("#")
    ]
    expressions.extend(random_expressions(arguments.random, arguments.seed))
    with ThreadPoolExecutor(2) as pool:
        expected = list(pool.map(lambda expression: theirs(nix, expression), expressions))
    different = 0
    for expression, wanted in zip(expressions, expected, strict=True):
        got = ours(expression)
        if got.rstrip() != wanted:
            different += 1
            print(f"{expression}\n  nix:  {wanted}\n  ours: {got}")
    print(f"{len(expressions) - different} of {len(expressions)} agree", file=sys.stderr)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
