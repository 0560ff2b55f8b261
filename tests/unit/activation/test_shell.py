"""The user's steps: one bash process, its variables and functions, its output, its failures."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from homes import Home, steps

from home_manager.activation import Options, activate
from home_manager.diagnostics import Failure
from home_manager.manifest import FileEntry, Manifest
from home_manager.paths import HomeRelPath


def say(home: Home, *scripts: str, **options: object) -> str:
    """What steps after linkGeneration print."""
    named = tuple((f"step{n}", script) for n, script in enumerate(scripts))
    home.printed.clear()
    home.activate(home.generation({"f": "1"}, steps=steps(*named, after="linkGeneration")), **options)
    return home.output


def failed(home: Home, *scripts: str) -> str:
    with pytest.raises(Failure) as caught:
        say(home, *scripts)
    assert caught.value.diagnostic.code == "step-failed"
    return str(caught.value)


def test_steps_share_variables_and_functions(home: Home) -> None:
    printed = say(
        home,
        "x=1; declare -A map=([k]=v); greet() { echo hello $1; }; set -- a b",
        'greet $x; echo ${map[k]} "$#"; cd /',
        "pwd; [[ -e nothing ]] && echo never",
    )
    assert printed == "hello 1\nv 2\n/\n"


def test_variables_of_the_original(home: Home) -> None:
    printed = say(home, 'echo "${oldGenPath-unset}|$newGenPath|$genProfilePath|$hmStatePath|$hmDataPath|$HOME|$PWD"')
    old, new, profile, state, data, at_home, here = printed.strip().split("|")
    assert old == "unset"
    assert home.profile.current is not None and new == home.profile.current.path
    assert (profile, state) == (home.profile.pointer, str(home.layout.state))
    assert data == str(home.layout.data)
    assert at_home == here == str(home.path)
    assert say(home, ': changed; echo "$oldGenPath"').strip() == new
    assert "newGenPath: readonly variable" in (failed(home, "newGenPath=x"), home.output)[1]


def test_messages_and_run(home: Home) -> None:
    script = """
    noteEcho a note; warnEcho a warning; errorEcho an error; verboseEcho only verbose
    _i '%s is %d' x 3; _iNote n%s 1; _iWarn w; _iError e; _iVerbose v; _ip '%d file' '%d files' 1 1
    _ip '%d file' '%d files' 2 2
    run echo plain; run --quiet echo quiet; run --silence ls /nowhere || true; $DRY_RUN_CMD echo old
    echo "[$VERBOSE_ARG][$VERBOSE_ECHO][$VERBOSE_RUN][$DRY_RUN_NULL]"
    """
    assert say(home, script).splitlines() == [
        "a note", "a warning", "an error", "x is 3", "n1", "w", "e", "1 file", "2 files", "plain", "old",
        "[][true][true][/dev/null]",
    ]  # fmt: skip
    verbose = say(home, script, verbose=True)
    assert "only verbose\n" in verbose and "\nv\n" in verbose and "[--verbose][echo][][/dev/null]" in verbose


def test_a_dry_run_only_says(home: Home) -> None:
    printed = say(home, 'run touch "$HOME/x"; $DRY_RUN_CMD touch y; [[ -v DRY_RUN ]] && echo dry', dry_run=True)
    assert printed == f"touch {home.path}/x\ntouch y\ndry\n"
    assert home.tree() == {}
    assert home.profile.current is None


def test_colours(home: Home) -> None:
    assert "\x1b[" in say(home, "errorEcho x", color=True)
    assert "\x1b[" not in say(home, "errorEcho x")


def test_failures_name_the_step(home: Home) -> None:
    assert failed(home, "true", "false", "echo never") == "the activation step `step1` failed with exit status 1"
    assert "never" not in home.output
    assert failed(home, "ls /nowhere | cat") == "the activation step `step0` failed with exit status 2"
    assert "unset_variable" in (failed(home, "echo $unset_variable"), home.output)[1]
    assert failed(home, "kill -KILL $$") == "the activation step `step0` was ended by SIGKILL"
    assert "`exit 0`" in failed(home, "exit 0", "echo never")
    failed(home, "echo a\nif then fi")
    assert "step0: line 2" in home.output
    assert failed(home, "true", "echo 'unbalanced").startswith("the activation step `step1` failed")
    assert failed(home, "trap 'exit 3' EXIT") == "the end of the steps failed with exit status 3"


def test_an_exit_trap_runs_at_the_end(home: Home) -> None:
    assert say(home, "trap 'echo last' EXIT", "echo first") == "first\nlast\n"


def test_much_output_arrives_whole_and_live(home: Home) -> None:
    printed = say(home, "for i in {1..20000}; do echo line $i; done", "echo 'ü\xe9'; printf '\\xff'")
    assert printed.startswith("line 1\n") and "line 20000\nüé\n�" in printed
    # The step goes on when what it has printed has come here.
    arrived: list[str] = []

    def hear(text: str) -> None:
        arrived.append(text)
        home.put("go", "")

    waits = 'echo a; for _ in {1..3000}; do if [ -e "$HOME/go" ]; then echo b; exit_now=1; break; fi; sleep 0.01; done'
    generation = home.generation({}, steps=steps(("slow", f'{waits}; [ -n "$exit_now" ]'), after="linkGeneration"))
    activate(*generation, layout=home.layout, options=Options(output=hear, skip_sanity_checks=True))
    assert "".join(arrived) == "a\nb\n" and len(arrived) > 1


def test_a_daemon_that_keeps_the_output_open_does_not_hold_us_up(home: Home) -> None:
    start = time.monotonic()
    assert say(home, "sleep 600 & echo $! > $HOME/pid") == ""
    assert time.monotonic() - start < 300
    os.kill(int(home.read("pid")), 15)


def test_path_and_environment(home: Home, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "greet").write_text("#!/bin/sh\necho greetings\n")
    (tools / "greet").chmod(0o755)
    environ = {"PATH": str(tools), "USER": "x", "DRY_RUN": "1", "VERBOSE": "1", "KEPT": "yes"}
    script = (
        'echo "${KEPT-} ${DRY_RUN-unset} ${VERBOSE-unset} $USER"; type -P greet || echo none; type -P cat > $HOME/cat'
    )
    scripted = steps(("s", script), after="linkGeneration")
    for more, found in (
        ({}, "none"),
        ({"empty_activation_path": False}, f"{tools}/greet"),
        ({"activation_path": (str(tools),)}, f"{tools}/greet"),
    ):
        home.printed.clear()
        home.activate(home.generation({}, steps=scripted, **more), environ=environ)
        assert home.output == f"yes unset unset x\n{found}\n"


def test_below_a_root_the_callers_session_is_out_of_reach(home: Home) -> None:
    from home_manager.activation import Layout

    layout = Layout.resolve(str(home.path), root="/", environ={})
    environ = {"XDG_CONFIG_HOME": "/real", "DBUS_SESSION_BUS_ADDRESS": "unix:", "XDG_RUNTIME_DIR": "/run/user/1"}
    script = 'echo "${XDG_CONFIG_HOME-}${DBUS_SESSION_BUS_ADDRESS-}${XDG_RUNTIME_DIR-} $USER"'
    generation = home.generation({}, steps=steps(("s", script)), username="alice")
    home.activate(generation, environ=environ, layout=layout)
    assert home.output == " alice\n"


HOOK = FileEntry(HomeRelPath("hooked"), "", on_change='echo "changed $PWD" >> log')


def hooked(home: Home, text: str, *bash: tuple[str, str]) -> tuple[Manifest, str]:
    from dataclasses import replace

    path = home.put(".local/text", text)
    entry = replace(HOOK, source=home.store.add_tree("text", str(path)))
    return home.generation({"hooked": entry}, steps=steps(*bash, after="linkGeneration"))


def test_hooks_run_when_their_file_changed(home: Home) -> None:
    assert home.activate(hooked(home, "1")).hooks == ("hooked",)
    assert home.read("log") == f"changed {home.path}\n"
    assert home.activate(hooked(home, "1")).hooks == ()
    assert home.activate(hooked(home, "2")).hooks == ("hooked",)
    assert len(home.read("log").splitlines()) == 2


def test_hooks_never_run_in_a_dry_run(home: Home) -> None:
    home.activate(hooked(home, "1"))
    assert home.activate(hooked(home, "2"), dry_run=True).hooks == ("hooked",)
    assert len(home.read("log").splitlines()) == 1


def test_hooks_share_the_process_with_the_steps(home: Home) -> None:
    generation = hooked(home, "1", ("before", "echo() { printf 'our echo %s\\n' \"$*\"; }"))
    home.activate(generation)
    assert home.read("log").startswith("our echo changed")


def test_a_failing_hook_is_named(home: Home) -> None:
    from dataclasses import replace

    source = home.store.add_tree("text", str(home.put(".local/text", "1")))
    with pytest.raises(Failure) as caught:
        home.activate(home.generation({"hooked": replace(HOOK, source=source, on_change="exit 4")}))
    assert str(caught.value) == "the onChange hook of `hooked` failed with exit status 4"
    assert not (home.path / "hooked").exists()


def test_without_bash_steps_no_shell_is_started(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    from home_manager.activation import shell

    monkeypatch.setattr(shell, "find_bash", lambda: pytest.fail("a shell was started"))
    home.switch({"a": "1"})


def test_no_step_files_are_left(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    say(home, "true")
    failed(home, "false")
    assert list(scratch.iterdir()) == []
