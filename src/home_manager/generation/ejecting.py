"""The way out that leaves everything where it is: real files in place of links, and no more generations.

What the files and programs still need stays in the store, which from then on is a directory like any other.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass

from home_manager import __version__
from home_manager.activation import Layout, System
from home_manager.activation.actions import (
    Action,
    ChangeLink,
    Hold,
    MakeDirectory,
    MakeFile,
    MakeLink,
    RemoveLink,
    ReplaceFile,
)
from home_manager.activation.facts import links_of
from home_manager.activation.transaction import Transaction
from home_manager.diagnostics import Failure, failure
from home_manager.generation.description import files_recipe
from home_manager.generation.keeping import changing
from home_manager.generation.session import Session, generation_recipe
from home_manager.generation.uninstalling import forget
from home_manager.manifest import Manifest, Meta
from home_manager.packages.providers import Progress
from home_manager.paths import STORE_NAME
from home_manager.store import Recipes, Store, machine


@dataclass(frozen=True, slots=True)
class Ejection:
    """What happens to the home: `files` become real, `links` lead on to where they led outside of the store.

    `foreign` are not ours any more and stay; `programs` says whether there are packages, whose programs stay in the
    store. `needed` are the store paths that something still names.
    """

    files: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    foreign: tuple[str, ...]
    programs: bool
    needed: tuple[str, ...]
    actions: tuple[Action, ...]
    generations: int


def look(session: Session) -> Ejection:
    """What ejecting would do to the home as it is now."""
    current = session.profile.current
    if current is None:
        raise failure(
            "no-generation",
            "there is nothing to eject: no generation is in use in this home",
            hints=("`home-manager generations` lists those that there are",),
        )
    return _Look(session, current.path).ejection()


def eject(session: Session, progress: Progress) -> tuple[Ejection, str, tuple[str, ...]]:
    """Ejects as one transaction: what was done, what is to be said of a recovery before it, and of what was left.

    The end of it is a generation without anything, which is then forgotten. A crash before leaves the links.
    """
    layout, profile = session.layout, session.profile
    with changing(layout, "home-manager eject") as (_lock, recovered):
        found = look(session)
        current = profile.current
        assert current is not None
        with Store(layout.store) as store, store.hold():
            empty = _empty(session, store)
            progress.stage("writing the files")
            transaction = Transaction(System(), layout, empty, current.path, dict(os.environ))
            try:
                transaction.carry_out(found.actions)
                transaction.point(profile, empty, None)
            except Failure as failed:
                raise transaction.take_back(failed) from failed
            except BaseException as error:
                transaction.take_back(failure("interrupted", f"it was broken off: {error!r}"))
                raise
            transaction.finish()
        progress.stage("removing the generations")
        notes = forget(layout, profile, found.needed)
    return found, recovered, notes


def _empty(session: Session, store: Store) -> str:
    """A generation without files and packages, in the store."""
    was = session.current_manifest()
    assert was is not None
    manifest = Manifest(was.username, was.home_directory, was.state_version, meta=Meta(tool_version=__version__))
    recipes = Recipes(str(session.layout.store))
    path = recipes.add(generation_recipe(manifest, recipes.add(files_recipe((), "ignore"))))
    store.realise(recipes, [path])
    return path


class _Look:
    """One look at a home that is to be left."""

    def __init__(self, session: Session, generation: str) -> None:
        self.system = System()
        self.layout: Layout = session.layout
        self.home = str(session.layout.home)
        self.store = str(session.layout.store)
        self.generation = generation
        self.generations = len(session.profile.generations())
        self.umask = self.system.umask()
        self.actions: list[Action] = []
        self.files: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.foreign: list[str] = []
        self.sources: list[str] = []
        self.held = 0

    def ejection(self) -> Ejection:
        for target, text in sorted(links_of(self.system, self.generation).items()):
            found = self.system.link_text(f"{self.home}/{target}")
            if found != text:
                if self.system.is_there(f"{self.home}/{target}"):
                    self.foreign.append(target)
                continue
            self._eject(target, text)
        programs = self._programs()
        return Ejection(
            tuple(self.files),
            tuple(self.links),
            tuple(self.foreign),
            programs is not None,
            tuple(self._needed(programs)),
            tuple(self.actions),
            self.generations,
        )

    def _eject(self, target: str, text: str) -> None:
        path, real = f"{self.home}/{target}", self.system.real_path(f"{self.home}/{target}")
        status = self.system.status(real)
        if not self._stored(real) or status is None:
            # A link that leads out of the store, into a work tree say, keeps doing so.
            self.links.append((target, real))
            self.actions.append(ChangeLink(path, text, real))
        elif status.kind == "directory":
            # A directory cannot take the place of a link in one step; the link waits, to be put back if need be.
            self.actions.append(Hold(path, self._hold(path), "adopted"))
            self._directory(path, real)
            self.files.append(target)
        else:
            self.sources.append(real)
            mode = self._mode(status.mode)
            self.actions.append(ReplaceFile(path, self._hold(path), real, None, mode, "adopted"))
            self.files.append(target)

    def _directory(self, path: str, real: str) -> None:
        self.actions.append(MakeDirectory(path))
        for name in self.system.names(real):
            source, status = f"{real}/{name}", self.system.status(f"{real}/{name}")
            if status is None:
                continue
            if status.kind == "directory":
                self._directory(f"{path}/{name}", source)
            elif status.kind == "link":
                self.sources.append(source)
                self.actions.append(MakeLink(f"{path}/{name}", self.system.link_text(source) or ""))
            else:
                self.sources.append(source)
                self.actions.append(MakeFile(f"{path}/{name}", source, None, self._mode(status.mode)))

    def _mode(self, mode: int) -> int:
        return (0o777 if mode & 0o100 else 0o666) & ~self.umask

    def _hold(self, path: str) -> str:
        """Where a link waits until the end: with the journal, or beside itself on another file system."""
        self.held += 1
        here, there = self.system.status(path), self.system.status(str(self.layout.state))
        if here is not None and there is not None and here.device == there.device:
            return f"{self.layout.journal}/held/0-{self.held}"
        return f"{os.path.dirname(path)}/.home-manager-held-0-{self.held}"

    def _stored(self, path: str) -> bool:
        return path.startswith((f"{self.system.real_path(self.store)}/", f"{self.store}/", "/nix/store/"))

    def _programs(self) -> str | None:
        """The tree of the packages, to which the home's link leads from then on; None where there are none."""
        tree = self.system.link_text(str(self.layout.packages_profile))
        if tree is None:
            return None
        link, profile = str(self.layout.packages_link), str(self.layout.packages_profile)
        filled = any(self.system.names(tree))
        if self.system.link_text(link) == profile:
            self.actions.append(ChangeLink(link, profile, tree) if filled else RemoveLink(link, profile))
        self.actions.append(RemoveLink(profile, tree))
        return tree if filled else None

    def _needed(self, programs: str | None) -> Iterable[str]:
        """The store paths that the programs and the texts of the files need."""
        found = dict.fromkeys([] if programs is None else [programs])
        for source in self.sources:
            text = self.system.link_text(source)
            with machine(f"reading `{source}`"):
                data = self.system.read(source) if text is None else text.encode("utf-8", "surrogateescape")
            found.update(dict.fromkeys(self._mentioned(data)))
        return found

    def _mentioned(self, data: bytes) -> Iterable[str]:
        prefix = f"{self.store}/".encode()
        for piece in data.split(prefix)[1:]:
            name = piece[:256].decode("utf-8", "replace")
            end = next(
                (n for n, c in enumerate(name) if not (c.isascii() and (c.isalnum() or c in "+-._?="))), len(name)
            )
            for stop in range(end, 33, -1):
                # A full stop that ends a sentence is no part of the name.
                if STORE_NAME.fullmatch(name[:stop]) and self.system.is_there(f"{self.store}/{name[:stop]}"):
                    yield f"{self.store}/{name[:stop]}"
                    break
