"""What switches took from the user: files kept in `replaced/`, and the backups beside them.

`replaced/<seconds>-<process>-<microseconds>/<target>` holds what stood at a target before the switch of that moment, as
it was: bytes, mode, times, the text of a link.

`backups` tells of it, a line of JSON each: a `backup` that was made in the home, a thing that is `kept`, and `settled`
where a path is the user's own again. What was taken at a path and is not settled since is due: it takes its place again
when nothing of ours shall be there any more, whichever command leads to that. Order counts, not the clock.

`home-manager restore` brings anything back at any time; the collection of garbage removes what was replaced long ago and
is not due.
"""

from __future__ import annotations

import errno
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from home_manager.activation.layout import Layout
from home_manager.activation.system import System

DAYS = 30
"""How long at the least what was replaced is kept; the help of `gc` and `restore`, the manual page and the page of the
code `nothing-to-restore` say it too."""

_FOLDER = re.compile(r"([0-9]{1,12})-[0-9]+(?:-([0-9]{6}))?")


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that can be brought back: its target below the home, where it is now, and since when (seconds).

    `reason` is why it was taken, as actions name it, where that is known. `is_due` says that it comes back by itself when
    nothing of ours shall be at its target any more.
    """

    target: str
    place: str
    time: float
    is_backup: bool
    is_due: bool = False
    reason: str = ""


def folder_of(started: float, process: int) -> str:
    """The name of the directory for what one switch replaces, from the moment at which it began."""
    seconds, rest = divmod(int(started * 1_000_000), 1_000_000)
    return f"{seconds}-{process}-{rest:06d}"


class ReplacedFiles:
    """The attic of one home."""

    def __init__(self, system: System, layout: Layout) -> None:
        self.system = system
        self.home = str(layout.home)
        self.directory = str(layout.replaced)
        self.backups = str(layout.backups)

    def keep(self, path: str, held: str, folder: str) -> str:
        """Where something stays that stood at a path of the home and is held now; what is moved already is fine."""
        place = self.place(path, folder)
        if self.system.status(held) is None:
            return place
        if self.system.status(place) is None:
            self._provide(place)
            self._move(held, place)
        else:
            # A copy has its name when it is whole; what it was made from is all that is left to remove.
            self.system.remove_tree(held)
        return place

    def _move(self, old: str, new: str) -> None:
        """Move something, to another file system too."""
        try:
            self.system.rename(old, new)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            self.system.copy_tree(old, new)
            self.system.remove_tree(old)

    def record(self, taken: Iterable[Mapping[str, str]], settled: Iterable[str], started: float) -> None:
        """Remember what was taken (see `backup_line`, `kept_line`), and then the paths
        that are the user's own again."""
        lines = [json.dumps({**self._spelled(line), "time": int(started)}) for line in taken]
        lines += [json.dumps({**self._spelled({"path": path}), "settled": True}) for path in settled]
        if lines:
            # A line that was cut short by a crash ends before ours.
            self.system.append(self.backups, ("\n" + "\n".join(lines) + "\n").encode())

    def _spelled(self, line: Mapping[str, str]) -> Mapping[str, str]:
        """Paths in the home as they are below it: it may be reached by another way, or have another name, one day."""
        home = self.home + "/"
        return {name: text.removeprefix(home) if text.startswith(home) else text for name, text in line.items()}

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
        told = self._told()
        found = {kept.place: kept for kept in told if kept.target == target}
        for below, moment in self._folders():
            place = f"{below}/{target}"
            if place not in found and self.system.status(place) is not None:
                found[place] = Kept(target, place, moment, False)
        return _newest_first(found.values(), told)

    def beside(self, target: str, extension: str) -> list[Kept]:
        """The file beside a target that has a certain ending, which somebody else may have made."""
        place = f"{self.home}/{target}.{extension}"
        status = self.system.status(place)
        return [] if status is None else [Kept(target, place, status.written / 1_000_000_000, True)]

    def all(self) -> list[Kept]:
        """Everything that can be brought back, by target and the newest first; directories as the files in them."""
        told = self._told()
        found = {kept.place: kept for kept in told if kept.is_backup or not self._holds_files(kept.place)}
        due = [f"{kept.place}/" for kept in told if kept.is_due]
        for below, moment in self._folders():
            for leaf in self.system.leaves(below):
                place = f"{below}/{leaf}"
                found.setdefault(place, Kept(leaf, place, moment, False, place.startswith(tuple(due))))
        return sorted(_newest_first(found.values(), told), key=lambda kept: kept.target)

    def due(self) -> dict[str, Kept]:
        """What comes back by itself, by target: the last thing that was taken there."""
        return {kept.target: kept for kept in self._told() if kept.is_due}

    def expired(self, now: float) -> list[str]:
        """The directories of what was replaced more than `DAYS` ago, without those in which something is due; none where
        the attic is a link to elsewhere."""
        if not self._is_directory(self.directory):
            return []
        due = [kept.place for kept in self._told() if kept.is_due]
        old = [below for below, moment in self._folders() if moment < now - DAYS * 86400]
        return [below for below in old if not any(place.startswith(f"{below}/") for place in due)]

    def prune(self, place: str) -> None:
        """Remove the directories of the attic that are empty since something was taken out of them."""
        above = place.rpartition("/")[0]
        while above.startswith(f"{self.directory}/") and not self.system.names(above):
            if self._is_directory(above):
                self.system.remove_directory(above)
            above = above.rpartition("/")[0]

    def _holds_files(self, path: str) -> bool:
        return self._is_directory(path) and bool(self.system.leaves(path))

    def _is_directory(self, path: str) -> bool:
        status = self.system.status(path)
        return status is not None and status.kind == "directory"

    def _folders(self) -> Iterator[tuple[str, float]]:
        """The directories of what was replaced, each with its moment; links are none, wherever they lead."""
        for name in self.system.names(self.directory):
            found = _FOLDER.fullmatch(name)
            below = f"{self.directory}/{name}"
            status = self.system.status(below) if found is not None else None
            if found is not None and status is not None and status.kind == "directory":
                yield below, int(found[1]) + int(found[2] or 0) / 1_000_000

    def _told(self) -> list[Kept]:
        """What the list tells of and is still there, in the order in which it was taken."""
        if self.system.status(self.backups) is None:
            return []
        home = self.home + "/"
        found: dict[str, tuple[str, float, str]] = {}
        due: dict[str, set[str]] = {}
        for line in self.system.read(self.backups).split(b"\n"):
            try:
                entry = json.loads(line)
                path = str(entry["path"]).removeprefix(home)
                if "settled" in entry:
                    due.pop(path, None)
                    continue
                reason = "backup" if "backup" in entry else str(entry["reason"])
                place, time = str(entry["backup" if reason == "backup" else "kept"]), float(entry["time"])
                place = place if place.startswith("/") else home + place
            except (ValueError, KeyError, TypeError):
                continue
            # What was taken later comes later, though a name was used before.
            found.pop(place, None)
            found[place] = (path, time, reason)
            if reason != "spare":
                due.setdefault(path, set()).add(place)
        return [
            Kept(
                path,
                place,
                time,
                reason == "backup",
                not path.startswith("/") and place in due.get(path, ()),
                reason,
            )
            for place, (path, time, reason) in found.items()
            if self.system.status(place) is not None
        ]


def backup_line(path: str, backup: str) -> Mapping[str, str]:
    """What is remembered of a backup: the path that it had, and the one that it has."""
    return {"path": path, "backup": backup}


def kept_line(path: str, place: str, reason: str) -> Mapping[str, str]:
    """What is remembered of something that is kept in the attic. What is `spare` is not due."""
    return {"path": path, "kept": place, "reason": reason}


def _newest_first(found: Iterable[Kept], told: Sequence[Kept]) -> list[Kept]:
    """By the order in which it was taken, where that is told, and else by the clock."""
    order = {kept.place: number for number, kept in enumerate(told)}
    return sorted(found, key=lambda kept: (order.get(kept.place, -1), kept.time), reverse=True)
