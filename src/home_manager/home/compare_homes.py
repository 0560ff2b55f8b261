"""What differs between two homes: single files, and the packages of two manifests."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from home_manager.activation import System
from home_manager.activation.facts import links_of
from home_manager.activation.real_files import real_files
from home_manager.manifest import Manifest, PackageEntry

LARGEST = 4 << 20
"""Bytes of a file that is still compared line by line; of a larger one only that it differs is told."""

Kind = Literal["missing", "file", "directory", "other", "unknown"]


@dataclass(frozen=True, slots=True)
class Side:
    """What is at a target before a change or after it; `unknown` is what only building it will tell.

    `data` are the bytes of a file, None where it is larger than what is looked into. `path` is where it can be read,
    empty for what is not on the disk.
    """

    kind: Kind
    data: bytes | None = None
    executable: bool = False
    size: int = 0
    path: str = ""

    @classmethod
    def at(cls, path: str, executable: bool | None = None) -> Side:
        """What a path leads to, links followed; what would block when it is read is not."""
        real = os.path.realpath(path)
        status = System().status(real)
        if status is None:
            return cls("missing")
        if status.kind != "file":
            return cls("directory" if status.kind == "directory" else "other", path=real)
        wanted = bool(status.mode & 0o100) if executable is None else executable
        return cls("file", _read(real, status.size), wanted, status.size, real)

    @classmethod
    def of(cls, data: bytes, executable: bool = False) -> Side:
        """A file that is not on the disk."""
        return cls("file", data if len(data) <= LARGEST else None, executable, len(data))

    def same(self, other: Side) -> bool:
        """Whether both are the same for whoever looks at them."""
        if self.path and self.path == other.path and self.executable == other.executable:
            return True
        if self.kind != other.kind or self.executable != other.executable or self.size != other.size:
            return False
        if self.kind == "file" and self.data is not None:
            return self.data == other.data
        if self.path and other.path:
            return System().same_content(self.path, other.path)
        return self.kind == "missing"


def _read(path: str, size: int) -> bytes | None:
    if size > LARGEST:
        return None
    try:
        return System().read(path)
    except OSError:
        return None


@dataclass(frozen=True, slots=True)
class PackageChange:
    """A package that comes, goes or changes: its versions `before` and `after`, None where it is not there.

    A version is empty where the package's name has none.
    """

    name: str
    before: str | None
    after: str | None

    @property
    def kind(self) -> Literal["added", "removed", "changed"]:
        return "added" if self.before is None else "removed" if self.after is None else "changed"


def package_changes(before: Iterable[PackageEntry], after: Iterable[PackageEntry]) -> tuple[PackageChange, ...]:
    """The packages that differ, by name; of one that is there several times all versions are told."""
    was, will = _versions(before), _versions(after)
    return tuple(
        PackageChange(name, _text(was.get(name, {})), _text(will.get(name, {})))
        for name in sorted({*was, *will}, key=lambda name: (name.lower(), name))
        if was.get(name) != will.get(name)
    )


def _versions(packages: Iterable[PackageEntry]) -> dict[str, dict[str, str]]:
    """The packages by name, each a mapping of store path to version."""
    found: dict[str, dict[str, str]] = {}
    for package in packages:
        name, version = split_name(package.name)
        found.setdefault(name, {})[package.path] = version
    return found


def _text(versions: dict[str, str]) -> str | None:
    return ", ".join(sorted(set(versions.values()))) if versions else None


def split_name(name: str) -> tuple[str, str]:
    """Name and version of `name-version`, as Nix tells them apart: at the first dash before what is no letter."""
    found = re.search(r"-(?=[^a-zA-Z])", name)
    return (name, "") if found is None else (name[: found.start()], name[found.end() :])


@dataclass(frozen=True, slots=True)
class TargetChange:
    """A target that differs between two generations."""

    target: str
    kind: Literal["added", "removed", "changed"]


def target_changes(before: str | None, after: str, was: Manifest | None, now: Manifest) -> tuple[TargetChange, ...]:
    """The targets that differ between two built generations (their paths and manifests), by name."""
    old = {} if before is None or was is None else contents_of(before, was)
    new = contents_of(after, now)
    found: list[TargetChange] = []
    for target in sorted({*old, *new}):
        if target not in new:
            found.append(TargetChange(target, "removed"))
        elif target not in old:
            found.append(TargetChange(target, "added"))
        elif not Side.at(old[target]).same(Side.at(new[target])):
            found.append(TargetChange(target, "changed"))
    return tuple(found)


def contents_of(generation: str, manifest: Manifest) -> dict[str, str]:
    """Where the content of each target of a built generation is: links and real files."""
    system = System()
    found = links_of(system, generation)
    found.update((target, file.source) for target, file in real_files(system, manifest).items())
    return found
