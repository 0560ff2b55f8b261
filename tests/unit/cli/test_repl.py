"""The interactive evaluator: what it shows of values, what it completes, and how it feels on a terminal."""

from __future__ import annotations

import os
import pty
import select
import sys
import time
from pathlib import Path

import pytest

from home_manager.cli.repl import place_of
from home_manager.cli.repl_values import completions, shown, type_of
from home_manager.diagnostics import Failure, failure
from home_manager.lazy import Delayed
from home_manager.nix.evaluation import Evaluator, force
from home_manager.nix.io import SystemIO
from home_manager.nix.values import Attrs, Value


def value(text: str) -> Value:
    return force(Evaluator(SystemIO(), store_dir="/store").eval_text(text, name="/x.nix"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", "1"),
        ('"a\\nb"', '"a\\nb"'),
        ("[ ]", "[ ]"),
        ("[ 1 [ 2 ] ]", "[ 1 [ … ] ]"),
        ("{ }", "{ }"),
        ('{ b = 1; a = { }; "c d" = null; }', '{ a = { }; b = 1; "c d" = null; }'),
        ('{ a = throw "no"; b = 1; }', "{ a = «error: no»; b = 1; }"),
        ("builtins.add", "«primop add»"),
        ("builtins.add 1", "«partially applied primop add»"),
        ("x: x", "«lambda @ /x.nix:1:1»"),
        ('{ type = "derivation"; name = "p-1"; outPath = throw "never"; }', "«derivation p-1»"),
    ],
)
def test_values_are_shown_one_level_deep(text: str, expected: str) -> None:
    assert shown(value(text)) == expected


def test_what_is_long_stands_in_lines() -> None:
    text = shown(value(f'{{ one = "{"x" * 60}"; two = {{ three = [ "{"y" * 70}" ]; }}; }}'), depth=9)
    assert text.splitlines()[0] == "{" and text.splitlines()[-1] == "}"
    assert "    three = [" in text


def test_types() -> None:
    assert [type_of(value(text)) for text in ("1", "{ }", "x: x")] == ["an integer", "a set", "a function"]


def test_names_and_attributes_are_completed() -> None:
    scope: dict[str, Value] = {"lib": None, "list": None}

    def of(text: str) -> Value:
        if text != "lib.strings":
            raise failure("nix-missing-attribute", "no")
        return Attrs({"concat": Delayed(lambda: 1 / 0), "with space": 1, "contains": 2})

    assert completions("li", scope, of) == ["lib", "list"]
    assert completions("lib.strings.con", scope, of) == ["lib.strings.concat", "lib.strings.contains"]
    assert completions("lib.strings.w", scope, of) == ['lib.strings."with space"']
    assert completions("lib.nothing.x", scope, of) == []
    assert completions("(f x).y", scope, of) == []


def test_the_place_of_a_value(tmp_path: Path) -> None:
    file = tmp_path / "f.nix"
    file.write_text("{\n  f = x: x;\n}\n")
    evaluator = Evaluator(SystemIO(), store_dir="/store")
    found = force(force(evaluator.eval_file(str(file)))["f"])  # type: ignore[index,call-overload]
    assert place_of(found) == (str(file), 2)
    assert place_of(value('{ meta.position = "/a/b.nix:7"; }')) == ("/a/b.nix", 7)
    with pytest.raises(Failure):
        place_of(value("{ }"))


PROMPT = "home-manager> "


@pytest.mark.slow
def test_on_a_terminal(tmp_path: Path) -> None:
    pytest.importorskip("readline")
    (tmp_path / "home.nix").write_text(
        '{ home.username = "alice"; home.homeDirectory = "/home/alice"; home.stateVersion = "25.11"; }'
    )
    process, screen = pty.fork()
    if process == 0:
        os.chdir(tmp_path)
        os.environ.update(HOME=str(tmp_path), TERM="dumb", NO_COLOR="1", INPUTRC="/dev/null", LC_ALL="C.UTF-8")
        os.execv(sys.executable, [sys.executable, "-m", "home_manager", "--root", "r", "repl", "-f", "home.nix"])
    try:
        assert "`:?` shows" in _until(screen, PROMPT)
        os.write(screen, b"config.home.userna\t\n")
        _until(screen, f'"alice"\n{PROMPT}')
        os.write(screen, b"let a = 41;\nin a + 1\n")
        assert "…" in _until(screen, f"42\n{PROMPT}")
        # The terminal forgets what is typed ahead of an interruption.
        os.write(screen, b"{ unfinished")
        _until(screen, "unfinished")
        os.write(screen, b"\x03")
        _until(screen, PROMPT)
        os.write(screen, b"1 + 2\n")
        _until(screen, f"3\n{PROMPT}")
        os.write(screen, b":q\n")
        assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
    finally:
        os.close(screen)


def _until(screen: int, wanted: str, seconds: float = 30) -> str:
    found, end = "", time.monotonic() + seconds
    while wanted not in found and time.monotonic() < end:
        ready, _, _ = select.select([screen], [], [], 0.2)
        if ready:
            try:
                found += os.read(screen, 65536).decode("utf-8", "replace").replace("\r", "")
            except OSError:
                break
    assert wanted in found, found
    return found
