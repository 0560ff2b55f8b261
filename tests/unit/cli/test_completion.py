"""Completion: what may come next, asked as the shells' scripts ask it, and the scripts in the shells themselves."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from home_manager.cli.complete import offers
from home_manager.cli.completion import SCRIPTS

FOLDER = Path(__file__).parents[3] / "src" / "home_manager" / "cli" / "completions"


def words(*given: str) -> list[str]:
    return [word for word, _about in offers(given)]


def test_commands_come_first_and_say_what_they_do() -> None:
    found = dict(offers([""]))
    assert found.get("switch")
    assert "activate" not in found, "hidden commands are not offered"


def test_commands_are_offered_after_options_too() -> None:
    assert words("--verbose", "sw") == ["switch"]
    assert words("-f", "home.nix", "sw") == ["switch"]


def test_variants_of_the_newest_generation_that_has_any(tmp_path: Path) -> None:
    state = tmp_path / "home/alice/.local/state/home-manager"
    for number, variants in ((1, ["old"]), (2, ["dark", "light"]), (3, [])):
        generation = state / f"store/{number}"
        for name in variants:
            (generation / "specialisation" / name).mkdir(parents=True)
        (state / "profiles").mkdir(exist_ok=True)
        (state / f"profiles/home-manager-{number}-link").symlink_to(generation)
    assert words("--root", str(tmp_path), "switch", "-c", "") == ["dark", "light"]
    assert words("--root", str(tmp_path), "plan", "--specialisation", "l") == ["light"]
    assert words("--root", str(tmp_path), "describe", "") == ["3", "2", "1"]


def test_options_of_the_command_and_of_all() -> None:
    found = words("switch", "--")
    assert {"--rollback", "--dry-run"} <= set(found)
    assert "--cores" not in found, "what has no effect is not offered"
    assert "--rollback" not in words("build", "--")


def test_values_of_options() -> None:
    assert words("switch", "--color", "") == ["auto", "always", "never"]
    assert words("switch", "--color=al") == ["--color=always"]
    assert words("switch", "--color", "=") == ["auto", "always", "never"], "as bash splits it"
    assert words("switch", "--color", "=", "n") == ["never"]
    assert words("-f", "ho") == [":files"]
    assert words("switch", "--arg", "x", "") == []
    assert words("--root", "") == [":directories"]


def test_operands() -> None:
    assert words("help", "sw") == ["switch"]
    assert words("help", "switch", "") == [], "one command is enough"
    assert "option-conflict" in words("explain", "option-")
    assert words("completion", "z") == ["zsh"]


def test_options_of_the_configuration_level_by_level() -> None:
    assert words("option", "programs.bas") == ["programs.bash.", "programs.bashmount."]
    assert "programs.bat.enable" in words("option", "programs.bat.e")
    assert "home.file" in words("option", "home.username", "home.f"), "as many as wanted"


def test_an_unknown_command_offers_nothing() -> None:
    assert words("sweep", "") == []


def answer(shell: str, script: str, home: Path) -> str:
    """What a shell prints that reads the script, with home-manager in its PATH."""
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "TERM": "dumb",
        "SCRIPT": str(FOLDER / SCRIPTS[shell if shell != "nu" else "nushell"]),
    }
    done = subprocess.run(
        [program, "-c", script], env=environment, cwd=home, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


BASH = """
source "$SCRIPT"
COMP_WORDS=(home-manager %s) COMP_CWORD=%d
_home_manager 2>/dev/null
printf '%%s\\n' "${COMPREPLY[@]}"
"""


def test_bash(tmp_path: Path) -> None:
    assert answer("bash", BASH % ("sw", 1), tmp_path) == "switch\n"
    assert answer("bash", BASH % ("option programs.bas", 2), tmp_path) == "programs.bash.\nprograms.bashmount.\n"
    assert answer("bash", BASH % ("switch --color = al", 4), tmp_path) == "always\n"


def test_fish(tmp_path: Path) -> None:
    script = 'source "$SCRIPT"; complete --do-complete "home-manager %s"'
    assert answer("fish", script % "sw", tmp_path).startswith("switch\tbuild the configuration")
    assert answer("fish", script % "option programs.bas", tmp_path) == "programs.bash.\nprograms.bashmount.\n"
    assert answer("fish", script % "switch --color=al", tmp_path) == "--color=always\n"
    (tmp_path / "mine.nix").touch()
    assert "mine.nix" in answer("fish", script % "switch -f mi", tmp_path)


ZSH = """
zmodload zsh/zpty
zpty -b inner zsh -f -i
inner() { zpty -w inner "$1"; }
inner 'PS1= PS2= RPS1='
inner 'autoload -Uz compinit; compinit -u -D; source "$SCRIPT"; zstyle ":completion:*" list-colors; LISTMAX=10000'
inner 'print -r -- READY'
until zpty -r inner line '*READY*READY*'; do :; done
zpty -w -n inner $'home-manager %s\\t\\C-aprint -r -- DONE \\C-j'
zpty -r inner line '*DONE home-manager %s*' && print -r -- found
"""


def test_zsh(tmp_path: Path) -> None:
    assert answer("zsh", ZSH % ("swi", "switch"), tmp_path) == "found\n"
    assert answer("zsh", ZSH % ("option programs.bat.en", "option programs.bat.enable"), tmp_path) == "found\n"


def test_nushell(tmp_path: Path) -> None:
    script = f'source "{FOLDER / SCRIPTS["nushell"]}"; do $env.config.completions.external.completer %s | to json --raw'
    found = answer("nu", script % "[home-manager sw]", tmp_path)
    assert '"value":"switch"' in found
    assert answer("nu", script % "[home-manager -f ho]", tmp_path).strip() == "null"


@pytest.mark.parametrize("shell", sorted(SCRIPTS))
def test_the_scripts_can_be_had(shell: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "home_manager", "completion", shell], capture_output=True, text=True, check=True
    )
    assert done.stdout == (FOLDER / SCRIPTS[shell]).read_text("utf-8")


def test_the_manual_page_is_good_roff(tmp_path: Path) -> None:
    page = subprocess.run(
        [sys.executable, "-m", "home_manager", "help", "--man"], capture_output=True, text=True, check=True
    ).stdout
    assert '\n.SS "switch"\n' in page
    man = shutil.which("man")
    if man is None:
        pytest.skip("man is not installed")
    (tmp_path / "home-manager.1").write_text(page, encoding="utf-8")
    shown = subprocess.run(
        [man, "--warnings", "-l", str(tmp_path / "home-manager.1")],
        env={**os.environ, "MANPAGER": "cat", "MANWIDTH": "100", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert not shown.stderr
    assert "--rollback" in shown.stdout and "EXIT STATUS" in shown.stdout
