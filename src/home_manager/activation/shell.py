"""The one bash process in which the user's steps run, driven step by step.

The shell is given a script that sources one file a step. Before each it waits for a line from here, `go` or `skip`,
after each it says so; in between this program does its own steps. What the steps print is passed on as it comes.

The end of the shell is seen by waiting for its process, not by the end of its output: a step may leave a daemon
running that keeps the pipe open.
"""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from home_manager.diagnostics import Failure, failure
from home_manager.store import machine
from home_manager.store.command import find_bash
from home_manager.store.removal import remove_tree

if TYPE_CHECKING:
    import selectors
    import subprocess

_LIBRARY = Path(__file__).with_name("steps.bash")
_AFTERWARDS = "the end of the steps"


@dataclass(frozen=True, slots=True)
class Piece:
    """Something for the shell to do: a step, or the hook of a changed file. `name` is for messages."""

    name: str
    script: str
    kind: str = "step"


class Shell:
    """Pieces of bash that run when they are asked for, in the order in which they were given."""

    def __init__(
        self,
        pieces: Sequence[Piece],
        variables: Mapping[str, str],
        environment: Mapping[str, str],
        home: str,
        output: Callable[[str], None],
    ) -> None:
        self.pieces = pieces
        self.variables = variables
        self.environment = environment
        self.home = home
        self.output = output
        self._next = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._directory = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._words = b""
        self._descriptors: list[int] = []

    # Starting

    def _start(self) -> subprocess.Popen[bytes]:
        import subprocess
        import tempfile
        import threading

        bash = find_bash()
        with machine("starting bash for the activation steps"):
            self._directory = tempfile.mkdtemp(prefix="home-manager-steps-")
            told, self._tell = os.pipe()
            self._hear, said = os.pipe()
            self._read, written = os.pipe()
            self._ended, ended = os.pipe()
            self._descriptors = [self._tell, self._hear, self._read, self._ended]
            try:
                main = self._write_script(told, said)
                process = subprocess.Popen(
                    [bash, "--noprofile", "--norc", main],
                    env=dict(self.environment),
                    cwd=self.home if os.path.isdir(self.home) else "/",
                    stdout=written,
                    stderr=written,
                    pass_fds=(told, said),
                )
            except BaseException:
                os.close(ended)
                raise
            finally:
                for descriptor in (told, said, written):
                    os.close(descriptor)
        os.set_blocking(self._read, False)
        os.set_blocking(self._hear, False)

        def wait() -> None:
            process.wait()
            os.close(ended)

        threading.Thread(target=wait, daemon=True).start()
        self._process = process
        return process

    def _write_script(self, told: int, said: int) -> str:
        lines = [f"__hm_from_driver={told} __hm_to_driver={said}", f"source {quote(str(_LIBRARY))}"]
        lines += ["set -eu", "set -o pipefail", 'if [[ -d $HOME ]]; then cd "$HOME"; fi']
        lines += [f"declare -gr {name}={quote(value)}" for name, value in self.variables.items()]
        for number, piece in enumerate(self.pieces):
            file = f"{self._directory}/{number}-{_file_name(piece.name)}"
            # The last command of a step may be a test that is false; that is no failure.
            _write(file, piece.script + "\n:\n")
            lines += [f"if __hm_await; then source {quote(file)}; __hm_over {number}; fi"]
        main = f"{self._directory}/steps"
        _write(main, "\n".join(lines) + "\n")
        return main

    # Running

    def run(self, number: int) -> None:
        """Run the piece of this number to its end; those before it that were not asked for are passed over."""
        process = self._process or self._start()
        piece = self.pieces[number]
        try:
            os.write(self._tell, b"skip\n" * (number - self._next) + b"go\n")
        except BrokenPipeError:
            raise self._failed(piece, self._status(process)) from None
        self._next = number + 1
        if not self._listen(f"over {number}"):
            raise self._failed(piece, self._status(process))

    def finish(self) -> None:
        """Let the shell come to its end (exit traps included) and look at how it ended."""
        if self._process is None:
            return
        try:
            os.write(self._tell, b"skip\n" * (len(self.pieces) - self._next))
        except BrokenPipeError:
            pass
        self._listen("")
        status = self._status(self._process)
        if status != 0:
            raise self._failed(Piece(_AFTERWARDS, ""), status)

    def close(self) -> None:
        """End the shell, whatever it is doing, and remove its files."""
        import subprocess

        process, self._process = self._process, None
        for descriptor in self._descriptors[:1]:
            os.close(descriptor)
        if process is not None and process.poll() is None:
            try:
                process.wait(timeout=0.2)
            except subprocess.TimeoutExpired:
                process.terminate()
                try:
                    process.wait(timeout=2)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
        for descriptor in self._descriptors[1:]:
            os.close(descriptor)
        self._descriptors = []
        if self._directory:
            remove_tree(self._directory)
            self._directory = ""

    def __enter__(self) -> Shell:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _listen(self, awaited: str) -> bool:
        """Pass output on until the shell says `awaited` (then true) or has ended."""
        import selectors

        with selectors.DefaultSelector() as selector:
            for descriptor in (self._read, self._hear, self._ended):
                selector.register(descriptor, selectors.EVENT_READ)
            while True:
                ready = {key.fd for key, _ in selector.select()}
                if self._read in ready and not self._pass_on():
                    selector.unregister(self._read)
                if self._hear in ready and awaited and self._heard(awaited, selector):
                    self._pass_on()
                    return True
                if self._hear in ready and not awaited and not _drain(self._hear):
                    selector.unregister(self._hear)
                if self._ended in ready:
                    self._pass_on()
                    return bool(awaited) and self._heard(awaited, None)

    def _heard(self, awaited: str, selector: selectors.BaseSelector | None) -> bool:
        try:
            data = os.read(self._hear, 4096)
        except BlockingIOError:
            return False
        if not data and selector is not None:
            selector.unregister(self._hear)
        self._words += data
        *lines, self._words = self._words.split(b"\n")
        return awaited.encode() in lines

    def _pass_on(self) -> bool:
        """Hand over what has been printed so far; false at the end of the output."""
        while True:
            try:
                data = os.read(self._read, 1 << 16)
            except BlockingIOError:
                return True
            text = self._decoder.decode(data, final=not data)
            if text:
                self.output(text)
            if not data:
                return False

    @staticmethod
    def _status(process: subprocess.Popen[bytes]) -> int:
        return process.wait()

    def _failed(self, piece: Piece, status: int) -> Failure:
        what = {"hook": f"the onChange hook of `{piece.name}`", "step": f"the activation step `{piece.name}`"}
        subject = piece.name if piece.name == _AFTERWARDS else what[piece.kind]
        if status < 0:
            import signal

            how = f"was ended by {signal.Signals(-status).name}"
        elif status == 0:
            how = "ended the shell (`exit 0`) before the steps after it had run"
        else:
            how = f"failed with exit status {status}"
        return failure(
            "step-failed",
            f"{subject} {how}",
            hints=("see what it printed above; a command whose failure is no harm can be followed by `|| true`",),
        )


def _file_name(name: str) -> str:
    return "".join(c if (c.isalnum() and c.isascii()) or c in "-_." else "_" for c in name)[:100]


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="utf-8", errors="surrogateescape", newline="\n") as file:
        file.write(text)


def _drain(descriptor: int) -> bool:
    try:
        return bool(os.read(descriptor, 4096))
    except BlockingIOError:
        return True
