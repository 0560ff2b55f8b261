"""What was moved aside is brought back, under the lock of the home."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass

from home_manager.activation import Attic, Kept, Layout, System
from home_manager.activation.facts import Owned
from home_manager.diagnostics import failure
from home_manager.generation.keeping import changing
from home_manager.store import machine


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of the place: `put_away` is where what was there is now, `was_ours` whether that was our link."""

    put_away: str = ""
    was_ours: bool = False
    recovered: str = ""


def restore(layout: Layout, kept: Kept) -> Restored:
    """Move something back to where it was. What is there now makes way; a file of the user's is put away first.

    There is no moment at which either is in no place: a crash leaves what is brought back where it was, or brings it.
    """
    system = System()
    path = f"{layout.home}/{kept.target}"
    with changing(layout, "home-manager restore") as (_, recovered):
        if system.status(kept.place) is None:
            raise failure("nothing-to-restore", f"`{kept.place}` is gone")
        above = os.path.dirname(path)
        if not f"{system.real_path(above)}/".startswith(f"{system.real_path(str(layout.home))}/"):
            raise failure(
                "target-outside-home",
                f"`{above}` leads out of the home directory, so nothing is put there",
                hints=("make it a real directory, or a link to a directory inside the home",),
            )
        attic = Attic(system, layout)
        put_away, text = "", system.link_text(path)
        ours = Owned.of(layout, system)(text)
        with machine(f"bringing `{path}` back"):
            system.make_directories(above)
            if system.status(path) is not None and not ours:
                put_away = attic.put_away(path, time.time(), os.getpid())
            found = system.status(kept.place)
            if ours and found is not None and found.kind == "directory":
                system.unlink(path)
            attic.move(kept.place, path)
            system.synchronise((above, os.path.dirname(kept.place)))
    return Restored(put_away, ours, recovered)
