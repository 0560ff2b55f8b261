"""The environment of a scratch home: nothing in it leads back to the caller's."""

from __future__ import annotations

from pathlib import Path

import pytest

from home_manager.activation import Layout
from home_manager.cli.scratch_environment import environment, moved, with_session_variables

SCRATCH = "/tmp/s/home/alice"


@pytest.mark.parametrize(
    ("value", "before", "expected"),
    [
        ("/home/alice", "", SCRATCH),
        ("/home/alice/.config", "", f"{SCRATCH}/.config"),
        ("/home/alice/a:/usr/bin:/home/alice", "", f"{SCRATCH}/a:/usr/bin:{SCRATCH}"),
        ("/home/alice2:/srv/home/alice/x", "", "/home/alice2:/srv/home/alice/x"),
        (f"{SCRATCH}/bin:/home/alice/bin", "", f"{SCRATCH}/bin:{SCRATCH}/bin"),
        ("/home/alice/new:/home/alice/tools", "/usr/bin:/home/alice/tools", f"{SCRATCH}/new:/home/alice/tools"),
        ("--config=/home/alice/c --other '/home/alice/o'", "", f"--config={SCRATCH}/c --other '{SCRATCH}/o'"),
        ("", "", ""),
    ],
)
def test_what_a_configuration_adds_is_moved(value: str, before: str, expected: str) -> None:
    assert moved(value, before, "/home/alice", SCRATCH) == expected


def test_a_home_that_is_everything_is_not_moved() -> None:
    assert moved("/usr/bin", "", "/", "/tmp/s") == "/usr/bin"


def test_what_speaks_of_the_callers_home_is_left_out(tmp_path: Path) -> None:
    layout = Layout.resolve("/home/alice", root=str(tmp_path))
    caller = {
        "HOME": "/home/bob",
        "PATH": "/home/bob/.nix-profile/bin:/home/bob/bin:/usr/bin",
        "XDG_CONFIG_HOME": "/etc/bob",
        "XDG_RUNTIME_DIR": "/run/user/7",
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/7/bus",
        "__HM_SESS_VARS_SOURCED": "1",
        "ZDOTDIR": "/home/bob/.zsh",
        "GNUPGHOME": "/home/bob",
        "PWD": "/home/bob/work",
        "OTHER": "/home/bobby",
        "LANG": "C.UTF-8",
    }
    found = environment(caller, layout, "/home/bob", "alice", str(tmp_path))
    home = f"{tmp_path}/home/alice"
    assert found == {
        "HOME": home,
        "USER": "alice",
        "LOGNAME": "alice",
        "PATH": f"{home}/.nix-profile/bin:/home/bob/bin:/usr/bin",
        "XDG_RUNTIME_DIR": f"{tmp_path}/run",
        "HOME_MANAGER_TRY": home,
        "PWD": "/home/bob/work",
        "OTHER": "/home/bobby",
        "LANG": "C.UTF-8",
    }
    assert Path(f"{tmp_path}/run").stat().st_mode & 0o777 == 0o700


def test_session_variables_are_read(tmp_path: Path) -> None:
    layout = Layout.resolve("/home/alice", root=str(tmp_path))
    file = tmp_path / "variables.sh"
    file.write_text(
        'export ADDED="/home/alice/x\ntwo lines"\nexport PATH="/home/alice/bin:$PATH"\nunset GONE\necho said >&2\n'
    )
    before = {"PATH": "/usr/bin:/bin:/home/alice/mine", "GONE": "1", "KEPT": "é"}
    found = with_session_variables(before, str(file), layout)
    assert found["ADDED"] == f"{tmp_path}/home/alice/x\ntwo lines"
    assert found["PATH"] == f"{tmp_path}/home/alice/bin:/usr/bin:/bin:/home/alice/mine"
    assert "GONE" not in found and found["KEPT"] == "é"
    missing = with_session_variables(before, str(tmp_path / "none"), layout)
    assert {name: missing[name] for name in before} == before
