"""What a home that was ejected still needs of the store: programs, and what its files name.

It stands in the generation without anything that the ejection ends in, so that a crash right after does not lose it;
and then in a file beside the store, for as long as there is a store. Collecting garbage keeps it.
"""

from __future__ import annotations

import os

from home_manager.activation import Layout, System
from home_manager.store import Files, machine

ENTRY = "ejected"
"""The name in a generation, and beside the store."""


def mark(generation: Files, needed: tuple[str, ...]) -> Files:
    """The recipe of a generation that ends an ejection."""
    return Files(generation.name, {**generation.entries, ENTRY: _text(needed)}, generation.programs)


def marked(generation: str) -> tuple[str, ...] | None:
    """What the ejection needs that ended in a generation; None of any other generation."""
    return _read(f"{generation}/{ENTRY}")


def record(layout: Layout, needed: tuple[str, ...]) -> None:
    """Remembers what is needed from now on, with what was before."""
    every = tuple(dict.fromkeys([*needed, *roots(layout)]))
    if every:
        path = _file(layout)
        with machine(f"writing `{path}`"):
            system = System()
            system.write_file(path, "", _text(every), 0o600, replace=True)
            system.synchronise([str(layout.state)])


def roots(layout: Layout) -> tuple[str, ...]:
    """The store paths that must stay because of an ejection."""
    return tuple(path for path in _read(_file(layout)) or () if os.path.lexists(path))


def was_ejected(layout: Layout) -> bool:
    """Whether there was an ejection that left something."""
    return _read(_file(layout)) is not None


def _file(layout: Layout) -> str:
    return f"{layout.state}/{ENTRY}"


def _text(paths: tuple[str, ...]) -> str:
    return "".join(f"{path}\n" for path in paths)


def _read(path: str) -> tuple[str, ...] | None:
    system = System()
    if system.status(path) is None:
        return None
    with machine(f"reading `{path}`"):
        return tuple(system.read(path).decode("utf-8", "surrogateescape").splitlines())
