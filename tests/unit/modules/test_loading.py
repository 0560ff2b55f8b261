"""Modules are loaded by mention: what a configuration does not name is never imported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

EVALUATE = """
import json, sys

import home_manager.modules as modules

scratch, configuration = sys.argv[1:]
own = modules.indexed
modules.indexed = lambda: own(scratch)

from home_manager.configuration.request import Request
from home_manager.home.home import open_home

home = open_home(Request(config=configuration, root=f"{scratch}/root"))
manifest = home.evaluate().manifest
print(json.dumps({"modules": sorted(sys.modules), "files": [file.target.text for file in manifest.files]}))
"""

INDEX = """
import sys

from home_manager.modules import indexed

indexed(sys.argv[1]).refreshed()
"""

HOME = 'home.username = "alice"; home.homeDirectory = "/home/alice"; home.stateVersion = "25.11";'


def python(program: str, *arguments: str) -> str:
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index of the modules as they are now, whatever the one in the tree says."""
    folder = tmp_path_factory.mktemp("loading")
    python(INDEX, str(folder))
    return folder


def loaded(scratch: Path, text: str) -> tuple[set[str], list[str]]:
    """The modules that were imported for a configuration, and its files."""
    configuration = scratch / "home.nix"
    configuration.write_text(text, "utf-8")
    found = json.loads(python(EVALUATE, str(scratch), str(configuration)))
    return set(found["modules"]), found["files"]


def test_a_program_that_is_not_mentioned_is_not_imported(scratch: Path) -> None:
    modules, _ = loaded(scratch, f"{{ {HOME} }}")
    programs = {name for name in modules if name.startswith("home_manager.modules.programs.")}
    for name in ("alacritty", "bat", "neovim", "tmux", "starship", "zsh"):
        assert f"home_manager.modules.programs.{name}" not in programs
    assert len(programs) <= 8, sorted(programs)


def test_a_program_that_is_mentioned_is_imported(scratch: Path) -> None:
    modules, files = loaded(scratch, f"{{ {HOME} programs.tmux.enable = true; }}")
    assert "home_manager.modules.programs.tmux" in modules
    assert "home_manager.modules.programs.alacritty" not in modules
    assert ".config/tmux/tmux.conf" in files


def test_a_mail_account_does_not_import_the_programs_that_could_use_it(scratch: Path) -> None:
    account = 'accounts.email.accounts.a = { primary = true; address = "a@b"; realName = "A"; msmtp.enable = false; };'
    modules, _ = loaded(scratch, f"{{ {HOME} {account} }}")
    for name in ("aerc", "mbsync", "neomutt", "notmuch", "thunderbird"):
        assert f"home_manager.modules.programs.{name}" not in modules
    assert "home_manager.modules.programs.msmtp" in modules


def test_what_is_slow_to_import_waits_until_it_is_used(scratch: Path) -> None:
    modules, _ = loaded(scratch, f"{{ {HOME} }}")
    slow = {
        "asyncio",
        "email",
        "http.client",
        "importlib.resources",
        "lzma",
        "pathlib",
        "tarfile",
        "tomllib",
        "urllib3",
    }
    assert modules & slow == set()
    assert "home_manager.nix.builtins.regex_syntax" not in modules
