"""The tree of a generation's files: links, recursion, executable bits, overlaps."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from home_manager.diagnostics import Failure
from home_manager.store import FileSource, HomeFiles, Link, Recipes, Store, Text
from home_manager.store.home_files import Overlap


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "store"), durable=False)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A directory with a program, links to a file, a directory and out of it, and what lndir leaves out."""
    top = tmp_path / "source"
    (top / "sub" / "deep").mkdir(parents=True)
    (top / ".git").mkdir()
    (top / ".git" / "config").write_text("")
    (top / "plain").write_text("p")
    (top / "backup~").write_text("")
    (top / "sub" / "program").write_text("#!/bin/sh\n")
    (top / "sub" / "program").chmod(0o755)
    (top / "sub" / "deep" / "leaf").write_text("l")
    (top / "to-file").symlink_to("plain")
    (top / "to-absolute").symlink_to("/etc/hostname")
    (top / "to-directory").symlink_to("sub/deep")
    (top / "dangling").symlink_to("nowhere")
    return top


def build(store: Store, *entries: FileSource, overlap: Overlap = "ignore") -> Path:
    recipes = Recipes(store.root)
    path = recipes.add(HomeFiles(entries, overlap))
    store.realise(recipes, (path,))
    assert path.endswith("-home-manager-files")
    return Path(path)


def leaves(top: Path) -> dict[str, str]:
    found = {}
    for directory, names, files in os.walk(top):
        for name in [*names, *files]:
            path = os.path.join(directory, name)
            if os.path.islink(path):
                found[os.path.relpath(path, top)] = os.readlink(path)
            elif os.path.isfile(path):
                found[os.path.relpath(path, top)] = "copy"
    return found


def test_files_and_directories_are_links(store: Store, source: Path) -> None:
    made = build(store, FileSource(".a", f"{source}/plain"), FileSource("x/d", str(source)))
    assert leaves(made) == {".a": f"{source}/plain", "x/d": str(source)}


def test_a_recursive_directory_is_a_tree_of_links(store: Store, source: Path) -> None:
    made = build(store, FileSource("d", str(source), recursive=True))
    assert leaves(made) == {
        "d/plain": f"{source}/plain",
        "d/sub/program": f"{source}/sub/program",
        "d/sub/deep/leaf": f"{source}/sub/deep/leaf",
        "d/to-file": f"{source}/plain",
        "d/to-absolute": "/etc/hostname",
        "d/to-directory/leaf": f"{source}/to-directory/leaf",
        "d/dangling": f"{source}/nowhere",
    }


def test_links_can_be_left_as_they_are(store: Store, source: Path) -> None:
    found = leaves(build(store, FileSource("d", str(source), recursive=True, ignore_links=True)))
    assert found["d/to-directory"] == f"{source}/to-directory"
    assert found["d/to-file"] == f"{source}/to-file"


def test_a_file_is_copied_where_its_bit_differs(store: Store, source: Path) -> None:
    made = build(
        store,
        FileSource("on", f"{source}/plain", executable=True),
        FileSource("off", f"{source}/sub/program", executable=False),
        FileSource("same", f"{source}/sub/program", executable=True),
        FileSource("tree", str(source), recursive=True, executable=True),
    )
    found = leaves(made)
    assert (found["on"], found["off"], found["same"]) == ("copy", "copy", f"{source}/sub/program")
    assert os.access(made / "on", os.X_OK) and not (made / "off").stat().st_mode & 0o111
    assert (found["tree/plain"], found["tree/sub/program"]) == ("copy", f"{source}/sub/program")
    assert (made / "on").read_text() == "p"


@pytest.mark.parametrize(("overlap", "expected"), [("ignore", "plain"), ("override", "sub/program")])
def test_overlaps(store: Store, source: Path, overlap: Overlap, expected: str) -> None:
    entries = (FileSource("d", str(source), recursive=True), FileSource("d/plain", f"{source}/sub/program"))
    assert leaves(build(store, *entries, overlap=overlap))["d/plain"] == f"{source}/{expected}"


def test_overlaps_that_are_errors(store: Store, source: Path) -> None:
    tree = FileSource("d", str(source), recursive=True)
    whole = FileSource("d", str(source))
    for code, overlap, entries in (
        ("file-overlap", "error", (tree, FileSource("d/plain", f"{source}/plain"))),
        ("file-outside-home", "ignore", (whole, FileSource("d/new", f"{source}/plain"))),
        ("file-overlap", "ignore", (FileSource("f", f"{source}/plain"), FileSource("f/x", f"{source}/plain"))),
    ):
        with pytest.raises(Failure) as caught:
            build(store, *entries, overlap=overlap)  # type: ignore[arg-type]
        assert caught.value.diagnostic.code == code
    assert store.names() == []
    assert sorted(os.listdir(source / "sub")) == ["deep", "program"]


def test_files_may_be_added_to_a_recursive_directory(store: Store, source: Path) -> None:
    found = leaves(build(store, FileSource("d/sub/more", "/x"), FileSource("d", str(source), recursive=True)))
    assert found["d/sub/more"] == "/x" and "d/plain" in found


def test_a_circle_of_links_is_found(store: Store, tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "up").symlink_to(".")
    with pytest.raises(Failure) as caught:
        build(store, FileSource("d", str(tmp_path / "c"), recursive=True))
    assert caught.value.diagnostic.code == "link-cycle"


def test_sources_in_the_store_are_made_first(store: Store) -> None:
    recipes = Recipes(store.root)
    text = recipes.add(Text("t", "hello"))
    out = recipes.add(Link("out", "/somewhere/else"))
    path = recipes.add(HomeFiles((FileSource("a", text, executable=True), FileSource("b", out))))
    store.realise(recipes, (path,))
    assert Path(path, "a").read_text() == "hello"
    assert os.readlink(f"{path}/b") == out
    assert store.references(path) == {out}
