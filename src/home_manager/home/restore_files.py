"""What was moved aside is brought back, as one transaction under the lock of the home."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass

from home_manager.activation import Kept, Layout, PartlyUndone, ReplacedFiles, System
from home_manager.activation.actions import Action, BringBack, CopyBeside, MakeDirectory
from home_manager.activation.bounds import Bounds
from home_manager.activation.facts import Owned, held_name
from home_manager.activation.system import Status
from home_manager.activation.transaction import Transaction
from home_manager.diagnostics import Failure, failure
from home_manager.home.collect_garbage import changing
from home_manager.store import machine

COPY = ".home-manager-copy"
"""The name of a copy from another file system that is about to take its place."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of the place: `put_away` is where what was there is now, `was_ours` whether that was our link.

    `incomplete` says what is left to be done, by the next command, and `recovered` what became of a broken-off switch.
    """

    put_away: str = ""
    was_ours: bool = False
    incomplete: str = ""
    recovered: str = ""


def restore(layout: Layout, kept: Kept, *, system: System | None = None) -> Restored:
    """Move something back to where it was. What is there now makes way; a file of the user's is kept as another version.

    After a crash the next command finds it done or not begun, and either text where it says.
    """
    system = system or System()
    path = f"{layout.home}/{kept.target}"
    with changing(layout, "home-manager restore", system) as (_, recovered):
        with machine(f"looking at `{path}`"):
            there, back = system.status(path), system.status(kept.place)
            ours = Owned.of(layout, system)(system.link_text(path))
        if back is None:
            raise failure("nothing-to-restore", f"`{kept.place}` is gone")
        above, bounds = os.path.dirname(path), Bounds.of(layout, system)
        if not bounds.in_home(above):
            raise failure(
                "target-outside-home",
                f"`{above}` leads out of the home directory, so nothing is put there",
                hints=("make it a real directory",),
            )
        if not bounds.is_plain(_existing(system, above)):
            raise failure(
                "target-behind-link",
                f"`{above}` is reached through a link of yours to `{system.real_path(above)}`, so nothing is put there",
                notes=(f"what was kept is `{kept.place}`",),
                hints=("make it a real directory, or move what was kept by hand to where you want it",),
            )
        if there is not None and (there.device, there.inode) == (back.device, back.inode):
            with machine(f"removing `{kept.place}`"):
                # A second name of what is there already.
                system.unlink(kept.place)
            return Restored(recovered=recovered)
        transaction = _carried_out(system, layout, path, kept.place, there if ours else None)
        incomplete = transaction.finish()
    put_away = "" if there is None or ours else ReplacedFiles(system, layout).place(path, transaction.header.folder)
    return Restored(put_away, ours, incomplete, recovered)


def _carried_out(system: System, layout: Layout, path: str, place: str, ours: Status | None) -> Transaction:
    """The transaction after what was kept is back and counts; `ours` is a link of ours that makes way.

    What is on another file system is copied, and what does not let itself be moved although it seems to be on the same
    (a folder of a lower layer, say).
    """
    with machine(f"looking at `{path}`"):
        ways = (False, True) if _same_device(system, path, place) else (True,)
    for copied in ways:
        transaction = Transaction(system, layout, "", None, {})
        try:
            beside = _prepare(transaction, path, place if copied else "")
            transaction.carry_out([_bring_back(system, layout, path, beside or place, ours)])
            transaction.commit()
            return transaction
        except Failure as failed:
            undone = transaction.take_back(failed)
            if _is_elsewhere(failed) and not copied and not isinstance(undone, PartlyUndone):
                continue
            if undone is failed:
                raise
            raise undone from failed
        except BaseException as error:
            transaction.take_back(failure("interrupted", f"it was broken off: {error!r}"))
            raise
    raise AssertionError


def _existing(system: System, directory: str) -> str:
    """The nearest directory at or above one that is there."""
    while system.status(directory) is None:
        directory = os.path.dirname(directory)
    return directory


def _same_device(system: System, path: str, place: str) -> bool:
    """Whether a path is on the file system of something, or will be once it is there."""
    while system.status(path := os.path.dirname(path)) is None:
        pass
    directory, kept = system.status(system.real_path(path)), system.status(place)
    return directory is not None and kept is not None and directory.device == kept.device


def _is_elsewhere(failed: Failure) -> bool:
    """Whether something could not be moved because its place is on another file system."""
    return isinstance(failed.__cause__, OSError) and failed.__cause__.errno == errno.EXDEV


def _prepare(transaction: Transaction, path: str, source: str) -> str:
    """Make the directories above a path; the name of a copy of `source` beside it, where that is given."""
    system, directory = transaction.system, os.path.dirname(path)
    beside, number = f"{directory}/{COPY}", 1
    with machine(f"looking at `{path}`"):
        missing = [directory]
        while system.status(missing[-1]) is None:
            missing.append(os.path.dirname(missing[-1]))
        while system.status(beside) is not None:
            number += 1
            beside = f"{directory}/{COPY}-{number}"
    actions: list[Action] = [MakeDirectory(each) for each in reversed(missing[:-1])]
    if source:
        actions.append(CopyBeside(beside, source))
    transaction.carry_out(actions)
    return beside if source else ""


def _bring_back(system: System, layout: Layout, path: str, place: str, ours: Status | None) -> BringBack:
    with machine(f"looking at `{path}`"):
        held = held_name(system, layout, path, 1) if system.status(path) is not None else ""
    if ours is not None and held:
        return BringBack(path, place, held, "adopted", ours.stamp)
    return BringBack(path, place, held, "forced")
