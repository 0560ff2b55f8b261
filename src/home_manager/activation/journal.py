"""The journal: what a switch is about to do, on the disk before it is done.

`journal/current` holds one JSON object a line: first what is being switched to, then each batch of actions before it
is carried out, then `committed` when the new generation counts. It is there exactly while a switch is under way; one
that is found by a later command is a switch that was broken off. `journal/held` keeps what was replaced.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from home_manager.activation.actions import Action, decode, encode
from home_manager.activation.system import System
from home_manager.store import machine

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Header:
    """Which switch it is: the generation before (or none) and the new one, and who does it since when."""

    new: str
    old: str | None
    pid: int
    started: float


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
        """The switch that was broken off, or None. A last line that was cut short does not count: it was not begun."""
        if self.system.status(self.file) is None:
            return None
        with machine(f"reading the journal `{self.file}`"):
            lines = self.system.read(self.file).split(b"\n")
        header: Header | None = None
        actions: list[Action] = []
        committed = False
        for line in lines[:-1]:
            try:
                entry: dict[str, Any] = json.loads(line)
                if "version" in entry:
                    header = Header(entry["new"], entry["old"], entry["pid"], entry["started"])
                actions += [decode(action) for action in entry.get("actions", ())]
                committed = committed or "committed" in entry
            except (ValueError, KeyError, TypeError, AttributeError):
                break
        return Begun(header, tuple(actions), committed)

    def _add(self, entry: dict[str, object]) -> None:
        self.system.append(self.file, json.dumps(entry).encode() + b"\n")
