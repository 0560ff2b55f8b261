"""What is known of single Debian packages: `programs.json`, read once and only when packages are put together."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Special:
    """How a package differs from the rule; see the text at the top of `programs.json`."""

    moved: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()
    always: tuple[tuple[str, str], ...] = ()
    without: frozenset[str] = frozenset()
    with_: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    calls: bool = False


ORDINARY = Special()


@cache
def specials() -> Mapping[str, Special]:
    """Every package that differs, by its Debian name."""
    from importlib.resources import files

    data = json.loads((files(__package__) / "programs.json").read_text("utf-8"))
    return {
        name: Special(
            moved=tuple(entry.get("moved", ())),
            environment=tuple(entry.get("environment", {}).items()),
            always=tuple(entry.get("always", {}).items()),
            without=frozenset(entry.get("without", ())),
            with_=tuple(entry.get("with", ())),
            files=tuple(entry.get("files", {}).items()),
            calls=bool(entry.get("calls", False)),
        )
        for name, entry in data["packages"].items()
    }
