"""The store on disk: objects are made under a temporary name, sealed, and renamed when they are whole.

An object that has its name is complete, and so is everything it refers to: objects are made after what they mention
and removed before it. All work is relative to the open store directory, which must be ours and a real directory.
"""

from __future__ import annotations

import fcntl
import itertools
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

from home_manager.diagnostics import failure
from home_manager.paths import STORE_NAME, AbsPath
from home_manager.store import durability, ownership, receipts
from home_manager.store.examination import Examination
from home_manager.store.faults import machine
from home_manager.store.hashing import LENGTH, spell, to_bytes
from home_manager.store.lock import attempts
from home_manager.store.receipts import Receipt
from home_manager.store.recipes import Copy, Recipe, Recipes
from home_manager.store.removal import remove_at
from home_manager.store.site import Site

Progress = Callable[[str, int, int], None]
"""Told before each object is made: its name, its number from 1, and how many there are."""

_counter = itertools.count()
_OPEN_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


@dataclass(slots=True)
class _Batch:
    """Objects that are made and sealed, but do not have their names yet."""

    pending: list[tuple[str, str, Receipt]] = field(default_factory=list)
    files: int = 0


class Store:
    """A directory of objects. `durable=False` leaves out the waiting for the disk (tests, scratch homes)."""

    def __init__(self, root: AbsPath | str, *, durable: bool = True) -> None:
        self._descriptor = -1
        self.root = str(root)
        self.durable = durable
        self._receipts: dict[str, Receipt] | None = None

    # The directory

    def descriptor(self) -> int:
        """The open store directory, made on first use and checked to be ours."""
        if self._descriptor < 0:
            with machine(f"opening the store `{self.root}`"):
                parent, name = os.path.split(self.root)
                os.makedirs(parent, exist_ok=True)
                ownership.check_way(parent, self.root)
                above = os.open(parent, _OPEN_DIRECTORY)
                try:
                    self._descriptor = _open_store(above, name, self.root)
                finally:
                    os.close(above)
        return self._descriptor

    def close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __del__(self) -> None:
        # Whoever asks a store once does not close it, and descriptors are few.
        self.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def hold(self) -> Iterator[None]:
        """While inside, nothing is collected: for whoever makes objects and has not yet made them a root."""
        with self.locked(fcntl.LOCK_SH):
            yield

    @contextmanager
    def locked(self, how: int) -> Iterator[None]:
        """While inside, the store is locked: `LOCK_SH` for making, `LOCK_EX` for removing; waits unless `LOCK_NB`, with
        which a store that is in use for longer than a moment is a failure."""
        self.descriptor()
        with machine(f"locking the store `{self.root}`"):
            descriptor = os.open(self.root, _OPEN_DIRECTORY)
        try:
            for last in attempts():
                try:
                    fcntl.flock(descriptor, how)
                    break
                except BlockingIOError:
                    if last:
                        raise failure(
                            "store-busy",
                            f"the store `{self.root}` is in use by another home-manager",
                            hints=("wait until it has ended and run the command again",),
                        ) from None
            yield
        finally:
            os.close(descriptor)

    # Reading

    def exists(self, path: str) -> bool:
        """Whether an object is there (as a link, file or directory) that we have written; others are not used.

        Asking does not make the store.
        """
        name = self.name_of(path)
        if self._descriptor < 0 and not os.path.lexists(self.root):
            return False
        return ownership.is_ours(self.descriptor(), name) is True

    def check(self, path: str) -> None:
        """Refuses an object that we have not written, or that refers to one. What is not there is not looked at."""
        if not path.startswith(self.root + "/") or not os.path.lexists(path):
            return
        for each in self._closure([self.name_of(path)]):
            if ownership.is_ours(self.descriptor(), each) is False:
                raise failure(
                    "store-untrusted",
                    f"the store object `{self.root}/{each}` was not written by this user, or others may write to it",
                    notes=("whoever can write to it decides what is in the home",),
                    hints=("`home-manager switch` makes it anew; an earlier generation that needs it cannot be used",),
                )

    def name_of(self, path: str) -> str:
        """The last component of the path of one of this store's objects."""
        directory, _, name = path.rpartition("/")
        if directory != self.root or STORE_NAME.fullmatch(name) is None:
            raise failure("store-path", f"`{path}` is not the path of an object in the store `{self.root}`")
        return name

    def names(self) -> list[str]:
        """The last path components of all objects, sorted; temporary names do not count."""
        with machine(f"reading the store `{self.root}`"):
            return sorted(name for name in os.listdir(self.descriptor()) if STORE_NAME.fullmatch(name))

    def references(self, path: str) -> frozenset[str]:
        """The paths of the objects in this store that an object mentions, itself left out."""
        name = self.name_of(path)
        if not self.exists(path):
            raise failure("store-missing", f"the store object `{path}` does not exist")
        by_hash = {other[:LENGTH]: other for other in self.names()}
        hashes = self.receipt(name).references
        return frozenset(f"{self.root}/{by_hash[h]}" for h in hashes if h in by_hash and by_hash[h] != name)

    def closure(self, paths: Iterable[str]) -> list[str]:
        """The objects with these paths that are there, and all that they refer to, sorted."""
        found = self._closure([self.name_of(path) for path in paths if self.exists(path)])
        return [f"{self.root}/{name}" for name in found]

    def _closure(self, names: Iterable[str]) -> list[str]:
        by_hash = {name[:LENGTH]: name for name in self.names()}
        seen: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += [by_hash[each] for each in self.receipt(name).references if each in by_hash]
        return sorted(seen)

    def _inputs(self, recipes: Recipes, path: str) -> list[str]:
        return self.closure(recipes.dependencies(path))

    def receipt(self, name: str) -> Receipt:
        """What is remembered of an object, or found out now if its line was lost."""
        if self._receipts is None:
            with machine(f"reading the store `{self.root}`"):
                self._receipts = receipts.read(self.descriptor())
        known = self._receipts.get(name)
        if known is None:
            known = self.examine(name)[0]
            self._receipts[name] = known
        return known

    def examine(self, name: str) -> tuple[Receipt, list[str]]:
        """What an object is now, and the paths in it that can be written to; nothing is changed."""
        look = Examination(self._prefix())
        with machine(f"reading `{self.root}/{name}`"):
            tree = look.look(self.descriptor(), name, f"{self.root}/{name}")
        return Receipt(name, tree.hex(), frozenset(look.references) - {name[:LENGTH]}), look.loose

    def _prefix(self) -> bytes:
        return to_bytes(self.root + "/")

    # Making

    def realise(self, recipes: Recipes, roots: Iterable[str], progress: Progress | None = None) -> None:
        """Make the objects `roots` and whatever they mention, as far as they are not there yet.

        Paths that no recipe is known for are left alone.
        """
        order = self.missing(recipes, roots)
        if not order:
            return
        batch = _Batch()
        with self.hold():
            try:
                for number, path in enumerate(order, 1):
                    recipe = recipes.get(path)
                    assert recipe is not None
                    if progress is not None:
                        progress(recipe.name, number, len(order))
                    if recipe.reads:
                        self._commit(batch)
                    self._make(path, recipe, batch, partial(self._inputs, recipes, path))
                self._commit(batch)
            except BaseException:
                self._abandon(batch)
                raise

    def missing(self, recipes: Recipes, roots: Iterable[str]) -> list[str]:
        """The paths that `realise` would make, dependencies first; those of packages are for a provider."""
        order: list[str] = []
        seen: set[str] = set()
        stack: list[tuple[str, bool]] = [(path, False) for path in reversed(list(roots))]
        while stack:
            path, ready = stack.pop()
            if ready:
                order.append(path)
            elif path not in seen:
                seen.add(path)
                if recipes.get(path) is None or self.exists(path):
                    continue
                stack.append((path, True))
                stack.extend((other, False) for other in sorted(recipes.dependencies(path), reverse=True))
        return order

    def _make(self, path: str, recipe: Recipe, batch: _Batch, inputs: Callable[[], Iterable[str]] = tuple) -> None:
        # A script may write its own path into what it makes: it is given a path of the same length, replaced later.
        own = spell(os.urandom(20)) if recipe.reads else ""
        temporary = f"{own}-{recipe.name}" if own else f".tmp-{os.getpid()}-{next(_counter)}"
        try:
            with machine(f"writing the store object `{recipe.name}`"):
                recipe.write(Site(f"{self.root}/{temporary}", path, inputs))
                receipt = self._seal(temporary, path, own, batch, private=getattr(recipe, "private", False))
            if isinstance(recipe, Copy) and receipt.tree != recipe.listing.hash.hex():
                raise failure(
                    "source-changed",
                    f"`{recipe.source}` was changed while it was copied into the store",
                    hints=("run the command again",),
                )
        except BaseException:
            remove_at(self.descriptor(), temporary)
            raise
        batch.pending.append((temporary, path, receipt))

    def _seal(self, temporary: str, path: str, own: str, batch: _Batch, *, private: bool) -> Receipt:
        name = self.name_of(path)
        replace = (own.encode(), name[:LENGTH].encode()) if own else None
        look = Examination(self._prefix(), sealing=True, private=private, replace=replace)
        tree = look.look(self.descriptor(), temporary, path)
        batch.files += look.files
        return Receipt(name, tree.hex(), frozenset(look.references) - {name[:LENGTH], own})

    def _commit(self, batch: _Batch) -> None:
        """Give the objects of a batch their names: contents first, then what is remembered of them, then the names."""
        if not batch.pending:
            return
        store = self.descriptor()
        with machine(f"writing to the store `{self.root}`"):
            if self.durable:
                durability.flush(store, [temporary for temporary, _, _ in batch.pending], batch.files)
            receipts.append(store, [receipt for _, _, receipt in batch.pending], durable=self.durable)
            self._receipts = None
            while batch.pending:
                temporary, path, _ = batch.pending[0]
                self._name(temporary, self.name_of(path))
                batch.pending.pop(0)
            if self.durable:
                os.fsync(store)
        batch.files = 0

    def _name(self, temporary: str, name: str) -> None:
        store = self.descriptor()
        try:
            os.rename(temporary, name, src_dir_fd=store, dst_dir_fd=store)
        except OSError:
            # A directory that is there does not give way to one of the same name.
            ours = ownership.is_ours(store, name)
            if ours is None:
                raise
            if ours:
                remove_at(store, temporary)  # another program was faster
                return
            aside = f".tmp-{os.getpid()}-{next(_counter)}"
            os.rename(name, aside, src_dir_fd=store, dst_dir_fd=store)
            os.rename(temporary, name, src_dir_fd=store, dst_dir_fd=store)
            with suppress(OSError):  # what belongs to another user may have to stay
                remove_at(store, aside)

    def _abandon(self, batch: _Batch) -> None:
        for temporary, _, _ in batch.pending:
            remove_at(self.descriptor(), temporary)

    def place(self, path: str, fill: Callable[[str], None]) -> None:
        """Make the object `path`, which has no recipe, unless it is there; `fill` creates it where it is told to."""
        if not self.exists(path):
            batch = _Batch()
            with self.hold():
                try:
                    self._make(path, _Filled(self.name_of(path), fill), batch)
                    self._commit(batch)
                except BaseException:
                    self._abandon(batch)
                    raise

    def add_tree(self, name: str, directory: str) -> str:
        """Copy a file or directory into the store; the path of the object."""
        recipes = Recipes(self.root)
        path = recipes.add(Copy(name, directory))
        self.realise(recipes, (path,))
        return path

    def forget_receipts(self) -> None:
        """What was read of the receipts counts no more: objects were removed."""
        self._receipts = None


@dataclass(frozen=True, slots=True)
class _Filled:
    """The recipe of an object whose path is known from elsewhere."""

    name: str
    fill: Callable[[str], None]

    @property
    def reads(self) -> bool:
        return False

    def digest(self) -> str:
        return ""

    def mentions(self) -> Iterable[str]:
        return ()

    def write(self, site: Site) -> None:
        self.fill(site.path)


def _open_store(above: int, name: str, shown: str) -> int:
    with suppress(FileExistsError):
        os.mkdir(name, 0o755, dir_fd=above)
    try:
        descriptor = os.open(name, _OPEN_DIRECTORY | os.O_NOFOLLOW, dir_fd=above)
    except (NotADirectoryError, OSError) as error:
        if not isinstance(error, NotADirectoryError) and error.errno != 40:
            raise
        raise ownership.unsafe(shown, "it is not a directory, or a link to one") from None
    status = os.fstat(descriptor)
    if status.st_uid not in (os.geteuid(), 0):
        os.close(descriptor)
        raise ownership.unsafe(shown, f"it belongs to the user number {status.st_uid}")
    if status.st_mode & 0o022:
        os.fchmod(descriptor, 0o755)
    return descriptor
