"""The terminal under bad conditions: texts that steer it, a full standard output, ASCII, few columns, no home."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "home_manager"]
HOSTILE = "\\u001b]0;title\\u0007\\u001b[2J\\u009b31m\\u202e"
"""A title, a cleared screen, a colour in one character and text from right to left, as JSON writes them."""
CONFIGURATION = f"""\
{{ lib, ... }}:
let bad = builtins.fromJSON ''"{HOSTILE}"''; in
builtins.trace "traced ${{bad}}" {{
  home.username = "alice";
  home.homeDirectory = "/home/alice";
  home.stateVersion = "25.11";
  home.file."named ${{bad}}".text = "content ${{bad}}\\n";
  home.file.plain.text = "content ${{bad}}\\n";
  home.sessionVariables.HOSTILE = bad;
  home.activation."step${{bad}}" = lib.hm.dag.entryAfter [ "writeBoundary" ] "true";
  warnings = [ "warned ${{bad}}" ];
  home.keyboard.layout = bad;
}}
"""
FAILING = f"""\
let bad = builtins.fromJSON ''"{HOSTILE}"''; in
{{ home.username = throw "thrown ${{bad}}"; home.homeDirectory = "/home/alice"; home.stateVersion = "25.11"; ${{bad}} = 1; }}
"""
COMMANDS = [
    ["switch", "-n", "-v"],
    ["switch", "-v"],
    ["status"],
    ["diff"],
    ["plan"],
    ["build", "-n"],
    ["instantiate"],
    ["option", "home.keyboard.layout", "home.sessionVariables"],
    ["option", "--recursive", "home.file.plain"],
    ["why", "home.keyboard.layout"],
    ["why", ".profile"],
    ["generations"],
    ["describe"],
    ["packages"],
    ["verify"],
    ["doctor"],
    ["no-such-\x1b[31m-command"],
    ["explain", "\x1b[31m"],
    ["option", "\x1b[31m"],
    ["describe", "\x1b[31m"],
    ["-f", "\x1b[31m.nix", "build"],
    ["restore", "\x1b[31m"],
]


def environment(home: Path, **more: str) -> dict[str, str]:
    place = {"HOME": str(home), "USER": "alice", "PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path)}
    return {**place, "LC_ALL": "C.UTF-8", "TERM": "xterm", **more}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home.nix").write_text(CONFIGURATION, encoding="utf-8")
    (tmp_path / "failing.nix").write_text(FAILING, encoding="utf-8")
    (tmp_path / "root").mkdir()
    return tmp_path


def words(home: Path, command: list[str]) -> list[str]:
    file = [] if "-f" in command else ["-f", str(home / "home.nix")]
    return [*PROGRAM, "--root", str(home / "root"), *file, *command]


def steering(text: str) -> list[str]:
    """The characters of a text that a terminal obeys, but line ends and tabs."""
    return [c for c in text if (c < " " and c not in "\n\t\r") or "\x7f" <= c <= "\x9f" or c in "\u202e"]


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command).replace("\x1b", "ESC"))
def test_no_text_of_others_steers_the_terminal(home: Path, command: list[str]) -> None:
    if command[0] in ("status", "generations", "describe", "verify", "why"):
        subprocess.run(words(home, ["switch"]), env=environment(home), capture_output=True)
    done = subprocess.run(
        words(home, command), env=environment(home), cwd=home, capture_output=True, text=True, encoding="utf-8"
    )
    assert "Traceback" not in done.stderr and "this is a bug" not in done.stderr
    assert steering(done.stdout) == [] and steering(done.stderr) == []


def test_a_message_does_not_steer_the_terminal(home: Path) -> None:
    command = words(home, ["-f", "failing.nix", "build", "--show-trace"])
    done = subprocess.run(command, env=environment(home), cwd=home, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 1 and "thrown ␛" in done.stderr
    assert steering(done.stdout) == [] and steering(done.stderr) == []


@pytest.mark.slow
@pytest.mark.parametrize("columns", [40, 20])
def test_colours_are_the_only_sequences_on_a_terminal(home: Path, columns: int) -> None:
    import fcntl
    import re
    import struct
    import termios

    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        words(home, ["switch", "-v"]), env=environment(home), cwd=home, stdin=follower, stdout=follower, stderr=follower
    )
    os.close(follower)
    seen = b""
    while select.select([leader], [], [], 60)[0]:
        try:
            piece = os.read(leader, 65536)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    process.wait(60)
    os.close(leader)
    text = seen.decode("utf-8", "replace")
    assert "Traceback" not in text
    rest = re.sub(r"\x1b\[[0-9;]*m|\r\x1b\[K", "", text)
    assert steering(rest) == []
    # The moving line never takes a whole line, so that wiping it wipes all of it.
    for line in re.findall(r"\r\x1b\[K([^\r\n]*)(?=\r\x1b\[K)", text):
        assert len(re.sub(r"\x1b\[[0-9;]*m", "", line)) < columns or not line.strip()


@pytest.mark.parametrize(
    "command", [["--version"], ["help"], ["build", "--help"], ["explain", "unknown-option"], ["instantiate"]]
)
def test_a_full_standard_output_is_told(home: Path, command: list[str]) -> None:
    line = [*PROGRAM, *command] if command == ["--version"] else words(home, command)
    with open("/dev/full", "w") as full:
        done = subprocess.run(line, env=environment(home), stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert "no space left" in done.stderr.lower()
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr


def test_a_full_standard_error_is_nobodys_business(home: Path) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(words(home, ["instantiate"]), env=environment(home), stdout=subprocess.PIPE, stderr=full)
    assert done.returncode == 0 and done.stdout


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "ascii:strict"}]
)
def test_a_terminal_of_ascii_gets_ascii(home: Path, locale: dict[str, str]) -> None:
    (home / "umlaut.nix").write_text(
        '{ home.username = "alice"; home.homeDirectory = "/home/alice"; home.stateVersion = "25.11"; '
        'home.file."grüße".text = "käse"; programs.bat.enable = "ja → nein"; }',
        encoding="utf-8",
    )
    for command in (["-f", "umlaut.nix", "build"], ["diff"], ["switch", "-n"], ["help"]):
        done = subprocess.run(words(home, command), env=environment(home, **locale), cwd=home, capture_output=True)
        text = (done.stdout + done.stderr).decode("ascii")
        assert "Traceback" not in text and "this is a bug" not in text


@pytest.mark.slow
@pytest.mark.parametrize("home_variable", [None, "", "/nonexistent", "relative"])
@pytest.mark.parametrize(
    "command", [["--version"], ["help"], ["explain"], ["doctor"], ["switch", "-n"], ["generations"], ["gc"]]
)
def test_without_a_home_there_is_a_message(tmp_path: Path, home_variable: str | None, command: list[str]) -> None:
    given = environment(tmp_path)
    if home_variable is None:
        del given["HOME"]
    else:
        given["HOME"] = home_variable
    done = subprocess.run([*PROGRAM, *command], env=given, cwd=tmp_path, capture_output=True, text=True)
    assert "Traceback" not in done.stderr and "this is a bug" not in done.stderr
    assert list(tmp_path.iterdir()) == []
