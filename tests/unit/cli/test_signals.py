"""A signal to end takes back what a switch has begun, whichever it is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from home_manager.cli.signals import Ended, signals_as_interruptions, status_of

CONFIGURATION = """{ lib, pkgs, ... }: {
  home.username = "alice"; home.homeDirectory = "/home/alice"; home.stateVersion = "25.11";
  home.packages = lib.mkForce [ ]; xdg.mime.enable = false;
  i18n.glibcLocales = pkgs.writeTextDir "lib/locale/none" "";
  home.file.a.text = "ours";
  home.activation.wait = lib.hm.dag.entryAfter [ "linkGeneration" ] ''
    echo begun > "$HOME/../begun"
    read -r _ < "$HOME/../never"
  '';
}
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_switch_that_is_ended_is_taken_back(tmp_path: Path, number: signal.Signals) -> None:
    home = tmp_path / "home/alice"
    home.mkdir(parents=True)
    (home / "a").write_text("ours")
    os.utime(home / "a", (1, 1))
    (tmp_path / "home.nix").write_text(CONFIGURATION)
    for name in ("begun", "never"):
        os.mkfifo(tmp_path / "home" / name)
    command = [
        sys.executable,
        "-m",
        "home_manager",
        "--root",
        str(tmp_path),
        "-f",
        str(tmp_path / "home.nix"),
        "switch",
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        # The step says that it runs, and then waits for what never comes.
        assert (tmp_path / "home/begun").read_text() == "begun\n"
        assert (home / "a").is_symlink()
        process.send_signal(number)
        assert process.stderr is not None and "interrupted" in process.stderr.read()
    assert process.returncode == 128 + number
    assert (home / "a").read_text() == "ours" and (home / "a").lstat().st_mtime == 1
    assert not (home / ".local/state/home-manager/journal/current").exists()


def test_handlers_are_as_before_and_what_is_ignored_stays_so() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with pytest.raises(Ended) as caught, signals_as_interruptions():
            signal.raise_signal(signal.SIGHUP)
            signal.raise_signal(signal.SIGTERM)
        assert status_of(caught.value) == 143
        assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    finally:
        signal.signal(signal.SIGHUP, before)
