"""What a command's exit status promises: each is documented, and given where it is promised."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from home_manager.cli import exits, main
from home_manager.cli.manual_page import STATUSES
from home_manager.cli.program import run

ARCHITECTURE = Path(__file__).parents[3] / "docs" / "architecture.md"

BASE = """{ lib, pkgs, ... }: {
  home.username = "alice"; home.homeDirectory = "/home/alice"; home.stateVersion = "25.11";
  home.packages = lib.mkForce [ ]; xdg.mime.enable = false;
  i18n.glibcLocales = pkgs.writeTextDir "lib/locale/none" "";
  home.file.there.text = "x"; %s
}
"""


def test_each_is_in_the_manual_and_in_the_architecture() -> None:
    promised = {value for name, value in vars(exits).items() if name.isupper()} - {exits.PIPE_CLOSED}
    assert {status for status, _about in STATUSES} == promised
    text = ARCHITECTURE.read_text(encoding="utf-8")
    listed = text[text.index("Exit statuses:") :].split("\n- ")[0]
    assert all(f" {status} " in listed for status in promised)


@pytest.mark.parametrize(
    ("more", "words", "status"),
    [
        ("", ["switch"], exits.OK),
        ("", ["switch", "-n"], exits.OK),
        ("", ["status"], exits.FAILED),
        ("", ["plan"], exits.OK),
        ("", ["plan", "--exit-code"], exits.FAILED),
        ("", ["diff", "--exit-code"], exits.FAILED),
        ('assertions = [ { assertion = false; message = "no"; } ];', ["switch"], exits.FAILED),
        ("", ["switch", "-c", "none"], exits.FAILED),
        ("", ["switch", "--plan", "none"], exits.FAILED),
        ("", ["switch", "--nonsense"], exits.USAGE),
        ("", ["switch", "--to", "1"], exits.USAGE),
        ("", ["nonsense"], exits.USAGE),
        ('home.activation.bad = lib.hm.dag.entryAfter [ "linkGeneration" ] "false";', ["switch"], exits.UNDONE),
    ],
)
def test_the_status_says_what_became_of_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str, words: list[str], status: int
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "home.nix").write_text(BASE % more)
    assert main(["--root", "root", "-f", "home.nix", *words]) == status
    changed = os.path.lexists(tmp_path / "root/home/alice/there")
    assert changed == (words == ["switch"] and status == exits.OK)


def test_generations_that_are_left_out_make_it_partly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for text in ("1", "2"):
        (tmp_path / "home.nix").write_text(BASE % f'home.file.n.text = "{text}";')
        assert main(["--root", "root", "-f", "home.nix", "switch"]) == exits.OK
    assert main(["--root", "root", "remove-generations", "1", "2"]) == exits.PARTLY


def test_interrupted_and_bug(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    from home_manager.cli import packages

    for error, status in ((KeyboardInterrupt, exits.INTERRUPTED), (ZeroDivisionError, exits.BUG)):

        def fail(*_: object, error: type[BaseException] = error) -> int:
            raise error

        monkeypatch.setattr(packages, "run", fail)
        assert run(["packages"]) == status


def test_the_program_ends_with_the_status() -> None:
    done = subprocess.run([sys.executable, "-m", "home_manager", "nonsense"], capture_output=True, check=False)
    assert done.returncode == exits.USAGE
