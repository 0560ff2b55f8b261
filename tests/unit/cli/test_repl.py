"""The interactive evaluator: what it shows of values, what it completes, and how it feels on a terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from home_manager.cli.repl import place_of
from home_manager.cli.repl_documents import document
from home_manager.cli.repl_values import ENTIRELY, completions, shown, type_of
from home_manager.diagnostics import Failure, failure
from home_manager.nix.evaluation import Evaluator, force
from home_manager.nix.io import SystemIO
from home_manager.values import Attrs, Value
from home_manager.values.lazy import Delayed

NIX = os.environ.get("NIX_BIN", "")


def value(text: str, name: str = "/x.nix") -> Value:
    return force(Evaluator(SystemIO(), store_dir="/store").eval_text(text, name=name))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", "1"),
        ('"a\\nb"', '"a\\nb"'),
        ("[ ]", "[ ]"),
        ("[ 1 ]", "[ 1 ]"),
        ("[ 1 [ 2 ] ]", "[\n  1\n  [ ... ]\n]"),
        ("{ a = { }; }", "{\n  a = { ... };\n}"),
        ("{ a = 1; }", "{ a = 1; }"),
        ("{ }", "{ }"),
        ('{ b = 1; a = { }; "c d" = null; }', '{\n  a = { ... };\n  b = 1;\n  "c d" = null;\n}'),
        ('{ a = throw "no"; b = 1; }', "{\n  a = «error: no»;\n  b = 1;\n}"),
        ('{ a.b = throw "never computed"; }', "{\n  a = { ... };\n}"),
        ("builtins.add", "«primop add»"),
        ("builtins.add 1", "«partially applied primop add»"),
        ("x: x", "«lambda @ /x.nix:1:1»"),
        ('{ type = "derivation"; name = "p-1"; outPath = throw "never"; }', "«derivation p-1»"),
    ],
)
def test_values_are_shown_one_level_deep(text: str, expected: str) -> None:
    assert shown(value(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "{ a.b.c = [ 1 [ 2 3 ] [ { } ] ]; }",
        "let x = { inherit x; y = [ x ]; }; in x",
        "let a = { b = 1; }; l = [ a ]; in [ a a l l [ ] [ ] ]",
        '[ "a\\nb" 1.5 /etc null true (x: x) builtins.map (builtins.map 1) ]',
        '{ a = throw "no"; b = { c = throw "nor this"; d = 1; }; }',
    ],
)
def test_all_of_a_value_is_set_out_as_nix_does(text: str) -> None:
    nix = NIX and Path(NIX, "nix")
    if not nix or not nix.exists():
        pytest.skip("no real Nix to compare with ($NIX_BIN)")
    for command, depth in (("", 1), (":p ", ENTIRELY)):
        said = subprocess.run(
            [nix, "--extra-experimental-features", "nix-command", "repl", "--store", "dummy://"],
            input=f"{command}{text}\n", capture_output=True, text=True, check=True, env={**os.environ, "NO_COLOR": "1"},
        )  # fmt: skip
        # Nix repeats what it reads, after its prompt.
        lines = re.sub(r"\x1b\[[0-9;]*m", "", said.stdout).rstrip().splitlines()
        begin = next(n for n, line in enumerate(lines) if line.endswith(text))
        assert lines[-1].startswith("nix-repl>")
        assert shown(value(text, "«string»"), depth=depth) == "\n".join(lines[begin + 1 : -1]).strip()


def test_a_circle_ends() -> None:
    assert shown(value("let x = { inherit x; }; in x"), depth=ENTIRELY) == "{\n  x = «repeated»;\n}"


def test_what_is_written_about_a_value() -> None:
    functions = value(
        """
        {
          /**
            Twice a number.

              twice 2
          */
          twice = x: x * 2;
          plain = x: x;
          /** First one. */
          pair = a: b: a;
          /* no documentation */
          other = x: x;
          /** Of the set, not of what is in it. */
          set = { f = x: x; };
        }
        """
    )
    assert isinstance(functions, dict)

    def about(name: str) -> str:
        return document(force(functions[name]), {}).partition("\n\n")[2]

    assert about("twice") == "Twice a number.\n\n  twice 2"
    assert about("pair") == "First one."
    assert about("plain") == about("other") == ""
    assert document(value("set.f or (x: x)".replace("set", "{ }")), {}) == ""
    assert document(value('{ _type = "option"; description.text = "It is.\n"; }'), {}) == "It is."
    assert document(value('{ meta.description = "A tool"; }'), {}) == "A tool"
    assert document(value("1"), {}) == ""
    mapped = document(value("builtins.map"), {"map": None})
    assert "2 arguments" in mapped and mapped.endswith("#builtins-map")


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


HOME = '{ home.username = "alice"; home.homeDirectory = "/home/alice"; home.stateVersion = "25.11"; }'


@contextmanager
def typed_to(tmp_path: Path, *words: str) -> Iterator[int]:
    """The screen and keyboard of a `repl` on a terminal; it must end well once it is left."""
    pytest.importorskip("readline")
    process, screen = pty.fork()
    if process == 0:
        os.chdir(tmp_path)
        os.environ.update(HOME=str(tmp_path), TERM="dumb", NO_COLOR="1", INPUTRC="/dev/null", LC_ALL="C.UTF-8")
        os.environ.pop("XDG_STATE_HOME", None)
        os.execv(sys.executable, [sys.executable, "-m", "home_manager", *words])
    try:
        assert "`:?` shows" in _until(screen, PROMPT)
        yield screen
        os.write(screen, b":q\n")
        assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
    finally:
        os.close(screen)


@pytest.mark.slow
def test_on_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "home.nix").write_text(HOME)
    with typed_to(tmp_path, "--root", "r", "repl", "-f", "home.nix") as screen:
        os.write(screen, b"config.home.userna\t\n")
        _until(screen, f'"alice"\n{PROMPT}')
        os.write(screen, b"let a = 41;\nin a + 1\n")
        assert "…" in _until(screen, f"42\n{PROMPT}")
        # The terminal forgets what is typed ahead of an interruption.
        os.write(screen, b"{ unfinished")
        _until(screen, "unfinished")
        _again_and_again(screen, b"\x03", PROMPT)
        _again_and_again(screen, b"1 + 2\n", f"3\n{PROMPT}")


def test_an_interruption_ends_the_evaluation_alone(tmp_path: Path) -> None:
    with typed_to(tmp_path, "repl") as screen:
        # The file is what makes it end.
        os.write(screen, b"endless = let go = n: builtins.seq (builtins.foldl' (a: b: a + b) 0")
        os.write(
            screen, b" (builtins.genList (i: i) 100)) (if builtins.pathExists ./enough then 7 else go n); in go 0\n"
        )
        _until(screen, PROMPT)
        os.write(screen, b'builtins.trace "it runs" (builtins.deepSeq (builtins.genList (i: i * i) 3000000) endless)\n')
        _until(screen, "it runs\n")
        os.write(screen, b"\x03")
        _until(screen, f"interrupted\n{PROMPT}")
        os.write(screen, b"1 + 2\n")
        _until(screen, f"3\n{PROMPT}")
        # What was being computed when it was interrupted is no circle.
        (tmp_path / "enough").touch()
        os.write(screen, b"endless\n")
        assert "error" not in _until(screen, f"7\n{PROMPT}")


def test_completion_computes_what_stands_before_the_dot_alone(tmp_path: Path) -> None:
    with typed_to(tmp_path, "repl") as screen:
        names = b'{ inner = builtins.trace "inner" { value = builtins.trace "value" 1; vast = throw "never"; }; }'
        os.write(screen, b"names = " + names + b"\n")
        _until(screen, PROMPT)
        os.write(screen, b"names.inn\t")
        assert "trace" not in _until(screen, "names.inner")
        os.write(screen, b".va\t\t")
        said = _until(screen, "names.inner.vast")
        assert "names.inner.value" in said and "trace: inner" in said and "trace: value" not in said
        os.write(screen, b"l\t\n")
        _until(screen, f"1\n{PROMPT}")


def test_what_was_typed_is_kept_from_others(tmp_path: Path) -> None:
    for expected in ("", "40 + 2"):
        with typed_to(tmp_path, "repl") as screen:
            if expected:
                os.write(screen, b"\x10\x10\n")
                _until(screen, f"42\n{PROMPT}")
            else:
                os.write(screen, b"40 + 2\n")
                _until(screen, f"42\n{PROMPT}")
        history = tmp_path / ".local/state/home-manager/repl-history"
        assert "40 + 2" in history.read_text()
        assert history.stat().st_mode & 0o777 == 0o600


def test_ctrl_c_ends_a_script(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "home_manager", "repl"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        cwd=tmp_path, env={**os.environ, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": ""},
    )  # fmt: skip
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write("1 + 1\n")
    process.stdin.flush()
    assert process.stdout.readline() == "2\n"
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=120) == 130
    process.communicate()


def _again_and_again(screen: int, keys: bytes, wanted: str) -> None:
    """Types until there is an answer: Python may overlook a Ctrl-C that comes between a key and its waiting for the next
    one, and a second one may end what is typed after it."""
    end, found = time.monotonic() + 120, ""
    while wanted not in found:
        assert time.monotonic() < end, found
        os.write(screen, keys)
        pause = time.monotonic() + 5
        while wanted not in found and select.select([screen], [], [], max(0, pause - time.monotonic()))[0]:
            found += os.read(screen, 65536).decode("utf-8", "replace").replace("\r", "")


def _until(screen: int, wanted: str, seconds: float = 120) -> str:
    bytes_found, found, end = b"", "", time.monotonic() + seconds
    while wanted not in found and time.monotonic() < end:
        ready, _, _ = select.select([screen], [], [], 0.2)
        if ready:
            try:
                bytes_found += os.read(screen, 65536)
            except OSError:
                break
            found = bytes_found.decode("utf-8", "replace").replace("\r", "")
    assert wanted in found, found
    return found
