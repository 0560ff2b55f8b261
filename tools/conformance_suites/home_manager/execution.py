"""One test, from its module to the end of its script; each in a child process of its own."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from conformance_suites.home_manager.building import missing_programs, realise, tested
from conformance_suites.home_manager.product import Product
from conformance_suites.home_manager.upstream import Upstream
from home_manager.diagnostics import Failure
from home_manager.diagnostics.render import render_text
from home_manager.nix.deep_stack import with_deep_stack
from home_manager.store import Store

ASSERTIONS = (Path(__file__).parent / "assertions.bash").read_text("utf-8")
LIMIT_OF_SCRIPT = 60.0
LIMIT_OF_TEST = 180.0
LENGTH = 6000
"""Characters of an outcome's text that are kept."""


@dataclass(slots=True)
class Outcome:
    """What happened to a test. `verdict`: pass, differs, evaluation, build, missing-module, missing-option, program."""

    verdict: str
    said: str = ""
    unknown: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Mutation:
    """A way to break a test, so that it must fail: its script's text, or the files that were built."""

    script: Callable[[str], str | None] | None = None
    tree: Callable[[str, str], bool] | None = None


NOT_MUTATED = "not-mutated"


def run_test(
    product: Product, upstream: Upstream, name: str, keep: str = "", mutation: Mutation | None = None
) -> Outcome:
    """The outcome of a test. `keep` names a folder for what was built, the script and its output."""
    outcome = Outcome("")

    def compute() -> tuple[str, str]:
        try:
            evaluation = product.evaluate(name)
            outcome.unknown = upstream.defined_but_not_ours(evaluation)
            if any(upstream.missing_module(product, option) for option in outcome.unknown):
                return "missing-module", ""
            path = tested(product, evaluation)
            script = str(evaluation.value("nmt.script"))
        except Failure as failed:
            return "evaluation", render_text(failed.finished(), width=160)
        try:
            with Store("/nix/store", durable=False) as store:
                realise(product.recipes, store, [path, *sorted(product.recipes.scan(script))])
        except Failure as failed:
            said = render_text(failed.finished(), width=160)
            return ("program" if missing_programs(said) else "build"), said
        return run_script(path, script, keep and f"{keep}/{name}", mutation or Mutation())

    try:
        outcome.verdict, said = with_deep_stack(compute)
    except Failure as failed:
        outcome.verdict, said = "evaluation", render_text(failed.finished(), width=160)
    except BaseException:
        outcome.verdict, said = "evaluation", "CRASH " + traceback.format_exc()[-3000:]
    outcome.said = said[-LENGTH:] if outcome.verdict == "evaluation" else said[:LENGTH]
    return outcome


def run_script(path: str, script: str, keep: str, mutation: Mutation) -> tuple[str, str]:
    """The verdict and the output of a test's script over what was built."""
    if mutation.script is not None:
        changed = mutation.script(script)
        if changed is None:
            return NOT_MUTATED, ""
        script = changed
    with tempfile.TemporaryDirectory() as out:
        if mutation.tree is not None:
            copy = f"{out}/tested"
            subprocess.run(["cp", "-rL", path, copy], capture_output=True, check=False)
            if not mutation.tree(copy, script):
                return NOT_MUTATED, ""
            path = copy
        # As in a build of nixpkgs, the script is run within a function, so that it may have local variables.
        head = f"export TESTED={path} out={out} NIX_STORE=/nix/store\n{ASSERTIONS}"
        text = f"{head}\ntest_script() {{\n:\n{script}\n}}\ntest_script\n"
        Path(out, ".script").write_text(text, "utf-8", errors="surrogateescape")
        environment = {
            **dict.fromkeys(("HOME", "TMPDIR", "TMP", "TEMP", "NIX_BUILD_TOP", "out"), out),
            **{"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC", "TERM": "dumb"},
        }
        try:
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-euo", "pipefail", f"{out}/.script"],
                cwd=out,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=LIMIT_OF_SCRIPT,
                env=environment,
                check=False,
            )
            status, log = done.returncode, done.stdout.decode("utf-8", "replace")
        except subprocess.TimeoutExpired:
            status, log = 124, f"the script took more than {LIMIT_OF_SCRIPT:.0f} seconds"
        if keep:
            os.makedirs(keep, exist_ok=True)
            subprocess.run(["cp", "-rL", path, f"{keep}/tested"], capture_output=True, check=False)
            Path(keep, "script").write_text(text, "utf-8", errors="surrogateescape")
            Path(keep, "log").write_text(log, "utf-8")
    if status == 0:
        return "pass", ""
    return ("program" if missing_programs(log) else "differs"), log or f"status {status} of the script"


def in_children(
    names: Sequence[str], work: Callable[[str], Outcome], jobs: int, *, progress: bool = True
) -> Iterator[tuple[str, Outcome]]:
    """Each name with its outcome, computed in forked children: they share what was read before, and nothing else."""
    running: dict[int, tuple[str, int, float, bytearray]] = {}
    queue = list(names)[::-1]
    done, began = 0, time.monotonic()
    while queue or running:
        while queue and len(running) < jobs:
            name = queue.pop()
            pid, pipe = _start(lambda name=name: work(name))
            running[pid] = (name, pipe, time.monotonic(), bytearray())
        ready, _, _ = select.select([pipe for _, pipe, _, _ in running.values()], [], [], 0.5)
        for pid, (name, pipe, start, data) in list(running.items()):
            elapsed = time.monotonic() - start
            if pipe in ready and (chunk := os.read(pipe, 1 << 16)):
                data += chunk
            elif pipe in ready:
                os.close(pipe)
                os.waitpid(pid, 0)
                del running[pid]
                done += 1
                outcome = Outcome(**json.loads(data)) if data else Outcome("evaluation", "CRASH: the child died")
                outcome.seconds = round(elapsed, 2)
                yield name, outcome
            elif elapsed > LIMIT_OF_TEST:
                os.killpg(pid, signal.SIGKILL)
        if progress and sys.stderr.isatty():
            print(f"\r{done}/{len(names)} {time.monotonic() - began:.0f} s ", end="", file=sys.stderr, flush=True)
    if progress and sys.stderr.isatty():
        print(file=sys.stderr)


def _start(work: Callable[[], Outcome]) -> tuple[int, int]:
    """A child that writes an outcome, and the pipe that it writes to."""
    read, write = os.pipe()
    pid = os.fork()
    if pid:
        os.close(write)
        return pid, read
    try:
        os.close(read)
        os.setsid()
        try:
            outcome = work()
        except BaseException:
            outcome = Outcome("evaluation", "CRASH " + traceback.format_exc()[-3000:])
        with os.fdopen(write, "wb") as pipe:
            pipe.write(json.dumps(asdict(outcome)).encode("utf-8", "replace"))
    finally:
        os._exit(0)
