"""Conflicts on a real terminal: what is asked, what is shown, and what each answer does."""

from __future__ import annotations

import os
import pty
import select
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

HOME_NIX = """
{ lib, pkgs, ... }: {
  home.packages = lib.mkForce [ ];
  xdg.mime.enable = false;
  i18n.glibcLocales = pkgs.writeTextDir "lib/locale/none" "";
  home.username = "alice"; home.homeDirectory = "/home/alice"; home.stateVersion = "25.11";
  home.file.one.text = "ours\\n";
  home.file.two.text = "ours\\n";
  home.file.three.text = "ours\\n";
}
"""


class Conversation:
    """A program at a pseudo-terminal: what it said so far, and a way to answer."""

    def __init__(self, words: Sequence[str], environment: dict[str, str]) -> None:
        try:
            self.child, self.terminal = pty.fork()
        except OSError as why:  # pragma: no cover
            pytest.skip(f"there are no pseudo-terminals here: {why}")
        if self.child == 0:  # pragma: no cover
            try:
                os.execve(words[0], list(words), environment)
            finally:
                os._exit(127)
        self.said = ""
        self.status: int | None = None

    def until(self, text: str) -> str:
        """Everything that came up to a text, which must come within some seconds."""
        end = time.monotonic() + 60
        while text not in self.said:
            ready = select.select([self.terminal], [], [], max(0, end - time.monotonic()))[0]
            try:
                data = os.read(self.terminal, 65536) if ready else b""
            except OSError:
                data = b""
            if not data:
                raise AssertionError(f"{text!r} did not come; this did: {self.said}")
            self.said += data.decode("utf-8", "replace").replace("\r\n", "\n")
        before, _, self.said = self.said.partition(text)
        return before + text

    def answer(self, text: str) -> None:
        os.write(self.terminal, text.encode() + b"\n")

    def close(self) -> tuple[int, str]:
        """The status that the program ends with, and all else that it said."""
        while True:
            try:
                data = os.read(self.terminal, 65536)
            except OSError:
                break
            if not data:
                break
            self.said += data.decode("utf-8", "replace").replace("\r\n", "\n")
        _, status = os.waitpid(self.child, 0)
        os.close(self.terminal)
        return os.waitstatus_to_exitcode(status), self.said


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "home.nix").write_text(HOME_NIX)
    home = tmp_path / "root/home/alice"
    home.mkdir(parents=True)
    for name in ("one", "two", "three"):
        (home / name).write_text(f"mine {name}\n")
    return tmp_path


def switch(place: Path, *more: str) -> Conversation:
    program = [sys.executable, "-m", "home_manager", "--color", "never", "--root", str(place / "root")]
    environment = {**os.environ, "HOME": str(place), "TERM": "dumb", "LC_ALL": "C.UTF-8"}
    environment.pop("DRY_RUN", None)
    return Conversation([*program, "switch", "-f", str(place / "home.nix"), *more], environment)


def files(place: Path) -> dict[str, str]:
    home = place / "root/home/alice"
    return {path.name: path.read_text() for path in sorted(home.iterdir()) if path.name[0] != "."}


def test_each_is_asked_for(place: Path) -> None:
    talk = switch(place)
    listed = talk.until("[d diff")
    assert "3 files are in the way" in listed
    assert all(f"{place}/root/home/alice/{name}" in listed for name in ("one", "two", "three"))
    talk.answer("d")
    shown = talk.until("[d diff")
    assert "-mine one" in shown and "+ours" in shown
    talk.answer("?")
    talk.until("[d diff")
    talk.answer("b")
    talk.until("two [d diff")
    talk.answer("o")
    talk.until("three [d diff")
    talk.answer("s")
    status, said = talk.close()
    assert status == 0, said
    assert files(place) == {"one": "ours\n", "one.backup": "mine one\n", "three": "mine three\n", "two": "ours\n"}
    assert "kept `one` as `one.backup`" in said and "left `three` as it is" in said


def test_one_answer_for_all(place: Path) -> None:
    (place / "root/home/alice/two.backup").write_text("an older one\n")
    talk = switch(place)
    talk.until("[d diff")
    talk.answer("a")
    talk.until("for all [")
    talk.answer("b")
    status, said = talk.close()
    assert status == 0, said
    assert files(place)["two.backup"] == "an older one\n"
    assert files(place)["two.backup-2"] == "mine two\n"
    assert files(place)["one.backup"] == "mine one\n" and files(place)["one"] == "ours\n"


@pytest.mark.parametrize("how", ["q", "\x04"])
def test_quitting_changes_nothing(place: Path, how: str) -> None:
    before = files(place)
    talk = switch(place)
    talk.until("[d diff")
    talk.answer("b")
    talk.until("[d diff")
    talk.answer(how)
    status, said = talk.close()
    assert status == 1
    assert "error[file-in-the-way]" in said
    assert files(place) == before


def test_nobody_is_asked_who_said_what_to_do(place: Path) -> None:
    status, said = switch(place, "-b", "old").close()
    assert status == 0 and "[d diff" not in said
    assert files(place)["one.old"] == "mine one\n"


def test_a_special_file_is_shown_without_being_read(place: Path) -> None:
    fifo = place / "root/home/alice/one"
    fifo.unlink()
    os.mkfifo(fifo)
    talk = switch(place)
    talk.until("one [d diff")
    talk.answer("d")
    assert "a special file" in talk.until("[d diff")
    talk.answer("q")
    assert talk.close()[0] == 1
