"""What switches took away: files of the user's that were replaced, kept in `replaced/`, and the backups beside them.

`replaced/<seconds>-<process>/<target>` holds what stood at a target before the switch of that moment. `backups` has a
line of JSON for each backup that was made in the home. `home-manager restore` brings either back.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Iterable
from dataclasses import dataclass

from home_manager.activation.layout import Layout
from home_manager.activation.system import System


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that can be brought back: its target below the home, where it is now, and since when (seconds)."""

    target: str
    place: str
    time: float
    is_backup: bool


class Attic:
    """The attic of one home."""

    def __init__(self, system: System, layout: Layout) -> None:
        self.system = system
        self.home = str(layout.home)
        self.directory = str(layout.replaced)
        self.backups = str(layout.backups)

    def keep(self, held: Iterable[tuple[str, str]], started: float, process: int) -> None:
        """Move what is held (path in the home, and where it is now) to where it stays; what is moved already is fine."""
        for path, now in held:
            if self.system.status(now) is None:
                continue
            place = self._place(path, started, process)
            if self.system.status(place) is not None:
                continue
            self._provide(place)
            self.move(now, place)

    def move(self, old: str, new: str) -> None:
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

    def put_away(self, path: str, started: float, process: int) -> str:
        """Move something out of the home; where it is now."""
        place = self._place(path, started, process)
        self._provide(place)
        self.move(path, place)
        return place

    def _place(self, path: str, started: float, process: int) -> str:
        return f"{self.directory}/{int(started)}-{process}/{path.removeprefix(self.home + '/')}"

    def _provide(self, place: str) -> None:
        if self.system.status(self.directory) is None:
            self.system.make_directories(self.directory.rpartition("/")[0])
            # What was private in the home stays so here.
            self.system.make_directory(self.directory, 0o700)
        self.system.make_directories(place.rpartition("/")[0])

    def of(self, target: str) -> list[Kept]:
        """What can be brought back for a target, the newest first."""
        found = [kept for kept in self.backed_up() if kept.target == target]
        for name in self.system.names(self.directory):
            seconds, _, _ = name.partition("-")
            place = f"{self.directory}/{name}/{target}"
            if seconds.isdigit() and self.system.status(place) is not None:
                found.append(Kept(target, place, float(seconds), False))
        return sorted(found, key=lambda kept: kept.time, reverse=True)

    def all(self) -> list[Kept]:
        """Everything that can be brought back, by target and the newest first; directories as the files in them."""
        found = list(self.backed_up())
        for name in self.system.names(self.directory):
            seconds, _, _ = name.partition("-")
            if seconds.isdigit():
                below = f"{self.directory}/{name}"
                found += [Kept(leaf, f"{below}/{leaf}", float(seconds), False) for leaf in self.system.leaves(below)]
        return sorted(found, key=lambda kept: (kept.target, -kept.time))

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
