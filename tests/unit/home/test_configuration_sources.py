"""What a configuration was read from is known, and is never a target."""

from __future__ import annotations

import os
from pathlib import Path

from home_manager.activation import Layout
from home_manager.activation.protected_sources import Sources, Tree
from home_manager.home.configuration_sources import sources_of
from home_manager.store import Copy, Link, Recipes, SourceTree


def test_what_is_read_and_what_holds_it_are_held() -> None:
    sources = Sources(frozenset(("/h/a/file",)), (Tree("/h/tree"), Tree("/h", lambda path: path == "dotfiles/x")))
    held = ["/h/a/file", "/h/a", "/h/tree", "/h/tree/deep/x", "/h", "/h/dotfiles/x"]
    free = ["/h/a/other", "/h/a/file2", "/h/tree2", "/h/dotfiles/y", "/h/fi"]
    assert [path for path in held if not sources.hold(path)] == []
    assert [path for path in free if sources.hold(path)] == []


def test_everything_that_an_evaluation_reads_is_found(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for name in ("read.nix", "copied", "led-to", "repo/tracked", "repo/untracked", "tree/x"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(name)
    (home / "link").symlink_to("read.nix")
    (tmp_path / "way").symlink_to(home)
    recipes = Recipes(str(tmp_path / "store"))
    # By whatever way it was reached.
    recipes.read |= {str(tmp_path / "way/link")}
    recipes.add(Copy("copied", str(home / "copied")))
    recipes.add(Copy("tree", str(home / "tree")))
    recipes.add(Link("hm_x", str(home / "led-to")))
    recipes.mount(SourceTree("source", str(home / "repo"), "hash", lambda path: path == "tracked"))
    recipes.mount(SourceTree("all", str(tmp_path), "hash"))
    sources = sources_of(recipes, Layout.resolve(str(home), environ={}))
    found = {os.path.relpath(path, home) for path in home.rglob("*") if sources.hold(str(path))}
    assert found == {"read.nix", "link", "copied", "led-to", "repo", "repo/tracked", "tree", "tree/x"}
