"""Files of a revision, with what its submodules hold if that is wanted. Nothing is checked out: no filter, no hook."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping

from home_manager.diagnostics import failure
from home_manager.flakes.archives import unpack
from home_manager.flakes.git.program import check_address
from home_manager.flakes.git.remote import local_path, locate
from home_manager.flakes.git.repository import AS_STORED, Repository, opened

DEEPEST = 32
"""Submodules within submodules; more is a circle."""

Kept = Callable[[str], str]
"""Where the objects of a repository elsewhere are kept."""


def export(
    place: str, url: str, rev: str, directory: str, *, export_ignore: bool = False, submodules: Kept | None = None
) -> None:
    """Makes the new `directory` of a revision, with the files as they are in the repository."""
    _export(place, url, rev, directory, export_ignore=export_ignore, submodules=submodules, depth=0)


def _export(
    place: str, url: str, rev: str, directory: str, *, export_ignore: bool, submodules: Kept | None, depth: int
) -> None:
    import tempfile

    if depth > DEEPEST:
        raise failure("git-failed", f"the submodules of `{url}` hold each other")
    with opened(place, AS_STORED + ("" if export_ignore else " -export-ignore")) as repository:
        with tempfile.TemporaryDirectory() as scratch:
            archive = f"{scratch}/archive.tar"
            repository.run("archive", "--format=tar", f"--output={archive}", rev)
            unpack(archive, directory, place)
        if submodules is None:
            return
        addresses = _addresses(repository, rev)
        for path, wanted in _links(repository, rev):
            _one(repository, url, f"{directory}/{path}", path, addresses.get(path, ""), wanted, submodules, depth)


def _one(
    repository: Repository,
    url: str,
    directory: str,
    path: str,
    address: str,
    wanted: str,
    kept: Kept,
    depth: int,
) -> None:
    if not address:
        raise failure("git-failed", f"the submodule `{path}` of `{url}` has no address in `.gitmodules`")
    base = (repository.origin if local_path(url) is not None else "") or url
    absolute = resolved(base, address)
    check_address(absolute)
    if local_path(absolute) is not None and local_path(base) is None:
        raise failure(
            "git-address",
            f"the submodule `{path}` of `{url}` is not read from this machine: `{absolute}`",
            notes=("a repository that comes from elsewhere does not say which files here are read",),
        )
    found, rev, _ = locate(absolute, "", wanted, kept, all_refs=True)
    if os.path.isdir(directory) and not os.path.islink(directory):
        os.rmdir(directory)
    _export(found, absolute, rev, directory, export_ignore=False, submodules=kept, depth=depth + 1)


def _links(repository: Repository, rev: str) -> list[tuple[str, str]]:
    """The submodules of a revision: their paths and revisions."""
    found = []
    for entry in repository.run("ls-tree", "-r", "-z", "--full-tree", rev).split("\0"):
        facts, _, path = entry.partition("\t")
        if facts.startswith("160000 commit "):
            found.append((path, facts.split(" ")[2]))
    return found


def _addresses(repository: Repository, rev: str) -> Mapping[str, str]:
    """What `.gitmodules` says of the submodules: the address for each path."""
    words = ("config", "--blob", f"{rev}:.gitmodules", "--no-includes", "--null", "--list")
    said: dict[str, dict[str, str]] = {}
    for entry in repository.run(*words, check=False).split("\0"):
        key, _, value = entry.partition("\n")
        match = re.fullmatch(r"submodule\.(.*)\.(path|url)", key, re.DOTALL)
        if match:
            said.setdefault(match[1], {})[match[2]] = value
    return {each["path"]: each["url"] for each in said.values() if "path" in each and "url" in each}


def resolved(base: str, address: str) -> str:
    """An address of `.gitmodules`, which may be relative to the address of the repository."""
    if not address.startswith(("./", "../")):
        return address
    above = base.rstrip("/")
    while True:
        if address.startswith("./"):
            address = address[2:]
        elif address.startswith("../"):
            address = address[3:]
            head, slash, _ = above.rpartition("/")
            if not slash or head.endswith(("/", ":")) or not head:
                head, slash, _ = above.rpartition(":")
                if not slash or "/" in above:
                    raise failure("git-address", f"the address `{address}` of a submodule leads above `{base}`")
                return f"{head}:{address.removesuffix('/')}"
            above = head
        else:
            return f"{above}/{address}".removesuffix("/")
