"""The lock file that we write is the one that Nix writes, byte by byte; skipped where there is no Nix."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from home_manager.flakes.locking import LockFlags
from home_manager.flakes.nar import NarHash
from home_manager.flakes.references import of_user
from unit.flakes.conftest import Bench, git, repository, write

NIX = Path(os.environ.get("NIX_BIN", os.devnull)) / "nix"
needs_nix = pytest.mark.skipif(
    not os.access(NIX, os.X_OK), reason="NIX_BIN does not name the directory with the real nix"
)
pytestmark = [needs_nix, pytest.mark.slow]

LEAF = "{ outputs = { self }: { x = 1; }; }"


def nix(tmp_path: Path, *words: str) -> str:
    features = ("--extra-experimental-features", "nix-command flakes")
    command = [str(NIX), *features, "--store", str(tmp_path / "nix-store"), "--offline", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def world(place: Path) -> None:
    """Flakes that use each other in every way that needs no network."""
    write(place / "leaf", {"flake.nix": LEAF, "data/file": "text\n"})
    repository(place / "leaf-git", {"flake.nix": LEAF, "sub/flake.nix": LEAF})
    git(place / "leaf-git", "branch", "other")
    git(place / "leaf-git", "tag", "v1")
    middle = f"""{{
      inputs.leaf.url = "path:{place}/leaf";
      inputs.inner.url = "git+file://{place}/leaf-git?dir=sub";
      inputs.again.follows = "leaf";
      outputs = {{ self, leaf, inner, again }}: {{ y = leaf.x; }};
    }}"""
    repository(place / "middle", {"flake.nix": middle})


TOPS = {
    "nothing": "{ outputs = { self }: { }; }",
    "path": '{ inputs.a.url = "path:PLACE/leaf"; outputs = i: { }; }',
    "absolute": '{ inputs.a.url = "PLACE/leaf"; outputs = i: { }; }',
    "not a flake": '{ inputs.a = { url = "path:PLACE/leaf/data"; flake = false; }; outputs = i: { }; }',
    "branch": '{ inputs.a.url = "git+file://PLACE/leaf-git?ref=other"; outputs = i: { }; }',
    "tag": '{ inputs.a.url = "git+file://PLACE/leaf-git?ref=refs/tags/v1"; outputs = i: { }; }',
    "attributes": '{ inputs.a = { type = "git"; url = "file://PLACE/leaf-git"; ref = "other"; }; outputs = i: { }; }',
    "subdirectory": '{ inputs.a.url = "git+file://PLACE/leaf-git?dir=sub"; outputs = i: { }; }',
    "nested": '{ inputs.m.url = "git+file://PLACE/middle"; outputs = i: { }; }',
    "followed": '{ inputs.m.url = "git+file://PLACE/middle"; inputs.l.url = "path:PLACE/leaf"; '
    'inputs.m.inputs.leaf.follows = "l"; outputs = i: { }; }',
    "overridden": '{ inputs.m.url = "git+file://PLACE/middle"; '
    'inputs.m.inputs.leaf.url = "git+file://PLACE/leaf-git"; outputs = i: { }; }',
    "followed to nothing": '{ inputs.m.url = "git+file://PLACE/middle"; inputs.m.inputs.inner.follows = ""; outputs = i: { }; }',
    "through another": '{ inputs.m.url = "git+file://PLACE/middle"; inputs.x.follows = "m/leaf"; outputs = i: { }; }',
    "twice the name": '{ inputs.m.url = "git+file://PLACE/middle"; inputs.leaf.url = "git+file://PLACE/leaf-git"; '
    "outputs = i: { }; }",
    "relative": '{ inputs.s.url = "path:./sub"; outputs = i: { }; }',
    "a path value": "{ inputs.s.url = ./sub; outputs = i: { }; }",
}


@pytest.mark.parametrize("name", TOPS)
def test_the_lock_file_is_that_of_nix(name: str, tmp_path: Path, bench: Callable[[], Bench]) -> None:
    world(tmp_path)
    flake = TOPS[name].replace("PLACE", str(tmp_path))
    ours = write(tmp_path / "ours", {"flake.nix": flake, "sub/flake.nix": LEAF})
    theirs = write(tmp_path / "theirs", {"flake.nix": flake, "sub/flake.nix": LEAF})
    nix(tmp_path, "flake", "lock", f"path:{theirs}")
    bench().flakes.call(of_user(f"path:{ours}", "/"), LockFlags())
    wanted = theirs / "flake.lock"
    assert (ours / "flake.lock").exists() == wanted.exists()
    if wanted.exists():
        assert (ours / "flake.lock").read_bytes() == wanted.read_bytes()
        before = wanted.read_bytes()
        # Each finds nothing to change in the other's.
        shutil.copy(ours / "flake.lock", wanted)
        nix(tmp_path, "flake", "lock", f"path:{theirs}", "--no-update-lock-file")
        again = bench()
        again.flakes.call(of_user(f"path:{ours}", "/"), LockFlags(may_update=False))
        assert again.warnings == []
        assert wanted.read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("nested", "followed"),
        ("followed", "nested"),
        ("nested", "overridden"),
        ("path", "branch"),
        ("twice the name", "nested"),
        ("followed to nothing", "through another"),
    ],
)
def test_a_lock_file_changes_as_nix_changes_it(old: str, new: str, tmp_path: Path, bench: Callable[[], Bench]) -> None:
    world(tmp_path)
    for who in ("ours", "theirs"):
        write(tmp_path / who, {"flake.nix": TOPS[old].replace("PLACE", str(tmp_path))})
    nix(tmp_path, "flake", "lock", f"path:{tmp_path / 'theirs'}")
    bench().flakes.call(of_user(f"path:{tmp_path / 'ours'}", "/"), LockFlags())
    for who in ("ours", "theirs"):
        write(tmp_path / who, {"flake.nix": TOPS[new].replace("PLACE", str(tmp_path))})
    write(tmp_path / "leaf", {"data/more": "more\n"})
    nix(tmp_path, "flake", "lock", f"path:{tmp_path / 'theirs'}")
    bench().flakes.call(of_user(f"path:{tmp_path / 'ours'}", "/"), LockFlags())
    assert (tmp_path / "ours/flake.lock").read_text() == (tmp_path / "theirs/flake.lock").read_text()


def test_an_input_is_updated_as_nix_updates_it(tmp_path: Path, bench: Callable[[], Bench]) -> None:
    world(tmp_path)
    for who in ("ours", "theirs"):
        write(tmp_path / who, {"flake.nix": TOPS["nested"].replace("PLACE", str(tmp_path))})
        if who == "theirs":
            nix(tmp_path, "flake", "lock", f"path:{tmp_path / who}")
    bench().flakes.call(of_user(f"path:{tmp_path / 'ours'}", "/"), LockFlags())
    write(tmp_path / "leaf", {"data/more": "more\n"})
    git(tmp_path / "leaf-git", "commit", "-q", "--allow-empty", "-m", "second")
    nix(tmp_path, "flake", "update", "m/inner", "--flake", f"path:{tmp_path / 'theirs'}")
    bench().flakes.call(of_user(f"path:{tmp_path / 'ours'}", "/"), LockFlags(updates=frozenset([("m", "inner")])))
    assert (tmp_path / "ours/flake.lock").read_text() == (tmp_path / "theirs/flake.lock").read_text()


def test_nix_accepts_a_lock_file_without_what_we_replace(tmp_path: Path, bench: Callable[[], Bench]) -> None:
    """It says that these inputs are missing, not that the file is wrong: given the input, it goes on."""
    world(tmp_path)
    uses = '{ inputs.nixpkgs.url = "github:NixOS/nixpkgs"; outputs = { self, nixpkgs }: { }; }'
    repository(tmp_path / "uses", {"flake.nix": uses})
    flake = f"""{{
      inputs.nixpkgs.url = "github:NixOS/nixpkgs";
      inputs.uses.url = "git+file://{tmp_path}/uses";
      inputs.uses.inputs.nixpkgs.follows = "nixpkgs";
      inputs.own.url = "git+file://{tmp_path}/uses";
      outputs = inputs: {{ x = 1; }};
    }}"""
    top = write(tmp_path / "top", {"flake.nix": flake})
    bench().flakes.call(of_user(f"path:{top}", "/"), LockFlags())
    lock = json.loads((top / "flake.lock").read_text())
    assert sorted(lock["nodes"]) == ["own", "root", "uses"]
    given = (
        "--override-input",
        "nixpkgs",
        f"path:{tmp_path}/leaf",
        "--override-input",
        "own/nixpkgs",
        f"path:{tmp_path}/leaf",
    )
    nix(tmp_path, "flake", "lock", f"path:{top}", *given)
    after = json.loads((top / "flake.lock").read_text())
    assert {name: after["nodes"][name]["locked"] for name in ("own", "uses")} == {
        name: lock["nodes"][name]["locked"] for name in ("own", "uses")
    }
    # What is there now stays: it is only known better.
    again = bench()
    again.flakes.call(of_user(f"path:{top}", "/"), LockFlags(may_update=False))
    assert json.loads((top / "flake.lock").read_text()) == after


def test_what_the_language_sees_is_what_nix_shows(tmp_path: Path, bench: Callable[[], Bench]) -> None:
    world(tmp_path)
    flake = f"""{{
      inputs.m.url = "git+file://{tmp_path}/middle";
      inputs.raw = {{ url = "path:{tmp_path}/leaf"; flake = false; }};
      outputs = inputs: {{
        shown = builtins.mapAttrs (_: i: builtins.removeAttrs i.sourceInfo [ "outPath" ]) inputs.m.inputs
          // {{ m = builtins.removeAttrs inputs.m.sourceInfo [ "outPath" ]; y = inputs.m.y;
               raw = builtins.attrNames inputs.raw; names = builtins.attrNames inputs.m; self = inputs.self.narHash;
               dirs = builtins.readDir inputs.self; sub = baseNameOf inputs.m.inputs.inner.outPath; }};
      }};
    }}"""
    top = repository(tmp_path / "top", {"flake.nix": flake})
    nix(tmp_path, "flake", "lock", f"git+file://{top}")
    git(top, "add", "flake.lock")
    wanted = json.loads(nix(tmp_path, "eval", "--json", f"git+file://{top}#shown"))
    from home_manager.nix.evaluation import deep_force, force, to_python

    value = bench().flakes.call(of_user(str(top), "/"), LockFlags(may_update=False))
    assert to_python(deep_force(force(value["shown"]))) == wanted


def test_trees_have_the_hash_that_nix_gives_them(tmp_path: Path) -> None:
    tree = write(tmp_path / "tree", {"a": "1", "dir/b": "2" * 100_000, "dir/ü": "3", "empty/.keep": "", "Z": ""})
    (tree / "dir" / "b").chmod(0o755)
    (tree / "link").symlink_to("../outside")
    assert NarHash(str(tree)).sri() == nix(tmp_path, "hash", "path", str(tree)).strip()


@pytest.mark.parametrize(
    "expression",
    [
        'builtins.fetchGit "PLACE/leaf-git"',
        'builtins.fetchGit { url = "PLACE/leaf-git"; ref = "other"; }',
        'builtins.fetchGit { url = "file://PLACE/leaf-git"; rev = "REV"; }',
        'builtins.fetchGit { url = "PLACE/dirty"; }',
        'builtins.fetchTree { type = "git"; url = "file://PLACE/leaf-git"; }',
        'builtins.fetchTree { type = "git"; url = "file://PLACE/dirty"; }',
        'builtins.fetchTree { type = "path"; path = "PLACE/leaf"; }',
        'builtins.fetchTree "git+file://PLACE/leaf-git?ref=other"',
        'builtins.getFlake "git+file://PLACE/middle?rev=MIDDLE"',
    ],
)
def test_what_fetchers_give_is_what_they_give_in_nix(expression: str, tmp_path: Path) -> None:
    from home_manager.configuration.evaluate import new_context
    from home_manager.configuration.request import Request
    from home_manager.nix.evaluation import deep_force, force, to_python
    from home_manager.store import Recipes

    world(tmp_path)
    git(tmp_path / "middle", "commit", "-q", "--allow-empty", "-m", "more")
    repository(tmp_path / "dirty", {"file": "one"})
    write(tmp_path / "dirty", {"file": "changed", "untracked": ""})
    for name, directory in (("REV", "leaf-git"), ("MIDDLE", "middle")):
        expression = expression.replace(name, git(tmp_path / directory, "rev-parse", "HEAD").strip())
    left_out = "[ ''outPath'' ''inputs'' ''outputs'' ''sourceInfo'' ]".replace("''", '"')
    text = f"builtins.removeAttrs ({expression.replace('PLACE', str(tmp_path))}) {left_out}"
    wanted = json.loads(nix(tmp_path, "eval", "--impure", "--json", "--expr", text))
    context = new_context(Request(config=""), Recipes("/store"), report=lambda said: None)
    value = deep_force(force(context.evaluator.eval_text(text, str(tmp_path))))
    assert to_python(value) == wanted
