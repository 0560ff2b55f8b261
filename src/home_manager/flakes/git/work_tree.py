"""Work trees as git sees them, and the lock files that are added to them."""

from __future__ import annotations

import os
from dataclasses import dataclass

from home_manager.diagnostics import failure
from home_manager.flakes.git.program import run
from home_manager.flakes.git.repository import Repository, opened

GITLINK = "160000"
"""The mode of a submodule in the index."""


@dataclass(frozen=True, slots=True)
class WorkTree:
    """A work tree as git sees it: what it tracks, and which revision that is, or that it differs from one.

    `files` are the tracked paths that are there, `directories` those above them; `head` is empty before the first
    commit, `ref` where HEAD is no branch. `time` is the commit's, `count` how many led to it.
    """

    root: str
    head: str
    ref: str
    dirty: bool
    files: frozenset[str]
    directories: frozenset[str]
    time: int = 0
    count: int = 0

    def tracks(self, path: str) -> bool:
        return path in self.files or path in self.directories


def look(root: str, *, submodules: bool = False, count: bool = False) -> WorkTree:
    """A work tree as it is now; with `count`, the commits behind it are counted."""
    if not os.path.isdir(root):
        raise failure("flake-missing", f"there is no git repository at `{root}`")
    files: set[str] = set()
    directories: set[str] = set()
    with opened(root) as repository:
        dirty = _add(repository, "", files, directories, submodules=submodules)
        head = repository.head
        for path in (*files, *directories):
            above = os.path.dirname(path)
            while above and above not in directories:
                directories.add(above)
                above = os.path.dirname(above)
        return WorkTree(
            root,
            head,
            repository.ref,
            not head or dirty,
            frozenset(files),
            frozenset(directories),
            repository.time(head) if head else 0,
            repository.count(head) if head and count and not dirty else 0,
        )


def _add(repository: Repository, prefix: str, files: set[str], directories: set[str], *, submodules: bool) -> bool:
    """Adds what a work tree tracks, below a prefix; whether it differs from its commit."""
    root = repository.place
    inner: list[tuple[str, str]] = []
    for entry in repository.run("ls-files", "-z", "--stage", files=True).split("\0"):
        if not entry:
            continue
        facts, _, path = entry.partition("\t")
        mode, wanted = facts.split(" ")[:2]
        if mode == GITLINK:
            directories.add(prefix + path)
            inner.append((path, wanted))
        elif os.path.lexists(f"{root}/{path}"):
            files.add(prefix + path)
    status = ("status", "--porcelain", "--untracked-files=no", "--ignore-submodules=all")
    dirty = bool(repository.run(*status, files=True).strip())
    if not submodules:
        return dirty
    for path, wanted in inner:
        # One that is not there yet is an empty directory; git itself does not take it for a change.
        if os.path.lexists(f"{root}/{path}/.git") and not os.path.islink(f"{root}/{path}"):
            with opened(f"{root}/{path}") as below:
                differs = _add(below, f"{prefix}{path}/", files, directories, submodules=True)
                dirty = dirty or differs or below.head != wanted
    return dirty


def state(root: str, below: str, seconds: float) -> tuple[str, bool]:
    """The commit that a work tree is at, and whether tracked files below a folder of it differ from that."""
    with opened(root, seconds=seconds) as repository:
        status = ("status", "--porcelain", "--untracked-files=no", "--ignore-submodules=all", "--", below or ".")
        return repository.head, bool(repository.run(*status, files=True).strip())


def track(root: str, path: str) -> None:
    """Makes git know of a file without adding its content."""
    with opened(root) as repository:
        repository.run("add", "--intent-to-add", "--force", "--", path, files=True)


def commit(root: str, path: str, message: str) -> None:
    """Commits one file as it is, and nothing else that may be in the index."""
    with opened(root) as repository:
        into = {"GIT_OBJECT_DIRECTORY": repository.objects}
        with open(f"{root}/{path}", encoding="utf-8", errors="surrogateescape") as file:
            blob = repository.run("hash-object", "-w", "--stdin", "--no-filters", text=file.read(), more=into).strip()
        entry = f"100644,{blob},{path}"
        scratch = {**into, "GIT_INDEX_FILE": f"{repository.git}/index"}
        parent: tuple[str, ...] = ()
        if repository.head:
            parent = ("-p", repository.head)
            repository.run("read-tree", repository.head, more=scratch)
        repository.run("update-index", "--add", "--cacheinfo", entry, more=scratch)
        tree = repository.run("write-tree", "--missing-ok", more=scratch).strip()
        made = repository.run("commit-tree", tree, *parent, text=f"{message.strip()}\n", more=into).strip()
        run(root, "update-ref", "-m", f"commit: {message.partition(chr(10))[0]}", "HEAD", made, repository.head)
        repository.run("update-index", "--add", "--cacheinfo", entry, files=True, more=into)
        repository.run("update-index", "-q", "--refresh", "--", path, files=True, check=False, more=into)
