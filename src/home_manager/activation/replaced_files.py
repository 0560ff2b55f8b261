"""What switches took away: files of the user's that were replaced, kept in `replaced/`, and the backups beside them.

`replaced/<seconds>-<process>-<microseconds>/<target>` holds what stood at a target before the switch of that moment.
`backups` has a line of JSON for each backup that was made in the home. `home-manager restore` brings either back, and the
collection of garbage removes what was replaced long ago.
"""

from __future__ import annotations

import errno
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from home_manager.activation.layout import Layout
from home_manager.activation.system import System

DAYS = 30
"""How long at the least what was replaced is kept; the help of `gc` and `restore`, the manual page and the page of the
code `nothing-to-restore` say it too."""

_FOLDER = re.compile(r"([0-9]{1,12})-[0-9]+(?:-([0-9]{6}))?")


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that can be brought back: its target below the home, where it is now, and since when (seconds)."""

    target: str
    place: str
    time: float
    is_backup: bool


def folder_of(started: float, process: int) -> str:
    """The name of the directory for what one switch replaces, from the moment at which it began."""
    seconds, rest = divmod(int(started * 1_000_000), 1_000_000)
    return f"{seconds}-{process}-{rest:06d}"


class Attic:
    """The attic of one home."""

    def __init__(self, system: System, layout: Layout) -> None:
        self.system = system
        self.home = str(layout.home)
        self.directory = str(layout.replaced)
        self.backups = str(layout.backups)

    def keep(self, held: Iterable[tuple[str, str]], folder: str) -> None:
        """Move what is held (path in the home, and where it is now) to where it stays; what is moved already is fine."""
        for path, now in held:
            if self.system.status(now) is None:
                continue
            place = self.place(path, folder)
            if self.system.status(place) is None:
                self._provide(place)
                self._move(now, place)
            else:
                # A copy has its name when it is whole; what it was made from is all that is left to remove.
                self.system.remove_tree(now)

    def _move(self, old: str, new: str) -> None:
        """Move something, to another file system too."""
        try:
            self.system.rename(old, new)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            self.system.copy_tree(old, new)
            self.system.remove_tree(old)

    def record(self, backups: Iterable[tuple[str, str]], started: float) -> None:
        """Remember backups that were made: the paths that they had, and those that they have."""
        lines = [json.dumps({"path": path, "backup": backup, "time": int(started)}) for path, backup in backups]
        if lines:
            # A line that was cut short by a crash ends before ours.
            self.system.append(self.backups, ("\n" + "\n".join(lines) + "\n").encode())

    def place(self, path: str, folder: str) -> str:
        """Where something at a path of the home is kept."""
        return f"{self.directory}/{folder}/{path.removeprefix(self.home + '/')}"

    def _provide(self, place: str) -> None:
        if self.system.status(self.directory) is None:
            self.system.make_directories(self.directory.rpartition("/")[0])
            # What was private in the home stays so here.
            self.system.make_directory(self.directory, 0o700)
        self.system.make_directories(place.rpartition("/")[0])

    def of(self, target: str) -> list[Kept]:
        """What can be brought back for a target, the newest first."""
        found = [kept for kept in self.backed_up() if kept.target == target]
        for below, moment in self._folders():
            place = f"{below}/{target}"
            if self.system.status(place) is not None:
                found.append(Kept(target, place, moment, False))
        return sorted(found, key=lambda kept: kept.time, reverse=True)

    def all(self) -> list[Kept]:
        """Everything that can be brought back, by target and the newest first; directories as the files in them."""
        found = list(self.backed_up())
        for below, moment in self._folders():
            found += [Kept(leaf, f"{below}/{leaf}", moment, False) for leaf in self.system.leaves(below)]
        return sorted(found, key=lambda kept: (kept.target, -kept.time))

    def expired(self, now: float) -> list[str]:
        """The directories of what was replaced more than `DAYS` ago; none where the attic is a link to elsewhere."""
        status = self.system.status(self.directory)
        if status is None or status.kind != "directory":
            return []
        return [below for below, moment in self._folders() if moment < now - DAYS * 86400]

    def _folders(self) -> Iterator[tuple[str, float]]:
        """The directories of what was replaced, each with its moment; links are none, wherever they lead."""
        for name in self.system.names(self.directory):
            found = _FOLDER.fullmatch(name)
            below = f"{self.directory}/{name}"
            status = self.system.status(below) if found is not None else None
            if found is not None and status is not None and status.kind == "directory":
                yield below, int(found[1]) + int(found[2] or 0) / 1_000_000

    def backed_up(self) -> list[Kept]:
        """The backups that are still there."""
        if self.system.status(self.backups) is None:
            return []
        found: dict[str, Kept] = {}
        for line in self.system.read(self.backups).split(b"\n"):
            try:
                entry = json.loads(line)
                path, place, time = str(entry["path"]), str(entry["backup"]), float(entry["time"])
            except (ValueError, KeyError, TypeError):
                continue
            if self.system.status(place) is not None:
                found[place] = Kept(path.removeprefix(self.home + "/"), place, time, True)
        return list(found.values())
