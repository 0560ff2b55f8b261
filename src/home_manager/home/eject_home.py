"""The way out that leaves everything where it is: real files in place of links, and no more generations.

What the files and programs still need stays in the store, which from then on is a directory like any other.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass

from home_manager import __version__
from home_manager.activation import Layout, ReplacedFiles, System
from home_manager.activation.actions import (
    Action,
    BringBack,
    ChangeLink,
    Hold,
    MakeDirectory,
    MakeFile,
    MakeLink,
    RemoveLink,
    ReplaceFile,
)
from home_manager.activation.bounds import Bounds
from home_manager.activation.facts import held_name, links_of
from home_manager.activation.transaction import Transaction
from home_manager.configuration.generation import generation_recipe
from home_manager.configuration.manifest_builder import files_recipe
from home_manager.diagnostics import Failure, failure
from home_manager.home import ejected_home
from home_manager.home.collect_garbage import changing
from home_manager.home.home import Home
from home_manager.home.uninstall_home import forget
from home_manager.manifest import Manifest, Meta
from home_manager.packages.providers import Progress
from home_manager.paths import STORE_NAME
from home_manager.store import Recipes, Store, machine

STARTING = (".wants", ".requires", ".upholds")
"""Ends of the names of directories in which systemd looks for what a unit starts."""

TEMPLATE = re.compile(r"@[^@]*(?=\.[a-z]+$)")


@dataclass(frozen=True, slots=True)
class Ejection:
    """What happens to the home: `files` become real, `links` lead on to where they led outside of the store.

    `foreign` are not ours any more and stay; `programs` says whether there are packages, whose programs stay in the
    store. `needed` are the store paths that something still names. `begun`: an ejection was broken off when the home had
    its files already, and what is left of it is to forget the generations.
    """

    files: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    foreign: tuple[str, ...]
    programs: bool
    needed: tuple[str, ...]
    actions: tuple[Action, ...]
    generations: int
    begun: bool = False


def look(home: Home) -> Ejection:
    """What ejecting would do to the home as it is now."""
    current, generations = home.profile.current, len(home.profile.generations())
    begun = ejected_home.marked(current.path) if current is not None else None
    if begun is None and current is None and ejected_home.was_ejected(home.layout):
        begun = ejected_home.roots(home.layout)
    if begun is not None:
        return Ejection((), (), (), programs=False, needed=begun, actions=(), generations=generations, begun=True)
    if current is None:
        raise failure(
            "no-generation",
            "there is nothing to eject: no generation is in use in this home",
            hints=("`home-manager generations` lists those that there are",),
        )
    return _Look(home, current.path).ejection()


def eject(home: Home, progress: Progress) -> tuple[Ejection, str, tuple[str, ...]]:
    """Ejects as one transaction: what was done, what is to be said of a recovery before it, and of what was left.

    The end of it is a generation without anything, which is then forgotten. A crash before leaves the links.
    """
    layout, profile = home.layout, home.profile
    with changing(layout, "home-manager eject") as (_lock, recovered):
        found = look(home)
        if not found.begun:
            with Store(layout.store) as store, store.hold():
                progress.stage("writing the files")
                _carry_out(home, store, found)
        progress.stage("removing the generations")
        ejected_home.record(layout, found.needed)
        notes = forget(layout, profile)
    return found, recovered, notes


def _carry_out(home: Home, store: Store, ejection: Ejection) -> None:
    """Changes the files of the home, and then which generation is in use."""
    layout, profile = home.layout, home.profile
    current = profile.current
    assert current is not None
    empty = _empty(home, store, ejection.needed)
    transaction = Transaction(System(), layout, empty, current.path, dict(os.environ))
    try:
        transaction.carry_out(ejection.actions)
        transaction.point(profile, empty, None)
    except Failure as failed:
        raise transaction.take_back(failed) from failed
    except BaseException as error:
        transaction.take_back(failure("interrupted", f"it was broken off: {error!r}"))
        raise
    # What may be left of it are our own links, which go with the journal.
    transaction.finish()


def _empty(home: Home, store: Store, needed: tuple[str, ...]) -> str:
    """A generation without files and packages, in the store, that names what is needed all the same."""
    was = home.current_manifest()
    assert was is not None
    manifest = Manifest(was.username, was.home_directory, was.state_version, meta=Meta(tool_version=__version__))
    recipes = Recipes(str(home.layout.store))
    generation = generation_recipe(manifest, recipes.add(files_recipe((), "ignore")))
    path = recipes.add(ejected_home.mark(generation, needed))
    store.realise(recipes, [path])
    return path


class _Look:
    """One look at a home that is to be left."""

    def __init__(self, home: Home, generation: str) -> None:
        self.system = System()
        self.layout: Layout = home.layout
        self.home = str(home.layout.home)
        self.store = str(home.layout.store)
        self.generation = generation
        self.generations = len(home.profile.generations())
        self.umask = self.system.umask()
        self.actions: list[Action] = []
        self.files: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.foreign: list[str] = []
        self.sources: list[str] = []
        self.left: list[str] = []
        self.held = 0
        self.texts: dict[str, str] = {}
        self.due = ReplacedFiles(self.system, self.layout).due()

    def ejection(self) -> Ejection:
        self.texts = links_of(self.system, self.generation)
        bounds = Bounds.of(self.layout, self.system)
        for target, text in sorted(self.texts.items()):
            found = self.system.link_text(f"{self.home}/{target}")
            if found != text:
                if self.system.is_there(f"{self.home}/{target}"):
                    self.foreign.append(target)
                continue
            if bounds.is_plain(os.path.dirname(f"{self.home}/{target}")):
                self._eject(target, text)
            else:
                # It is behind a link of the user's, where nothing is written; so what it leads to has to stay.
                self.foreign.append(target)
                self.left.append(text)
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
        if (unit := self._unit_beside(target, real)) is not None:
            # systemd takes note of links alone in the directories that say what starts what.
            self.links.append((target, unit))
            self.actions.append(ChangeLink(path, text, unit))
        elif not self._stored(real) or status is None:
            # A link that leads out of the store, into a work tree say, keeps doing so.
            self.links.append((target, real))
            self.actions.append(ChangeLink(path, text, real))
        elif status.kind == "directory":
            # A directory cannot take the place of a link in one step; the link waits, to be put back if need be.
            self.actions.append(Hold(path, self._hold(path), "adopted"))
            self._directory(path, real, (real, path), ())
            self.files.append(target)
        elif (own := self._taken_from_the_user(target, path)) is not None:
            # It held the same before it was ours, and is the user's file again.
            self.actions.append(BringBack(path, own, self._hold(path), "adopted"))
            self.files.append(target)
        else:
            self.sources.append(real)
            mode = self._mode(status.mode)
            self.actions.append(ReplaceFile(path, self._hold(path), real, None, mode, "adopted"))
            self.files.append(target)

    def _taken_from_the_user(self, target: str, path: str) -> str | None:
        """Where what stood at a target before it became a link of ours is kept, if that has the same content still."""
        kept = self.due.get(target)
        if kept is None or kept.reason != "taken":
            return None
        text = self.system.link_text(kept.place)
        leads_to = kept.place if text is None else os.path.join(os.path.dirname(path), text)
        if not self.system.same_content(path, leads_to):
            return None
        here, there = self.system.status(path), self.system.status(kept.place)
        return kept.place if here is not None and there is not None and here.device == there.device else None

    def _unit_beside(self, target: str, real: str) -> str | None:
        """The text of a link to the unit that a target in `x.target.wants` stands for; None of other targets."""
        directory, name = os.path.split(target)
        above, kind = os.path.split(directory)
        if not kind.endswith(STARTING):
            return None
        for unit in (name, TEMPLATE.sub("@", name)):
            if f"{above}/{unit}" in self.texts and self.system.real_path(f"{self.home}/{above}/{unit}") == real:
                return f"../{unit}"
        return None

    def _directory(self, path: str, real: str, top: tuple[str, str], above: tuple[str, ...]) -> None:
        """Copies a directory; `top` is the outermost one and its copy, `above` the directories that this one is in."""
        self.actions.append(MakeDirectory(path))
        above = (*above, real)
        for name in self.system.names(real):
            source, status = f"{real}/{name}", self.system.status(f"{real}/{name}")
            if status is None:
                continue
            if status.kind == "directory":
                self._directory(f"{path}/{name}", source, top, above)
            elif status.kind == "link":
                self._link(f"{path}/{name}", source, top, above)
            else:
                self._file(f"{path}/{name}", source, status.mode)

    def _link(self, path: str, source: str, top: tuple[str, str], above: tuple[str, ...]) -> None:
        """A link within a copied directory goes on leading into it; one to elsewhere in the store is what it leads to."""
        text = self.system.link_text(source) or ""
        place = os.path.normpath(os.path.join(os.path.dirname(source), text))
        real = self.system.real_path(source)
        status = self.system.status(real)
        if place == top[0] or place.startswith(f"{top[0]}/"):
            # The copy is laid out alike, wherever it is.
            self.actions.append(MakeLink(path, os.path.relpath(place, os.path.dirname(source))))
        elif status is None or not self._stored(real):
            self.actions.append(MakeLink(path, place))
        elif status.kind != "directory":
            self._file(path, real, status.mode)
        elif real in above:
            self.sources.append(source)
            self.actions.append(MakeLink(path, real))
        else:
            self._directory(path, real, (real, path), above)

    def _file(self, path: str, source: str, mode: int) -> None:
        self.sources.append(source)
        self.actions.append(MakeFile(path, source, None, self._mode(mode)))

    def _mode(self, mode: int) -> int:
        return (0o777 if mode & 0o100 else 0o666) & ~self.umask

    def _hold(self, path: str) -> str:
        """Where a link waits until the end: with the journal, or beside itself on another file system."""
        self.held += 1
        return held_name(self.system, self.layout, path, self.held)

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
        for left in self.left:
            found.update(dict.fromkeys(self._mentioned(left.encode("utf-8", "surrogateescape"))))
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
