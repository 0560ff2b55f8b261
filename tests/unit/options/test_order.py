"""The order of definitions beside real Nix: module trees at random, through nested imports, keys and disabled modules."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from home_manager.diagnostics import Failure
from home_manager.frontends.nix.lib import build_lib
from home_manager.nix.evaluation import Evaluator, call, with_deep_stack
from home_manager.nix.io import SystemIO
from home_manager.values import Attrs
from unit.options.module_trees import tree

KNOWN = Path(__file__).parent / "module_trees.json"
NIX = os.environ.get("NIX_BIN", "")
LIB = os.environ.get("NIXPKGS_LIB", "")
SEEDS = range(1000, 1300)


def _lay_out(seed: int, folder: Path) -> Path:
    for name, text in tree(seed).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "root.nix"


def _ours(root: Path) -> object:
    evaluator = Evaluator(SystemIO(), store_dir="/nix/store")

    def compute() -> object:
        value = call(evaluator.eval_file(str(root)), Attrs({"lib": build_lib(evaluator)}))
        return json.loads(str(value))

    try:
        return with_deep_stack(compute)
    except Failure:
        return None


def _nix(root: Path) -> object:
    """What real Nix makes of a tree; None where it refuses it."""
    expression = f"import {root} {{ lib = import {LIB}/lib; }}"
    command = [f"{NIX}/nix-instantiate", "--store", "dummy://", "--eval", "--raw", "-E", expression]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    return json.loads(done.stdout) if done.returncode == 0 else None


@pytest.mark.parametrize("seed", json.loads(KNOWN.read_text("utf-8")) if KNOWN.exists() else [])
def test_definitions_come_in_the_order_that_nix_was_seen_to_give(seed: str, tmp_path: Path) -> None:
    assert _ours(_lay_out(int(seed), tmp_path)) == json.loads(KNOWN.read_text("utf-8"))[seed]


@pytest.mark.slow
@pytest.mark.skipif(
    not (NIX and LIB), reason="NIX_BIN and NIXPKGS_LIB do not name a real Nix and the library of nixpkgs"
)
def test_definitions_come_in_the_order_of_real_nix(tmp_path: Path) -> None:
    differing = []
    for seed in SEEDS:
        folder = tmp_path / str(seed)
        folder.mkdir()
        root = _lay_out(seed, folder)
        if _ours(root) != _nix(root):
            differing.append(seed)
    assert differing == []
