"""References as people write them, names of flakes, and which of them we replace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from home_manager.diagnostics import Failure
from home_manager.flakes import lockfile
from home_manager.flakes.flake_registry import resolve
from home_manager.flakes.lockfile import Node
from home_manager.flakes.references import is_locked, of_input, of_user, split_fragment, text_of
from home_manager.flakes.replaced import replacement
from home_manager.nix.builtins.flakerefs import parse_flake_ref
from unit.flakes.conftest import repository, write

REV = "0123456789abcdef0123456789abcdef01234567"


def test_paths_of_the_command_line(tmp_path: Path) -> None:
    plain = write(tmp_path / "plain", {"flake.nix": "", "deep/er/file": ""})
    tracked = repository(tmp_path / "tracked", {"flake.nix": "", "sub/flake.nix": "", "sub/deep/file": ""})
    assert of_user(".", str(plain)) == {"type": "path", "path": str(plain)}
    assert of_user("", str(plain)) == {"type": "path", "path": str(plain)}
    assert of_user("./plain/flake.nix", str(tmp_path)) == {"type": "path", "path": str(plain)}
    assert of_user("./deep/er", str(plain)) == {"type": "path", "path": str(plain)}
    assert of_user("path:../plain", str(plain)) == {"type": "path", "path": str(plain)}
    assert of_user(str(tracked), "/") == {"type": "git", "url": f"file://{tracked}"}
    assert of_user("./sub/deep", str(tracked)) == {"type": "git", "url": f"file://{tracked}", "dir": "sub"}
    assert of_user("nixpkgs", "/") == {"type": "indirect", "id": "nixpkgs"}
    for missing in ("./nothing", str(tmp_path)):
        with pytest.raises(Failure) as failed:
            of_user(missing, str(tmp_path))
        assert failed.value.diagnostic.code == "flake-missing"


def test_fragments() -> None:
    assert split_fragment(".#alice%40host") == (".", "alice@host")
    assert split_fragment("github:o/r") == ("github:o/r", None)
    assert split_fragment("#alice") == ("", "alice")


@pytest.mark.parametrize(
    ("text", "is_flake", "kind"),
    [
        ("https://x/theme.yaml", False, "file"),
        ("https://x/theme.yaml", True, "tarball"),
        ("https://x/theme.tar.gz", False, "tarball"),
        ("tarball+https://x/theme", False, "tarball"),
        ("file+https://x/theme.tar.gz", False, "file"),
        ("./sub", True, "path"),
        ("/abs", True, "path"),
        ("nixpkgs/nixos-unstable", True, "indirect"),
    ],
)
def test_references_of_inputs(text: str, is_flake: bool, kind: str) -> None:
    assert of_input(text, is_flake=is_flake)["type"] == kind


@pytest.mark.parametrize(
    ("text", "locked"),
    [
        ("github:o/r", False),
        (f"github:o/r/{REV}", False),
        (f"github:o/r/{REV}?narHash=sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", True),
        (f"git+https://x/y?rev={REV}", True),
        ("git+https://x/y?ref=main", False),
        ("path:/x", False),
        ("path:/x?narHash=sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", True),
        ("nixpkgs", False),
    ],
)
def test_what_is_locked(text: str, locked: bool) -> None:
    assert is_locked(parse_flake_ref(text)) == locked


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("nixpkgs", "nixpkgs"),
        ("nixpkgs/nixos-25.11", "nixpkgs"),
        ("home-manager", "home-manager"),
        ("github:NixOS/nixpkgs", "nixpkgs"),
        ("github:nixos/nixpkgs/nixos-unstable", "nixpkgs"),
        ("github:somebody/nixpkgs/fork", "nixpkgs"),
        ("github:nix-community/nixpkgs.lib", "nixpkgs"),
        ("git+https://github.com/NixOS/nixpkgs?ref=master", "nixpkgs"),
        ("git+ssh://git@github.com/NixOS/nixpkgs.git", "nixpkgs"),
        ("https://channels.nixos.org/nixos-unstable/nixexprs.tar.xz", "nixpkgs"),
        ("https://flakehub.com/f/NixOS/nixpkgs/0.1.tar.gz", "nixpkgs"),
        ("github:nix-community/home-manager/release-25.11", "home-manager"),
        ("git+https://github.com/nix-community/home-manager", "home-manager"),
        ("https://flakehub.com/f/nix-community/home-manager/0.1", "home-manager"),
        ("github:nix-community/nixpkgs-wayland", ""),
        ("github:NixOS/nixos-hardware", ""),
        ("github:numtide/flake-utils", ""),
        ("https://example.org/nixpkgs.tar.gz", ""),
        ("path:/nowhere/nixpkgs", ""),
    ],
)
def test_what_is_replaced(text: str, what: str) -> None:
    assert replacement(parse_flake_ref(text)) == what


def test_a_working_copy_is_replaced_by_what_is_in_it(tmp_path: Path) -> None:
    write(tmp_path / "copy", {"pkgs/top-level/all-packages.nix": ""})
    assert replacement({"type": "path", "path": str(tmp_path / "copy")}) == "nixpkgs"
    assert replacement({"type": "git", "url": f"file://{tmp_path}/copy"}) == "nixpkgs"


def test_names_of_flakes(tmp_path: Path) -> None:
    assert text_of(resolve(parse_flake_ref("flake-utils"))) == "github:numtide/flake-utils"
    assert text_of(resolve(parse_flake_ref(f"flake-utils/{REV}"))) == f"github:numtide/flake-utils/{REV}"
    with pytest.raises(Failure) as failed:
        resolve(parse_flake_ref("flake-utlis"))
    assert "did you mean `flake-utils`?" in failed.value.diagnostic.hints
    registry = Path.home() / ".config/nix/registry.json"
    registry.parent.mkdir(parents=True)
    entry = {"from": {"type": "indirect", "id": "mine"}, "to": {"type": "path", "path": "/mine"}}
    registry.write_text(json.dumps({"version": 2, "flakes": [entry]}))
    assert resolve(parse_flake_ref("mine")) == {"type": "path", "path": "/mine"}
    with pytest.raises(Failure):
        resolve(parse_flake_ref("mine"), lists=False)


# The lock file


def test_a_lock_file_survives_reading_and_writing() -> None:
    entry = {
        "original": {"id": "ü", "type": "indirect"},
        "locked": {"narHash": "sha256-x", "path": "/x", "type": "path"},
    }
    data = {
        "nodes": {
            "a": {**entry, "inputs": {"b": ["a_2"]}},
            "a_2": {**entry, "flake": False},
            "root": {"inputs": {"a": "a", "c": "a_2"}},
        },
        "root": "root",
        "version": 7,
    }
    text = json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    assert lockfile.render(lockfile.parse(text, "x")) == text.replace('a_2": {', 'c": {').replace(
        '"c": "a_2"', '"c": "c"'
    )


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"version": 4}', '{"version": 8}', '{"version": 7, "root": "r", "nodes": {}}',
     '{"version": 7, "root": "r", "nodes": {"r": {"inputs": {"a": "b"}}}}',
     '{"version": 7, "root": "r", "nodes": {"r": {"inputs": {"a": "r"}}}}',
     '{"version": 7, "root": "r", "nodes": {"r": {"inputs": {"a": "a"}}, "a": {}}}',
     '{"version": 7, "root": "r", "nodes": {"r": {"inputs": {"a": "a"}}, "a": {"original": 1, "locked": 2}}}',
     '{"version": 7, "root": "r", "nodes": {"r": {"inputs": {"a": "a"}}, "a": {"original": {"type": "github"}, '
     '"locked": {"type": "github", "owner": "o", "repo": "r"}}}}'],
)  # fmt: skip
def test_a_lock_file_that_is_none(text: str) -> None:
    with pytest.raises(Failure) as failed:
        lockfile.parse(text, "flake.lock")
    assert failed.value.diagnostic.code == "flake-lock"


def test_inputs_that_follow_each_other() -> None:
    root = Node(inputs={"a": ("b",), "b": ("a",)})
    with pytest.raises(Failure) as failed:
        lockfile.find(root, ("a",))
    assert failed.value.diagnostic.code == "flake-follows"
