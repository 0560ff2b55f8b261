"""The warm server: the same outcome as a start of its own, one process after another, and nobody else's requests."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from home_manager.cli import warm, warm_client

CLIENT = [sys.executable, "-I", "-S", str(Path(warm_client.__file__))]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running server's socket."""
    path = str(tmp_path_factory.mktemp("warm") / "s")
    process = subprocess.Popen([sys.executable, "-m", "home_manager.cli.warm", path], cwd="/")
    for _ in range(1000):
        if os.path.exists(path):
            break
        threading.Event().wait(0.01)
    yield path
    process.terminate()
    process.wait()


def asked(server: str, *words: str, given: str = "", **settings: object) -> subprocess.CompletedProcess[str]:
    command = [*CLIENT, server, "nix-instantiate", *words]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False, **settings)  # type: ignore[call-overload,no-any-return]


def test_words_input_folder_and_environment_arrive(server: str, tmp_path: Path) -> None:
    (tmp_path / "here.nix").write_text('{ n, word ? builtins.getEnv "WORD" }: [ n word ]')
    came = asked(server, "--eval", "--strict", "here.nix", "--arg", "n", "1 + 1", cwd=tmp_path, env={"WORD": "süß"})
    assert (came.returncode, came.stdout, came.stderr) == (0, '[ 2 "süß" ]\n', "")
    assert asked(server, "--eval", "-", given="2 * 21").stdout == "42\n"


def test_a_failure_has_its_status_and_message(server: str) -> None:
    came = asked(server, "--eval", "-E", 'throw "no"')
    assert (came.returncode, came.stdout) == (1, "")
    assert came.stderr.startswith("error[nix-throw]: no\n")
    assert asked(server, "--no-such-option").returncode == 2


def test_requests_do_not_see_each_other(server: str) -> None:
    texts = [f"{number} * {number}" for number in range(20)]
    clients = [
        subprocess.Popen([*CLIENT, server, "nix-instantiate", "--eval", "-E", text], stdout=subprocess.PIPE, text=True)
        for text in texts
    ]
    assert [client.communicate()[0] for client in clients] == [f"{number * number}\n" for number in range(20)]


def test_without_a_server_nothing_is_done(tmp_path: Path) -> None:
    came = asked(str(tmp_path / "none"), "--eval", "-E", "1")
    assert (came.returncode, came.stdout) == (75, "")


def test_a_server_ends_when_nothing_comes(tmp_path: Path) -> None:
    path = str(tmp_path / "s")
    program = f"from home_manager.cli import warm; warm.serve({path!r}, lambda words: 0, idle=0.05)"
    done = subprocess.run([sys.executable, "-c", program], timeout=120, check=False)
    assert done.returncode == 0
    assert not os.path.exists(path)


def test_a_folder_that_others_can_enter_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    folder = warm.private_folder()
    assert folder is not None and folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o755)
    assert warm.private_folder() is None
    folder.rmdir()
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    folder.symlink_to(tmp_path / "elsewhere")
    assert warm.private_folder() is None
