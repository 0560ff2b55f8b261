"""A repository of anybody's, looked at through a git directory of our own.

Its objects, index and history are used where they are; its configuration, hooks and attributes are not, but for
settings that say how files lie on the disk.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from home_manager.flakes.git.program import check_ref, failed, run

KEPT = frozenset(
    (
        "core.autocrlf", "core.eol", "core.filemode", "core.ignorecase", "core.precomposeunicode", "core.symlinks",
        "core.trustctime", "core.checkstat", "core.sparsecheckout", "core.sparsecheckoutcone", "index.sparse",
        "extensions.objectformat", "user.name", "user.email",
    )
)  # fmt: skip
"""Settings of a repository that are followed: how files lie on the disk, and who somebody is. None names a program."""

SAME_FILES = "* -filter -export-subst"
"""Attributes under which files are compared: programs that change them on their way are not asked, as in the original."""

AS_STORED = "* -export-subst -text -eol -ident -filter"
"""Attributes under which files come out as the repository has them."""

_EMPTY = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_ATTR_NOSYSTEM": "1"}


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository: `place` is where it was named, `git` our view of it, `head` empty before the first commit.

    `ref` is the branch that HEAD is at, if it is at one.
    """

    place: str
    git: str
    objects: str
    index: str
    head: str
    ref: str
    shallow: bool
    origin: str
    seconds: float | None = None

    def run(
        self,
        *words: str,
        check: bool = True,
        files: bool = False,
        text: str = "",
        more: Mapping[str, str] | None = None,
    ) -> str:
        """What a git command prints; with `files` it sees the work tree and its index."""
        environment = {"GIT_DIR": self.git, "GIT_ALTERNATE_OBJECT_DIRECTORIES": _quoted(self.objects)}
        if files:
            environment |= {"GIT_INDEX_FILE": self.index, "GIT_WORK_TREE": self.place}
        environment |= more or {}
        return run(
            self.place if files else None, *words, check=check, environment=environment, text=text, seconds=self.seconds
        )

    def has(self, rev: str) -> bool:
        return self.run("cat-file", "-t", rev, check=False).strip() == "commit"

    def time(self, rev: str) -> int:
        return int(self.run("log", "-1", "--format=%ct", "--no-show-signature", rev, "--").strip() or 0)

    def count(self, rev: str) -> int:
        return int(self.run("rev-list", "--count", rev, "--").strip() or 0)

    def attributes(self, text: str) -> None:
        """Puts attributes before those of the files."""
        with open(f"{self.git}/info/attributes", "w", encoding="utf-8") as file:
            file.write(text + "\n")

    def revision(self, ref: str) -> str:
        """The commit that a branch or tag of the repository is at."""
        names = [ref] if ref == "HEAD" or ref.startswith("refs/") else [f"refs/heads/{ref}", f"refs/tags/{ref}", ref]
        check_ref(ref)
        for name in names:
            found = run(self.place, "rev-parse", "--verify", "-q", name, check=False).strip()
            if re.fullmatch(r"[0-9a-f]{40,64}", found):
                return self.run("rev-parse", "--verify", f"{found}^{{commit}}").strip()
        raise failed("rev-parse", f"the repository `{self.place}` has no branch or tag `{ref}`")


def is_bare(path: str) -> bool:
    """Whether a directory is a repository without a work tree."""
    return not os.path.lexists(f"{path}/.git") and os.path.isfile(f"{path}/HEAD") and os.path.isdir(f"{path}/objects")


@contextmanager
def opened(place: str, attributes: str = SAME_FILES, *, seconds: float | None = None) -> Iterator[Repository]:
    """A repository, while inside; each question to git takes at most so many seconds.

    Git itself says where its parts are, and refuses one that belongs to another user.
    """
    import tempfile

    words = ("--git-path", "index", "--git-path", "objects", "--git-path", "shallow", "--git-common-dir", "--git-dir")
    parts = run(place, "rev-parse", "--path-format=absolute", *words, seconds=seconds).splitlines()
    if len(parts) != 5:  # a line break in the path itself
        raise failed("rev-parse", f"the path of the repository at `{place}` cannot be used")
    index, objects, shallow, common, directory = parts
    head = run(place, "rev-parse", "--verify", "-q", "HEAD", check=False).strip()
    ref = run(place, "symbolic-ref", "-q", "HEAD", check=False).strip()
    settings = _settings(f"{common}/config", f"{directory}/config.worktree")
    with tempfile.TemporaryDirectory(prefix="home-manager-git-") as git:
        for name in ("objects", "refs", "info"):
            os.mkdir(f"{git}/{name}")
        known = re.fullmatch(r"[0-9a-f]{40,64}", head) is not None
        _write(f"{git}/HEAD", head if known else "ref: refs/heads/none")
        _write(f"{git}/config", _config(settings))
        for path in (f"{directory}/info/sparse-checkout", shallow, *_shared_indexes(directory)):
            if os.path.isfile(path):
                target = "info/sparse-checkout" if path.endswith("/sparse-checkout") else os.path.basename(path)
                os.symlink(path, f"{git}/{target}")
        repository = Repository(
            place,
            git,
            objects,
            index,
            head if known else "",
            ref,
            os.path.isfile(shallow),
            settings.get("remote.origin.url", ""),
            seconds,
        )
        repository.attributes(attributes)
        if known and not repository.has(head):
            raise failed("rev-parse", f"the repository `{place}` lacks the commit `{head}` that it is at")
        yield repository


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(text + "\n")


def _shared_indexes(directory: str) -> list[str]:
    """The parts of an index that is kept in two."""
    return [f"{directory}/{name}" for name in os.listdir(directory) if name.startswith("sharedindex.")]


def _settings(*files: str) -> dict[str, str]:
    """What the configuration files of a repository say, without those that they include."""
    found: dict[str, str] = {}
    for path in files:
        if not os.path.isfile(path):
            continue
        listed = run(
            "/", "config", "--file", path, "--no-includes", "--null", "--list", environment=_EMPTY, check=False
        )
        for entry in listed.split("\0"):
            key, has_value, value = entry.partition("\n")
            found[key] = value if has_value else "true"
    return found


def _config(settings: Mapping[str, str]) -> str:
    lines = ["[core]", "\tbare = false"]
    version = "1" if "extensions.objectformat" in settings else "0"
    lines.append(f"\trepositoryformatversion = {version}")
    for key in sorted(KEPT & settings.keys()):
        section, _, name = key.partition(".")
        value = settings[key].replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        lines.append(f'[{section}]\n\t{name} = "{value}"')
    return "\n".join(lines)


def _quoted(path: str) -> str:
    """A path in a list that is separated by colons, as git reads it."""
    if not re.search(r'[:"\\]', path):
        return path
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'
