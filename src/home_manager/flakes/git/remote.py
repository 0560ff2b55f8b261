"""Revisions of repositories elsewhere: what a branch is at, and the objects, brought into a repository of our own."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

from home_manager.diagnostics import Failure, failure
from home_manager.flakes.git.program import check_address, check_ref, check_revision, run
from home_manager.flakes.git.repository import is_bare, opened
from home_manager.nix.builtins.url import percent_decode


def local_path(url: str) -> str | None:
    """The directory that an address names, if it is one of this machine."""
    if url.startswith("/"):
        return os.path.normpath(url)
    if not url.startswith("file:"):
        return None
    return os.path.normpath(percent_decode(re.sub(r"[?#].*", "", url.removeprefix("file://").removeprefix("file:"))))


def locate(
    url: str,
    ref: str,
    rev: str,
    kept: Callable[[str], str],
    *,
    shallow: bool = False,
    all_refs: bool = False,
) -> tuple[str, str, str]:
    """Where the objects of a revision are, the revision, and the branch or tag that it was found by.

    A repository on this machine is used where it is; another's revision is brought into what `kept` names for it.
    """
    check_address(url)
    if ref:
        check_ref(ref)
    if rev:
        check_revision(rev)
    local = local_path(url)
    if local is not None:
        return _local(url, local, ref, rev)
    if not ref and not rev:
        ref = main_branch(url)
    repository = kept(url)
    wanted = full_ref(url, ref) if ref and not rev else ref
    return repository, ensure(repository, url, rev, wanted, shallow=shallow, all_refs=all_refs), ref


def _local(url: str, local: str, ref: str, rev: str) -> tuple[str, str, str]:
    if not os.path.isdir(local):
        raise failure("flake-missing", f"there is no git repository at `{local}`")
    if not os.path.lexists(f"{local}/.git") and not is_bare(local):
        raise failure("git-failed", f"`{local}` is not a git repository")
    with opened(local) as repository:
        if not rev:
            return local, repository.revision(ref or "HEAD"), ref or repository.ref
        if not repository.has(rev):
            raise _no_commit(url, rev, ref)
        return local, rev, ref or repository.ref


def _no_commit(url: str, rev: str, ref: str) -> Failure:
    return failure(
        "git-failed",
        f"the repository `{url}` has no commit `{rev}`",
        hints=("name the branch that it is on: `ref=BRANCH`",) if ref else (),
    )


def main_branch(url: str) -> str:
    """The branch that a repository is at for whoever does not say which (`refs/heads/…`)."""
    said = run(None, "ls-remote", "--symref", "--", url, "HEAD", foreign=False)
    found = re.search(r"^ref: (\S+)\s+HEAD$", said, re.MULTILINE)
    return found[1] if found else "HEAD"


def full_ref(url: str, ref: str) -> str:
    """A branch or tag as the repository calls it."""
    if ref.startswith("refs/") or ref == "HEAD":
        return ref
    said = run(None, "ls-remote", "--", url, ref, check=False, foreign=False)
    names = [line.partition("\t")[2] for line in said.splitlines()]
    for name in (f"refs/heads/{ref}", f"refs/tags/{ref}"):
        if name in names:
            return name
    return f"refs/heads/{ref}"


def ensure(repository: str, url: str, rev: str, ref: str, *, shallow: bool = False, all_refs: bool = False) -> str:
    """Brings a revision (without one, what `ref` is at now) into the kept repository; gives the revision."""
    if not os.path.isdir(f"{repository}/objects"):
        os.makedirs(repository, exist_ok=True)
        run(None, "init", "-q", "--bare", "--template=", "--", repository)

    def has(name: str) -> bool:
        return run(repository, "cat-file", "-t", name, check=False).strip() == "commit"

    def fetch(*words: str, depth: tuple[str, ...] = ()) -> None:
        run(repository, "fetch", "-q", "--force", "--no-tags", *depth, "--", url, *words, foreign=False)

    if rev and has(rev):
        return rev
    depth = ("--depth=1",) if shallow else ()
    if rev and shallow:
        # Most servers give any commit by its name; the others give all of a branch.
        try:
            fetch(rev, depth=depth)
            return rev
        except Failure:
            depth = ()
    if not rev:
        fetch(f"{ref}:refs/fetched/wanted", depth=depth)
        return run(repository, "rev-parse", "refs/fetched/wanted^{commit}").strip()
    fetch("refs/*:refs/fetched/*" if all_refs or not ref else f"{ref}:refs/fetched/wanted")
    if not has(rev) and not all_refs and ref:
        fetch("refs/*:refs/fetched/*")
    if not has(rev):
        raise _no_commit(url, rev, ref)
    return rev
