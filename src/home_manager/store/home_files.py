"""The tree of a generation's files, as it will appear in the home: `…-home-manager-files`.

Leaves are links to the sources; a file is copied only where its executable bit has to differ. A recursive entry
becomes a directory of links, made by the rules of `lndir`, which the original uses.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from home_manager.diagnostics import failure
from home_manager.store.hashing import digest
from home_manager.store.site import Site
from home_manager.store.tree import copy_file

Overlap = Literal["ignore", "error", "override"]

_NOT_LINKED = frozenset(("BitKeeper", "RCS", "SCCS", "CVS", "CVS.adm", ".svn", ".git"))
"""Directories of version control that `lndir` passes over."""


@dataclass(frozen=True, slots=True, order=True)
class FileSource:
    """What shall stand at `target`, relative to the home; see `manifest.FileEntry`."""

    target: str
    source: str
    recursive: bool = False
    executable: bool | None = None
    ignore_links: bool = False


@dataclass(frozen=True, slots=True)
class HomeFiles:
    """The recipe of the tree. `overlap` says what a file does that meets one of a recursive entry."""

    entries: tuple[FileSource, ...]
    overlap: Overlap = "ignore"
    name: str = "home-manager-files"

    @property
    def reads(self) -> bool:
        return True

    def digest(self) -> str:
        parts = [
            part
            for e in sorted(self.entries)
            for part in (e.target, e.source, f"{e.recursive:d}{e.ignore_links:d}{e.executable}")
        ]
        return digest("home-files", self.name, self.overlap, *parts)

    def mentions(self) -> Iterable[str]:
        # A source may be a file inside of an object; the slash lets the scan see a bare object as well.
        return (entry.source for entry in self.entries)

    def write(self, site: Site) -> None:
        os.mkdir(site.path)
        seen: set[str] = set()
        # Short targets first: a directory is there before what is put into it.
        for entry in sorted(self.entries, key=lambda e: (len(e.target), e.target)):
            if entry.target not in seen and self._place(site.path, entry):
                seen.add(entry.target)

    def _place(self, top: str, entry: FileSource) -> bool:
        path = f"{top}/{entry.target}"
        self._check_parents(top, entry)
        if os.path.lexists(path) and not _is_real_directory(path):
            if self.overlap == "error":
                raise failure(
                    "file-overlap",
                    f"the file `{entry.target}` is also part of a directory that is linked recursively",
                    hints=("leave one of them out, or set `home.fileOverlapResolution`",),
                )
            if self.overlap == "ignore":
                return False
            os.unlink(path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if os.path.isdir(entry.source):
            if entry.recursive:
                os.makedirs(path, exist_ok=True)
                _link_tree(entry, entry.source, path, ())
            else:
                self._new_link(entry.source, path, entry)
        elif entry.executable is None or _executable(entry.source) == entry.executable:
            self._new_link(entry.source, path, entry)
        else:
            copy_file(entry.source, path, executable=entry.executable)
        return True

    def _new_link(self, source: str, path: str, entry: FileSource) -> None:
        try:
            os.symlink(source, path)
        except FileExistsError:
            raise failure(
                "file-overlap",
                f"`{entry.target}` is both a file and a directory that holds other files",
                hints=("give the directory `recursive = true`, or another target",),
            ) from None

    def _check_parents(self, top: str, entry: FileSource) -> None:
        """A parent that is a link leads into a source, which must not be written to."""
        parts = entry.target.split("/")
        for end in range(1, len(parts)):
            parent = "/".join(parts[:end])
            if os.path.lexists(f"{top}/{parent}") and not _is_real_directory(f"{top}/{parent}"):
                raise failure(
                    "file-outside-home" if os.path.isdir(f"{top}/{parent}") else "file-overlap",
                    f"the file `{entry.target}` cannot be put below `{parent}`, which is linked as a whole",
                    hints=(f'set `home.file."{parent}".recursive = true`, which makes it a real directory',),
                )


def _is_real_directory(path: str) -> bool:
    return stat.S_ISDIR(os.lstat(path).st_mode)


def _executable(path: str) -> bool:
    return os.access(path, os.X_OK)


def _link_tree(entry: FileSource, source: str, path: str, above: tuple[str, ...]) -> None:
    real = os.path.realpath(source)
    if real in above:
        raise failure(
            "link-cycle", f"the directory `{entry.source}` has a link to a directory that it lies in: `{source}`"
        )
    taken = set(os.listdir(path))
    with os.scandir(source) as entries:
        found = sorted(entries, key=lambda each: each.name)
    for each in found:
        name, is_link = each.name, each.is_symlink()
        here, there = f"{source}/{name}", f"{path}/{name}"
        # A link that leads to itself is no directory, and an error only for those who ask the system.
        if not (is_link and entry.ignore_links) and (os.path.isdir(here) if is_link else each.is_dir()):
            if name not in _NOT_LINKED:
                _enter(entry, here, there, (*above, real))
        elif not name.endswith("~") and name not in taken:
            target = here
            if is_link and not entry.ignore_links:
                target = os.path.join(source, os.readlink(here))
            if entry.executable is None or not os.path.exists(here) or _executable(here) == entry.executable:
                os.symlink(target, there)
            else:
                copy_file(here, there, executable=entry.executable)


def _enter(entry: FileSource, here: str, there: str, above: tuple[str, ...]) -> None:
    if os.path.lexists(there) and not _is_real_directory(there):
        return
    os.makedirs(there, exist_ok=True)
    _link_tree(entry, here, there, above)
