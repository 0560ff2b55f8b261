"""Garbage collection and verification of a store."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable
from dataclasses import dataclass

from home_manager.diagnostics import Failure
from home_manager.paths import STORE_NAME
from home_manager.store import receipts
from home_manager.store.faults import machine
from home_manager.store.hashing import LENGTH
from home_manager.store.objects import Store
from home_manager.store.removal import remove_at


@dataclass(frozen=True, slots=True)
class Collected:
    """What a collection removed: paths, sorted, and how many bytes they held."""

    removed: tuple[str, ...]
    freed: int


@dataclass(frozen=True, slots=True)
class Damage:
    """An object that is not as it was stored.

    `kind` is "changed", "writable" (its permissions were changed) or "incomplete" (what it mentions is gone).
    """

    path: str
    kind: str


def closure(store: Store, roots: Iterable[str]) -> set[str]:
    """The names of all objects that `roots` (paths of the store, or below one) need, themselves included."""
    by_hash = {name[:LENGTH]: name for name in store.names()}
    wanted = [name for root in roots if (name := _object_of(store, root)) is not None]
    alive: set[str] = set()
    while wanted:
        name = wanted.pop()
        if by_hash.get(name[:LENGTH]) != name or name in alive:
            continue
        alive.add(name)
        wanted.extend(by_hash[h] for h in store.receipt(name).references if h in by_hash)
    return alive


def _object_of(store: Store, path: str) -> str | None:
    if not path.startswith(store.root + "/"):
        return None
    name = path[len(store.root) + 1 :].split("/", 1)[0]
    return name if STORE_NAME.fullmatch(name) else None


def collect(store: Store, roots: Iterable[str], *, dry_run: bool = False) -> Collected:
    """Remove every object that no root needs, and what broken-off work left behind.

    An object goes before what it refers to, so a collection that is broken off leaves no object incomplete.
    """
    try:
        return _collect(store, roots, dry_run=dry_run)
    finally:
        store.forget_receipts()


def _collect(store: Store, roots: Iterable[str], *, dry_run: bool) -> Collected:
    with store.locked(fcntl.LOCK_EX | fcntl.LOCK_NB):
        alive = closure(store, roots)
        dead = [name for name in store.names() if name not in alive]
        paths = tuple(f"{store.root}/{name}" for name in dead)
        if dry_run:
            return Collected(paths, 0)
        freed = 0
        with machine(f"removing objects from the store `{store.root}`"):
            for name in _referrers_first(store, dead):
                freed += _remove(store, name)
            for name in os.listdir(store.descriptor()):
                if name.startswith((".tmp-", ".trash-")):
                    freed += remove_at(store.descriptor(), name)
            if dead:
                known = receipts.read(store.descriptor())
                receipts.replace(store.descriptor(), (known[name] for name in sorted(alive) if name in known))
        return Collected(paths, freed)


def _remove(store: Store, name: str) -> int:
    """Take an object's name away at once, then its content: there is never half an object under a name."""
    directory = store.descriptor()
    trash = f".trash-{name[:LENGTH]}"
    remove_at(directory, trash)
    os.rename(name, trash, src_dir_fd=directory, dst_dir_fd=directory)
    return remove_at(directory, trash)


def _referrers_first(store: Store, names: list[str]) -> list[str]:
    by_hash = {name[:LENGTH]: name for name in names}
    order: list[str] = []
    seen: set[str] = set()
    stack = [(name, False) for name in names]
    while stack:
        name, ready = stack.pop()
        if ready:
            order.append(name)
        elif name not in seen:
            seen.add(name)
            stack.append((name, True))
            stack.extend((by_hash[h], False) for h in store.receipt(name).references if h in by_hash)
    order.reverse()
    return order


def verify(store: Store) -> list[Damage]:
    """Read every object again and compare it with what was stored; what is not as it was, by path."""
    known = receipts.read(store.descriptor())
    by_hash = {name[:LENGTH]: name for name in store.names()}
    damaged: dict[str, str] = {}
    for name in by_hash.values():
        try:
            now, loose = store.examine(name)
        except Failure:
            # It holds what no object may hold, such as a FIFO, or cannot be read: nobody of ours has made it so.
            damaged[name] = "changed"
            continue
        receipt = known.get(name, now)
        if now.tree != receipt.tree:
            damaged[name] = "changed"
        elif not receipt.references <= by_hash.keys():
            damaged[name] = "incomplete"
        elif loose:
            damaged[name] = "writable"
    return [Damage(f"{store.root}/{name}", kind) for name, kind in sorted(damaged.items())]
