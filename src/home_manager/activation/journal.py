"""The journal: what a switch (or a `restore`) is about to do, on the disk before it is done.

`journal/current` holds one JSON object a line: first what is being switched to, then each batch of actions before it
is carried out, then `committed` when the new generation counts. It is there exactly while a switch is under way; one
that is found by a later command is a switch that was broken off. `journal/held` keeps what was replaced.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from home_manager.activation.actions import Action, decode, encode
from home_manager.activation.replaced_files import folder_of
from home_manager.activation.system import System
from home_manager.diagnostics import Failure, failure
from home_manager.store import machine

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Header:
    """Which switch it is: the generation before (or none) and the new one, and who does it since when.

    `new` is empty where files alone are changed, and no generation begins to count.
    """

    new: str
    old: str | None
    pid: int
    started: float

    @property
    def folder(self) -> str:
        """The directory of the attic for what is replaced."""
        return folder_of(self.started, self.pid)


@dataclass(frozen=True, slots=True)
class Begun:
    """A switch as its journal tells of it; `header` is None where not even the first line is whole."""

    header: Header | None
    actions: tuple[Action, ...]
    committed: bool


class Journal:
    """The journal of one home, in `directory`."""

    __slots__ = ("directory", "file", "holding", "system")

    def __init__(self, system: System, directory: str) -> None:
        self.system = system
        self.directory = directory
        self.file = f"{directory}/current"
        self.holding = f"{directory}/held"

    def begin(self, header: Header) -> None:
        """Open the journal; it must not be open."""
        with machine(f"writing the journal `{self.file}`"):
            self.system.make_directories(self.holding)
            self._add({"version": _VERSION, **asdict(header)})

    def record(self, actions: Sequence[Action]) -> None:
        """Write down a batch of actions; only then may they be carried out."""
        with machine(f"writing the journal `{self.file}`"):
            self._add({"actions": [encode(action) for action in actions]})

    def commit(self) -> None:
        """Write down that the new generation counts: from now on the switch is finished, not undone."""
        with machine(f"writing the journal `{self.file}`"):
            self._add({"committed": True})

    def close(self) -> None:
        """Throw away what was kept, then the journal."""
        with machine(f"removing the journal `{self.file}`"):
            self.system.remove_tree(self.holding)
            if self.system.status(self.file) is not None:
                self.system.unlink(self.file)

    def read(self) -> Begun | None:
        """The switch that was broken off, or None. A last line that was cut short does not count: it was not begun.

        What makes no sense otherwise is a failure: whoever followed half a journal could take back what it should finish.
        """
        status = self.system.status(self.file)
        if status is None:
            return None
        if status.kind == "link":
            # It is not ours, so nothing that it leads to is followed.
            return Begun(None, (), False)
        if status.kind != "file":
            raise self.refused("it is no file")
        with machine(f"reading the journal `{self.file}`"):
            *lines, _cut_short = self.system.read(self.file).split(b"\n")
        header: Header | None = None
        actions: list[Action] = []
        committed = False
        for number, line in enumerate(lines, 1):
            try:
                entry: dict[str, Any] = json.loads(line)
                if header is None:
                    if (version := entry["version"]) != _VERSION:
                        raise self.refused(f"it is of version {version}, and this program knows {_VERSION}")
                    header = _header(entry)
                actions += [decode(action) for action in entry.get("actions", ())]
                committed = committed or "committed" in entry
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                raise self.refused(f"line {number} makes no sense") from None
        return Begun(header, tuple(actions), committed)

    def refused(self, why: str) -> Failure:
        old, new = shlex.quote(self.directory), shlex.quote(f"{self.directory}-unreadable")
        return failure(
            "journal-unreadable",
            "a switch was broken off, and its journal cannot be read, so nothing was changed",
            notes=(
                f"the journal is `{self.file}`: {why}",
                f"what it had put aside is in `{self.holding}`, or beside its place as `.home-manager-held-…`",
            ),
            hints=(
                "run the home-manager that began it, if that is a newer one",
                f"or bring back by hand what was put aside, then move the journal away: `mv {old} {new}`",
            ),
        )

    def _add(self, entry: dict[str, object]) -> None:
        self.system.append(self.file, json.dumps(entry).encode() + b"\n")


def _header(entry: dict[str, Any]) -> Header:
    header = Header(entry["new"], entry["old"], entry["pid"], entry["started"])
    texts = isinstance(header.new, str) and (header.old is None or isinstance(header.old, str))
    if not texts or not isinstance(header.pid, int) or not isinstance(header.started, int | float):
        raise TypeError("no header")
    return header
