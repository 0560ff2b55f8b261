"""Git repositories, through the program `git`: work trees as they are, and revisions of repositories anywhere."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from home_manager.diagnostics import Failure, failure

GITLINK = "160000"
"""The mode of a submodule in the index."""


@dataclass(frozen=True, slots=True)
class WorkTree:
    """A work tree as git sees it: what it tracks, and which revision that is, or that it differs from one.

    `files` are the tracked paths that are there, `directories` those above them; `head` is empty before the first
    commit, `ref` where HEAD is no branch.
    """

    root: str
    head: str
    ref: str
    dirty: bool
    files: frozenset[str]
    directories: frozenset[str]

    def tracks(self, path: str) -> bool:
        return path in self.files or path in self.directories


def run(directory: str | None, *words: str, check: bool = True, environment: Mapping[str, str] | None = None) -> str:
    """What a git command prints. Hooks and monitors of the repository are not started."""
    import subprocess

    command = ["git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"]
    command += ["-C", directory] if directory is not None else []
    variables = {
        name: value for name, value in os.environ.items() if not name.startswith(("GIT_DIR", "GIT_WORK", "GIT_INDEX"))
    }
    try:
        done = subprocess.run(
            [*command, *words],
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            env={**variables, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", **(environment or {})},
        )
    except FileNotFoundError:
        raise failure(
            "git-missing",
            "the program `git` is needed here and is not installed",
            hints=("install git, or name the flake with `path:` so that all files count",),
        ) from None
    if check and done.returncode:
        raise failed(words[0], done.stderr.decode("utf-8", "replace"))
    return os.fsdecode(done.stdout)


def failed(what: str, said: str) -> Failure:
    """A git command that did not do what it should."""
    lines = tuple(line for line in said.strip().splitlines() if line)[-4:]
    hints = ("look at the address, the branch, and whether you may read the repository",) if what == "fetch" else ()
    return failure("git-failed", f"`git {what}` failed", notes=lines, hints=hints)


def is_bare(path: str) -> bool:
    """Whether a directory is a repository without a work tree."""
    return not os.path.lexists(f"{path}/.git") and os.path.isfile(f"{path}/HEAD") and os.path.isdir(f"{path}/objects")


def look(root: str, *, submodules: bool = False) -> WorkTree:
    """A work tree as it is now."""
    if not os.path.isdir(root):
        raise failure("flake-missing", f"there is no git repository at `{root}`")
    ref, head = run(root, "symbolic-ref", "-q", "HEAD", check=False).strip(), _head(root)
    listed = run(root, "ls-files", "-z", "--stage", *(("--recurse-submodules",) if submodules else ()))
    files: set[str] = set()
    directories: set[str] = set()
    for entry in listed.split("\0"):
        if not entry:
            continue
        mode, path = entry.partition(" ")[0], entry.partition("\t")[2]
        if mode == GITLINK:
            directories.add(path)
        elif os.path.lexists(f"{root}/{path}"):
            files.add(path)
    for path in (*files, *directories):
        above = os.path.dirname(path)
        while above and above not in directories:
            directories.add(above)
            above = os.path.dirname(above)
    ignoring = "none" if submodules else "all"
    status = run(root, "status", "--porcelain", "--untracked-files=no", f"--ignore-submodules={ignoring}")
    return WorkTree(root, head, ref, not head or bool(status.strip()), frozenset(files), frozenset(directories))


def _head(root: str) -> str:
    found = run(root, "rev-parse", "--verify", "-q", "HEAD^{commit}", check=False).strip()
    return found if re.fullmatch(r"[0-9a-f]{40,64}", found) else ""


def commit_time(repository: str, rev: str) -> int:
    return int(run(repository, "log", "-1", "--format=%ct", "--no-show-signature", rev).strip() or 0)


def commit_count(repository: str, rev: str) -> int:
    return int(run(repository, "rev-list", "--count", rev).strip() or 0)


def is_shallow(repository: str) -> bool:
    return run(repository, "rev-parse", "--is-shallow-repository").strip() == "true"


def main_branch(url: str) -> str:
    """The branch that a repository is at for whoever does not say which (`refs/heads/…`)."""
    said = run(None, "ls-remote", "--symref", url, "HEAD")
    found = re.search(r"^ref: (\S+)\s+HEAD$", said, re.MULTILINE)
    return found[1] if found else "HEAD"


def full_ref(url: str, ref: str) -> str:
    """A branch or tag as the repository calls it."""
    if ref.startswith("refs/") or ref == "HEAD":
        return ref
    names = [line.partition("\t")[2] for line in run(None, "ls-remote", url, ref, check=False).splitlines()]
    for name in (f"refs/heads/{ref}", f"refs/tags/{ref}"):
        if name in names:
            return name
    return f"refs/heads/{ref}"


def ensure(repository: str, url: str, rev: str, ref: str, *, shallow: bool = False, all_refs: bool = False) -> str:
    """Brings a revision (without one, what `ref` is at now) into the kept repository; gives the revision."""
    if not os.path.isdir(f"{repository}/objects"):
        os.makedirs(repository, exist_ok=True)
        run(None, "init", "-q", "--bare", repository)
    if rev and run(repository, "cat-file", "-t", rev, check=False).strip() == "commit":
        return rev
    depth = ("--depth=1",) if shallow else ()
    if rev and shallow:
        # Most servers give any commit by its name; the others give all of a branch.
        try:
            run(repository, "fetch", "-q", "--force", *depth, url, rev)
            return rev
        except Failure:
            depth = ()
    if not rev:
        run(repository, "fetch", "-q", "--force", *depth, url, f"{ref}:refs/fetched/wanted")
        return run(repository, "rev-parse", "refs/fetched/wanted^{commit}").strip()
    wanted = "refs/*:refs/fetched/*" if all_refs or not ref else f"{ref}:refs/fetched/wanted"
    run(repository, "fetch", "-q", "--force", url, wanted)
    if run(repository, "cat-file", "-t", rev, check=False).strip() != "commit" and not all_refs and ref:
        run(repository, "fetch", "-q", "--force", url, "refs/*:refs/fetched/*")
    if run(repository, "cat-file", "-t", rev, check=False).strip() != "commit":
        raise failure(
            "git-failed",
            f"the repository `{url}` has no commit `{rev}`",
            hints=("name the branch that it is on: `ref=BRANCH`",) if ref else (),
        )
    return rev


def export(repository: str, rev: str, directory: str, *, export_ignore: bool) -> None:
    """Makes the new `directory` of a revision, with the files as they are in the repository."""
    import tempfile

    from home_manager.flakes.archives import unpack

    # Attributes that would change the files, or leave some out, are switched off for this reading alone.
    off = "* -export-subst -text -eol -ident -filter" + ("" if export_ignore else " -export-ignore")
    with tempfile.TemporaryDirectory() as scratch:
        with open(f"{scratch}/attributes", "w", encoding="utf-8") as file:
            file.write(off + "\n")
        archive, git = f"{scratch}/archive.tar", f"{scratch}/git"
        # A repository that borrows the objects: the attributes in its own `info` go before those of the files.
        run(None, "init", "-q", "--bare", git)
        objects = run(repository, "rev-parse", "--path-format=absolute", "--git-path", "objects").strip()
        os.makedirs(f"{git}/info", exist_ok=True)
        os.replace(f"{scratch}/attributes", f"{git}/info/attributes")
        run(
            git,
            "archive",
            "--format=tar",
            f"--output={archive}",
            rev,
            environment={"GIT_ALTERNATE_OBJECT_DIRECTORIES": objects},
        )
        unpack(archive, directory, repository)


def export_with_submodules(repository: str, url: str, rev: str, directory: str) -> None:
    """Makes the new `directory` of a revision with what its submodules hold."""
    import shutil

    run(None, "clone", "-q", "--no-checkout", repository, directory)
    run(directory, "remote", "set-url", "origin", url)
    run(directory, "checkout", "-q", rev)
    local = ("-c", "protocol.file.allow=always") if url.startswith(("file:", "/")) else ()
    run(directory, *local, "submodule", "update", "-q", "--init", "--recursive")
    for above, names, files in os.walk(directory):
        if ".git" in names:
            shutil.rmtree(f"{above}/.git")
            names.remove(".git")
        if ".git" in files:
            os.unlink(f"{above}/.git")


def commit(root: str, path: str, message: str) -> None:
    """Commits one file."""
    run(root, "add", "--intent-to-add", "--force", "--", path)
    run(root, "commit", "-q", "-m", message, "--", path)


def track(root: str, path: str) -> None:
    """Makes git know of a file without adding its content."""
    run(root, "add", "--intent-to-add", "--force", "--", path)
