"""The flakes among the shared examples, as they are; skipped where those do not lie beside the repository."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from home_manager.configuration.request import Request
from home_manager.diagnostics import Failure
from home_manager.home.home import open_home

EXAMPLES = Path(__file__).parents[4] / "shared" / "examples"
pytestmark = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the shared examples are not here")


@pytest.mark.parametrize(
    ("flake", "name", "files"),
    [
        ("standalone-flake", "yourname", ()),
        ("multi-user", "alice@desktop", ()),
        ("multi-user", "alice@worklaptop", ()),
        ("multi-user", "bob@server", ()),
        ("homes", "alice", (".config/git/config",)),
        ("homes", "alice@laptop", (".config/git/config",)),
    ],
)
def test_an_example_is_a_home(flake: str, name: str, files: tuple[str, ...], tmp_path: Path) -> None:
    place = tmp_path / flake
    shutil.copytree(EXAMPLES / flake, place)
    found = open_home(Request(flake=f"path:{place}#{name}")).evaluate()
    targets = {entry.target.text for entry in found.manifest.files}
    assert targets >= set(files)
    assert found.manifest.username == name.partition("@")[0]
    # Nothing has to be locked for the inputs that are replaced.
    assert not (place / "flake.lock").exists()


@pytest.mark.parametrize("flake", ["nixos", "nixos-multi-user"])
def test_an_example_for_a_system_says_so(flake: str) -> None:
    with pytest.raises(Failure) as failed:
        open_home(Request(flake=f"path:{EXAMPLES / flake}#alice")).evaluate()
    assert failed.value.diagnostic.code == "flake-no-homes"
    assert "whole systems" in failed.value.diagnostic.hints[0]
