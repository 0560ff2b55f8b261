"""What is known of nixpkgs' packages by name: the main program, and what they are called in Debian.

The table is `names.tsv`, one line a package: attribute, name of the package, main program, Debian packages, programs
renamed. An empty field means the same as the attribute's last part; `-` for Debian that it has none; a rename is
`nixpkgs=debian`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Entry:
    """One package of nixpkgs. `debian` is empty if nobody has looked, `absent` says that Debian is known to lack it."""

    attribute: str
    name: str
    main_program: str
    debian: tuple[str, ...]
    renames: tuple[tuple[str, str], ...]
    absent: bool = False


def parse(line: str) -> Entry:
    """A line of the table."""
    attribute, name, main, debian, renames = (*line.rstrip("\n").split("\t"), "", "", "", "")[:5]
    last = attribute.rpartition(".")[2]
    absent = debian == "-"
    pairs = []
    for rename in renames.split():
        new, _, old = rename.partition("=")
        pairs.append((new, old))
    return Entry(
        attribute, name or last, main or name or last, () if absent else tuple(debian.split()), tuple(pairs), absent
    )


class _Table(Mapping[str, Entry]):
    """The table, its lines read one by one as they are asked for."""

    def __init__(self, text: str) -> None:
        lines = (line for line in text.splitlines() if line and not line.startswith("#"))
        self._lines = {line.partition("\t")[0]: line for line in lines}

    def __getitem__(self, attribute: str) -> Entry:
        return parse(self._lines[attribute])

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


@cache
def table() -> Mapping[str, Entry]:
    """The shipped table."""
    with open(os.path.join(os.path.dirname(__file__), "names.tsv"), encoding="utf-8") as file:
        return _Table(file.read())
