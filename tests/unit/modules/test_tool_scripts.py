"""Scripts that modules of tools write, run with stand-ins for the programs that they call."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from home_manager.authoring import formats
from home_manager.modules.programs import _merged_json, codex, command_not_found, uv
from home_manager.modules.services import podman

RUN = 'run() { echo "run: $*"; "$@"; }\nVERBOSE_ARG=\n'
"""What activation offers to its steps, loudly."""


def program(directory: Path, name: str, text: str) -> str:
    path = directory / name
    path.write_text(f"#!/bin/bash\n{text}")
    path.chmod(0o755)
    return str(path)


def run(script: str, directory: Path, answer: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": f"{directory}:{os.environ['PATH']}", "HOME": str(directory), **variables}
    return subprocess.run(
        ["bash", "-eu", "-c", script], cwd=directory, env=environment, input=answer, capture_output=True, text=True
    )


def needs(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


class Test_commands_that_are_not_there:
    @pytest.fixture
    def script(self, tmp_path: Path) -> str:
        sqlite = needs("sqlite3")
        database = tmp_path / "programs.sqlite"
        rows = "('one','s','first'),('two','s','a'),('two','s','b'),('q''q','s','quoted'),('one','other','no')"
        table = f"create table Programs(name, system, package); insert into Programs values {rows};"
        subprocess.run([sqlite, str(database), table], check=True)
        program(tmp_path, "nix-shell", 'echo "shell: $*"\n')
        text = formats.shell.script(command_not_found.SCRIPT, database=str(database), system="s", sqlite=sqlite)
        return program(tmp_path, "command-not-found", text)

    @pytest.mark.parametrize(
        ("command", "said"),
        [
            ("one", "nix-shell -p first"),
            ("two", "nix-shell -p a\n  nix-shell -p b"),
            ("q'q", "nix-shell -p quoted"),
            ("none", "none: command not found"),
        ],
    )
    def test_packages_are_named(self, script: str, tmp_path: Path, command: str, said: str) -> None:
        done = run(f'{script} "$0"'.replace("$0", command), tmp_path)
        assert done.returncode == 127
        assert said in done.stderr

    def test_they_can_be_run_at_once(self, script: str, tmp_path: Path) -> None:
        assert (
            run(f"{script} one 'a b'", tmp_path, NIX_AUTO_RUN="1").stdout == "shell: -p first --run exec one a\\ b \n"
        )
        assert "shell: -p b" in run(f"{script} two", tmp_path, "2\n", NIX_AUTO_RUN="1").stdout

    def test_somebody_may_say_no(self, script: str, tmp_path: Path) -> None:
        asked = {"NIX_AUTO_RUN": "1", "NIX_AUTO_RUN_INTERACTIVE": "1"}
        refused = run(f"{script} one", tmp_path, "what\nn\n", **asked)
        assert (refused.returncode, refused.stdout) == (0, "")
        assert "shell: -p first" in run(f"{script} one", tmp_path, "y\n", **asked).stdout


class Test_files_that_a_program_can_change:
    def script(self, directory: Path, given: object) -> str:
        jq = needs("jq")
        (directory / "given").write_text(json.dumps(given))
        words = {
            "file": str(directory / "sub" / "file.json"),
            "empty": "'{}'",
            "json5": program(directory, "json5", f'{jq} . "$2"\n'),
            "jq": jq,
            "program": "'$own * $given'",
            "given": str(directory / "given"),
        }
        return RUN + _merged_json.SCRIPT.format(**words)

    def test_what_is_there_stays(self, tmp_path: Path) -> None:
        script, file = self.script(tmp_path, {"a": 1, "deep": {"b": 2}}), tmp_path / "sub" / "file.json"
        assert run(script, tmp_path).returncode == 0
        assert json.loads(file.read_text()) == {"a": 1, "deep": {"b": 2}}
        file.write_text('{"a": 0, "mine": true, "deep": {"c": 3}}')
        assert run(script, tmp_path).returncode == 0
        assert json.loads(file.read_text()) == {"a": 1, "mine": True, "deep": {"b": 2, "c": 3}}

    def test_what_is_not_json_is_left_alone(self, tmp_path: Path) -> None:
        script, file = self.script(tmp_path, {"a": 1}), tmp_path / "sub" / "file.json"
        file.parent.mkdir()
        file.write_text("{ broken")
        done = run(script, tmp_path)
        assert done.returncode != 0
        assert "is not JSON" in done.stderr
        assert file.read_text() == "{ broken"


class Test_what_uv_installed:
    LISTED = '[{"key": "cpython-3.12.9"}, {"key": "cpython-3.12.1"}]'

    def pythons(self, directory: Path, failing: str = "") -> subprocess.CompletedProcess[str]:
        installed = '[{"key": "cpython-3.12.9"}, {"key": "cpython-3.12.1"}, {"key": "pypy-3.10"}]'
        stand_in = f"{failing}\ncase \"$*\" in *--only-installed*) echo '{installed}' ;; *list*) echo '{self.LISTED}' ;; esac\n"
        script = formats.shell.script(
            uv.PYTHONS, uv=program(directory, "uv", stand_in), jq=needs("jq"), versions=["3.12"]
        )
        return run(RUN + script, directory)

    def test_releases_that_nothing_asks_for_go(self, tmp_path: Path) -> None:
        gone = [line.split()[-1] for line in self.pythons(tmp_path).stdout.splitlines() if "uninstall" in line]
        assert gone == ["cpython-3.12.1", "pypy-3.10"]

    def test_nothing_goes_when_uv_fails(self, tmp_path: Path) -> None:
        done = self.pythons(tmp_path, "exit 1")
        assert done.returncode != 0
        assert "uninstall" not in done.stdout

    @pytest.mark.parametrize("present", [("ruff", "black-x", "old"), ()])
    def test_tools_that_nothing_asks_for_go(self, tmp_path: Path, present: tuple[str, ...]) -> None:
        for name in present:
            (tmp_path / "tools" / name).mkdir(parents=True)
        stand_in = program(tmp_path, "uv", f'[[ "$*" != "tool dir" ]] || echo {tmp_path}/tools\n')
        done = run(RUN + formats.shell.script(uv.TOOLS, uv=stand_in, names=" ruff black-x "), tmp_path)
        assert done.returncode == 0
        gone = [line.split()[-1] for line in done.stdout.splitlines() if "uninstall" in line]
        assert gone == (["old"] if present else [])

    def test_names_of_tools(self) -> None:
        assert [uv.tool_name(each) for each in ("Black==24", "a_b.c[x]", "ruff")] == ["black", "a-b-c", "ruff"]
        assert [uv.pinned(each) for each in ("3.12", "3.12.4", "cpython-3.14.5+freethreaded")] == [False, True, True]


def test_toml_of_codex(tmp_path: Path) -> None:
    import tomllib

    value = {"a": 1, "b": "x\ny", "list": [{"c": [True]}], "t": {"u v": {"w": 'q"'}}, "empty": {}}
    done = subprocess.run(
        [needs("jq"), "-r", codex.TOML], input=json.dumps(value), capture_output=True, text=True, check=True
    )
    assert tomllib.loads(done.stdout) == value


def test_resources_of_podman_that_are_gone(tmp_path: Path) -> None:
    manifests = tmp_path / "config"
    manifests.mkdir()
    (manifests / "containers.manifest").write_text("kept\n")
    (manifests / "volumes.manifest").write_text("\n")
    stand_in = program(
        tmp_path,
        "podman",
        'case "$1 $2" in "container ls") printf "kept\\ngone\\n" ;; "volume ls") echo data ;; "volume rm") exit 1 ;; esac\n',
    )
    script = podman.CLEANUP.format(uidmap="/usr/bin", manifests=str(manifests), podman=stand_in)
    done = run(RUN + script, tmp_path)
    assert done.returncode == 0, done.stderr
    ran = [line.partition("podman ")[2] for line in done.stdout.splitlines() if line.startswith("run: ")]
    assert ran == ["container stop gone", "container rm gone", "volume rm data"]
    assert "It is used by: kept" in done.stderr
