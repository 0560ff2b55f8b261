"""The machine: what `SystemIO` says of files, the names of archives, and room for recursion."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

import pytest

from home_manager.diagnostics import Failure
from home_manager.nix.deep_stack import with_deep_stack
from home_manager.nix.io import SystemIO
from home_manager.nix.nar_paths import NamedObjects


def test_files(tmp_path: Path) -> None:
    io = SystemIO()
    (tmp_path / "f").write_bytes(b"x\xff")
    (tmp_path / "d").mkdir()
    (tmp_path / "l").symlink_to("nowhere")
    os.mkfifo(tmp_path / "p")
    assert io.read_file(str(tmp_path / "f")) == b"x\xff"
    kinds = {"f": "regular", "d": "directory", "l": "symlink", "p": "unknown"}
    assert io.read_dir(str(tmp_path)) == kinds
    assert {name: io.file_type(str(tmp_path / name)) for name in kinds} == kinds
    assert io.file_type(str(tmp_path / "f" / "x")) is None
    assert io.exists(str(tmp_path / "l"))
    assert not io.exists(str(tmp_path / "nothing"))


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (lambda io, at: io.read_file(f"{at}/nothing"), "path '{at}/nothing' does not exist"),
        (lambda io, at: io.read_dir(f"{at}/f"), "'{at}/f' is not a directory"),
        (lambda io, at: io.read_file(at), "cannot read '{at}': Is a directory"),
        (lambda io, at: io.copy_to_store(at, "x"), "cannot copy '{at}' to the store: this evaluation has none"),
        (lambda io, at: io.fetch("tarball", {}), "cannot fetch a tarball: nothing is fetched in this evaluation"),
    ],
)
def test_refusals(action: object, message: str, tmp_path: Path) -> None:
    at = os.path.realpath(tmp_path)
    (tmp_path / "f").write_text("")
    with pytest.raises(Failure) as caught:
        action(SystemIO(), at)  # type: ignore[operator]
    assert str(caught.value) == message.format(at=at)
    assert caught.value.diagnostic.code == "nix-io"


def test_names_of_copies_are_those_of_nix(tmp_path: Path) -> None:
    """The names were given by `nix-instantiate --eval -E '"${./tree}"'`."""
    tree = tmp_path / "tree"
    (tree / "sub").mkdir(parents=True)
    (tree / "a").write_text("hello\n")
    (tree / "sub" / "run").write_text("#!/bin/sh\n")
    (tree / "sub" / "run").chmod(0o755)
    (tree / "link").symlink_to("a")
    objects = NamedObjects("/nix/store")
    io = SystemIO(objects=objects)
    assert io.copy_to_store(str(tree), "tree") == "/nix/store/yf7yry5f5lxdgjwrkcaammg1vl3wvaqk-tree"
    assert io.copy_to_store(str(tree / "a"), "a") == "/nix/store/wsapfasykqjyaw5h4glxcsgprzxp7bjd-a"
    only = io.copy_to_store(str(tree), "tree", lambda path, kind: not path.endswith("/sub"))
    assert only != io.copy_to_store(str(tree), "tree")
    assert io.add_text("t", "hello", []) == "/nix/store/vqpn17r03lqabwk0wksgpbgy620zwfd4-t"


def test_recursion_goes_deep_and_leaves_no_trace() -> None:
    limit, collecting = sys.getrecursionlimit(), gc.isenabled()

    def down(n: int) -> int:
        return 0 if n == 0 else 1 + down(n - 1)

    assert with_deep_stack(lambda: down(100_000)) == 100_000
    assert with_deep_stack(lambda: with_deep_stack(lambda: down(5000))) == 5000
    with pytest.raises(Failure, match="stack overflow"):
        with_deep_stack(lambda: down(10_000_000))
    with pytest.raises(ZeroDivisionError):
        with_deep_stack(lambda: 1 // 0)
    assert (sys.getrecursionlimit(), gc.isenabled()) == (limit, collecting)
