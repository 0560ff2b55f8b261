"""What keeps the generation of a saved plan in the store: two links, to the plan's file and to the generation."""

from __future__ import annotations

import os

from home_manager.activation import Layout, System
from home_manager.store import digest


def pin(layout: Layout, file: str, generation: str) -> None:
    """Keeps a generation as long as `file` (an absolute path) is there."""
    system = System()
    place = f"{_directory(layout)}/{digest(file)}"
    system.make_directories(place)
    system.replace_link(f"{place}/plan", file)
    system.replace_link(f"{place}/generation", generation)


def roots(layout: Layout, *, forget: bool) -> list[str]:
    """The generations that plans need; those whose file is gone are forgotten, unless nothing is to be changed."""
    system = System()
    found = []
    for name in system.names(_directory(layout)):
        place = f"{_directory(layout)}/{name}"
        file, generation = system.link_text(f"{place}/plan"), system.link_text(f"{place}/generation")
        if file is not None and generation is not None and os.path.isfile(file):
            found.append(generation)
        elif forget:
            system.remove_tree(place)
    return found


def clear(layout: Layout) -> None:
    """Forgets all plans."""
    System().remove_tree(_directory(layout))


def _directory(layout: Layout) -> str:
    return f"{layout.state}/plans"
