"""Facts: what is in the home where a generation wants to be, looked at once and then only thought about."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from home_manager.activation.layout import Layout
from home_manager.activation.protected_sources import Sources
from home_manager.activation.real_files import RealFact, RealFile, RealLook
from home_manager.activation.replaced_files import Kept, ReplacedFiles
from home_manager.activation.system import Status, System

TargetState = Literal["missing", "right", "ours", "copy", "link", "file", "directory", "other"]
ParentState = Literal["missing", "directory", "inside", "outside", "ours", "blocked"]

DEFAULT_EXTENSION = "backup"
"""What backups end in where the user asks for one without saying how."""

_OBJECT = r"/[0-9a-z]{32}-home-manager-files/"
_NIX_STORE = "/nix/store"


@dataclass(frozen=True, slots=True)
class Owned:
    """Tells our links from others: those into any `…-home-manager-files` of this store, or of Nix's."""

    pattern: re.Pattern[str]

    @classmethod
    def of(cls, layout: Layout, system: System) -> Owned:
        stores = dict.fromkeys((str(layout.store), system.real_path(str(layout.store)), _NIX_STORE))
        return cls(re.compile(f"(?:{'|'.join(map(re.escape, stores))}){_OBJECT}.", re.DOTALL))

    def __call__(self, text: str | None) -> bool:
        return text is not None and self.pattern.match(text) is not None


@dataclass(frozen=True, slots=True)
class TargetFact:
    """What is at a target that a generation wants, or had.

    `right`: the very link that is wanted. `ours`: another link of a generation. `copy`: a real file of one, as it was
    written. `link`: anybody's. `same`: what is there has the wanted content, None where that is not known before it
    is built. `backup_taken`: the name of its backup is in use; `backup_free` is one that is not. Of a directory that
    holds nothing but our links, `links` are those (path and text) and `directories` itself and those in it (path and
    mode); else `foreign` names something of the user's in it.
    """

    target: str
    state: TargetState
    text: str = ""
    same: bool | None = False
    device: int = 0
    stamp: tuple[int, ...] = ()
    backup_taken: bool = False
    backup_free: str = ""
    links: tuple[tuple[str, str], ...] = ()
    directories: tuple[tuple[str, int], ...] = ()
    foreign: str = ""


@dataclass(frozen=True, slots=True)
class DueFact:
    """Something of the user's that is due: nothing of ours shall be at its target any more.

    It is at `place`, and so is its `device`; `other_device` says that its target is on another one. What is at the
    target: `free` where nothing is, or what will go, such as `text`, a link of ours, or the `links` and `directories`
    of a directory of ours; `over` where it takes the place of a file with our keys (see `stamp`); `behind` where
    another thing is that is due itself; and `used` where something of the user's is.
    """

    target: str
    place: str
    state: Literal["free", "over", "behind", "used"]
    is_backup: bool = False
    other_device: bool = False
    device: int = 0
    text: str = ""
    stamp: tuple[int, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    directories: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ParentFact:
    """What is at a directory above a target.

    `inside` and `outside`: a link of the user's to a directory in the home, or elsewhere (`text`). `ours`: a
    directory that an older generation linked as a whole. `blocked`: no directory at all.
    """

    path: str
    state: ParentState
    text: str = ""
    kind: str = ""
    mode: int = 0
    device: int = 0
    backup_taken: bool = False
    backup_free: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of a home before it is changed; paths are relative to it.

    `right` are the targets that need nothing, `device` is the file system of the state directory. `real` are the
    facts of real files, `in_the_way` what is where one of them shall be, `dropped` those that are no longer wanted.
    `due` is what comes back. `sources` are targets where a file is that the configuration is read from.
    """

    right: tuple[str, ...]
    targets: tuple[TargetFact, ...]
    obsolete: tuple[TargetFact, ...]
    parents: Mapping[str, ParentFact]
    device: int
    real: tuple[RealFact, ...] = ()
    in_the_way: Mapping[str, TargetFact] = field(default_factory=dict)
    dropped: tuple[RealFact, ...] = ()
    due: tuple[DueFact, ...] = ()
    sources: frozenset[str] = frozenset()


def gather(
    system: System,
    layout: Layout,
    wanted: Mapping[str, str],
    former: Iterable[str],
    backup_extension: str | None = None,
    *,
    real: Mapping[str, RealFile] | None = None,
    former_real: Mapping[str, RealFile] | None = None,
    contents: Mapping[str, bytes | None] | None = None,
    sources: Callable[[], Sources] = Sources,
) -> Facts:
    """The facts of a home for the `wanted` links (target → text) and the targets of the `former` generation.

    `real` and `former_real` are the real files of both. `contents` has, by target, what sources hold that are not
    built; None there stands for what nobody knows yet. `sources` tells what the configuration is read from.
    """
    look = _Look(system, layout, wanted, backup_extension, real or {}, former_real or {}, contents or {})
    look.sources = sources
    return look.gather(former)


class _Look:
    """One look at a home; what is above the targets is looked at once each."""

    def __init__(
        self,
        system: System,
        layout: Layout,
        wanted: Mapping[str, str],
        backup: str | None,
        real: Mapping[str, RealFile],
        former_real: Mapping[str, RealFile],
        contents: Mapping[str, bytes | None],
    ) -> None:
        self.system = system
        self.home = str(layout.home)
        self.wanted = wanted
        self.backup = backup
        self.real_files, self.former_real, self.contents = real, former_real, contents
        known = {target: content for target in real if target in contents and (content := contents[target]) is not None}
        self.real_look = RealLook(system, former_real, known, system.umask() if real else 0)
        self.in_the_way: dict[str, TargetFact] = {}
        self.parents: dict[str, ParentFact] = {}
        self.owned = Owned.of(layout, system)
        self.layout = layout
        self.sources: Callable[[], Sources] = Sources
        self.read: set[str] = set()
        self.due_now = ReplacedFiles(system, layout).due()

    def gather(self, former: Iterable[str]) -> Facts:
        link_text, home = self.system.link_text, self.home
        right: list[str] = []
        rest: list[str] = []
        for target, text in self.wanted.items():
            (right if link_text(f"{home}/{target}") == text else rest).append(target)
        obsolete = [target for target in former if target not in self.wanted and target not in self.real_files]
        dropped = [
            file
            for target, file in self.former_real.items()
            if target not in self.real_files and target not in self.wanted
        ]
        device = 0
        leaving = {file.target: fact for file in dropped if (fact := self.dropped(file)) is not None}
        due = self.all_due(leaving) if self.due_now else ()
        if rest or self.real_files or dropped or due:
            status = self.system.status(existing_state(self.system, self.layout))
            device = status.device if status else 0
        return Facts(
            right=tuple(right),
            targets=tuple(self.target(target, self.wanted[target]) for target in rest),
            obsolete=tuple(self.former(target) for target in obsolete),
            parents=self.parents,
            device=device,
            real=tuple(self.real(file) for file in self.real_files.values()),
            in_the_way=self.in_the_way,
            dropped=tuple(leaving.values()),
            due=due,
            sources=frozenset(self.read),
        )

    # What is above a target

    def above(self, target: str) -> ParentFact | None:
        """The nearest parent that is not a plain directory, or else the last one; None directly below the home."""
        at = -1
        fact = None
        while (at := target.find("/", at + 1)) != -1:
            path = target[:at]
            fact = self.parents.get(path)
            if fact is None:
                fact = self.parents[path] = self.parent(path)
            if fact.state != "directory":
                return fact
        return fact

    def parent(self, path: str) -> ParentFact:
        where = f"{self.home}/{path}"
        status = self.system.status(where)
        if status is None:
            return ParentFact(path, "missing")
        if status.kind == "directory":
            return ParentFact(path, "directory", mode=status.mode, device=status.device)
        text = self.system.link_text(where) or ""
        if status.kind == "link":
            if self.owned(text):
                return ParentFact(path, "ours", text, "link")
            if self.system.is_directory(where):
                return ParentFact(path, "inside" if self.stays(where) else "outside", text, "link")
        taken, free = self.backup_taken(path), self.backup_free(path)
        return ParentFact(path, "blocked", text, status.kind, status.mode, status.device, taken, free)

    def stays(self, where: str) -> bool:
        """Whether a link leads to a directory in the home that is not part of a store."""
        real, home = self.system.real_path(where), self.system.real_path(self.home)
        store = self.system.real_path(str(self.layout.store))
        return real.startswith(home + "/") and not f"{real}/".startswith(store + "/")

    # What is at a target

    def target(self, target: str, text: str) -> TargetFact:
        parent = self.above(target)
        if parent is not None and parent.state != "directory":
            return TargetFact(target, "missing")
        where = f"{self.home}/{target}"
        status = self.system.status(where)
        if status is None:
            return TargetFact(target, "missing")
        if status.kind == "link":
            return self.link(target, where, text, status)
        self.note_source(target, where)
        if status.kind == "directory":
            return self.directory(target, where, status)
        if status.kind == "file" and self.was_ours(target, where):
            return TargetFact(target, "copy", "", True, status.device, status.stamp)
        same = status.kind == "file" and self.same(target, where, text)
        return self.fact(TargetFact(target, status.kind, "", same, status.device, status.stamp))

    def note_source(self, target: str, where: str) -> None:
        """Remember a target where something is that the configuration is read from; nothing may take its place."""
        directory, _, name = where.rpartition("/")
        if self.sources().hold(f"{self.system.real_path(directory)}/{name}"):
            self.read.add(target)

    def link(self, target: str, where: str, text: str, status: Status) -> TargetFact:
        found = self.system.link_text(where) or ""
        if self.owned(found):
            return TargetFact(target, "ours", found)
        self.note_source(target, where)
        same = self.same(target, where, text)
        return self.fact(TargetFact(target, "link", found, same, status.device, status.stamp))

    def fact(self, fact: TargetFact) -> TargetFact:
        """The same with what is known of its backups, where that may be asked for."""
        if fact.same:
            return fact
        return replace(fact, backup_taken=self.backup_taken(fact.target), backup_free=self.backup_free(fact.target))

    def same(self, target: str, where: str, text: str) -> bool | None:
        """Whether what is there has the wanted content; None where that is not known yet."""
        if target not in self.contents or self.system.is_there(text):
            return self.system.same_content(where, text)
        content = self.contents[target]
        try:
            return None if content is None else self.system.read(where) == content
        except OSError:
            return False

    def was_ours(self, target: str, where: str) -> bool:
        """Whether a real file of the generation before is as it was written; a link may take its place."""
        before = self.former_real.get(target)
        return before is not None and self.real_look.unchanged(before, where, self.original(target))

    def original(self, target: str) -> str:
        """Where a file of the user's is kept from before our keys were set in it."""
        due = self.due_now.get(target)
        return due.place if due is not None and due.reason == "taken" else ""

    def directory(self, target: str, where: str, status: Status, leaving: Container[str] = ()) -> TargetFact:
        """A directory, without what in it is `leaving`."""
        links: list[tuple[str, str]] = []
        directories: list[tuple[str, int]] = [(target, status.mode)]
        foreign = ""
        pending = [target]
        while pending and not foreign:
            below = pending.pop()
            for name in self.system.names(f"{self.home}/{below}"):
                path = f"{below}/{name}"
                found = self.system.status(f"{self.home}/{path}")
                text = self.system.link_text(f"{self.home}/{path}")
                if found is not None and found.kind == "directory":
                    pending.append(path)
                    directories.append((path, found.mode))
                elif text is not None and self.owned(text):
                    links.append((path, text))
                elif path not in leaving:
                    foreign = path
        return TargetFact(
            target,
            "directory",
            device=status.device,
            backup_taken=self.backup_taken(target),
            backup_free=self.backup_free(target) if foreign else "",
            links=tuple(links) if not foreign else (),
            directories=tuple(directories) if not foreign else (),
            foreign=foreign,
        )

    def former(self, target: str) -> TargetFact:
        """What is at a target of the generation before. Nothing is looked for behind a link of ours."""
        parent = self.above(target)
        where = f"{self.home}/{target}"
        if parent is not None and parent.state != "directory":
            # Behind a link of the user's, what was ours is left.
            left = parent.state == "inside" and self.system.status(where) is not None
            return TargetFact(target, "link" if left else "missing")
        text = self.system.link_text(where)
        if text is not None:
            return TargetFact(target, "ours" if self.owned(text) else "link", text)
        status = self.system.status(where)
        return TargetFact(target, "missing" if status is None else status.kind)

    # Real files

    def real(self, file: RealFile) -> RealFact:
        parent = self.above(file.target)
        where = f"{self.home}/{file.target}"
        if parent is not None and parent.state != "directory":
            return self.real_look.wanted(file, where, None, ours=False)
        status = self.system.status(where)
        text = self.system.link_text(where)
        ours = self.owned(text)
        if status is not None and not ours and file.how != "seed":
            self.note_source(file.target, where)
        if status is not None and status.kind == "directory" and file.how != "seed":
            self.in_the_way[file.target] = self.directory(file.target, where, status)
            return replace(self.real_look.wanted(file, where, None, ours=False), state="blocked")
        fact = self.real_look.wanted(file, where, status, ours=ours)
        if fact.state == "blocked" and status is not None:
            found = TargetFact(file.target, status.kind, text or "", device=status.device)
            self.in_the_way[file.target] = self.fact(found)
        return fact

    def dropped(self, file: RealFile) -> RealFact | None:
        parent = self.above(file.target)
        if parent is not None and parent.state != "directory":
            return None
        where = f"{self.home}/{file.target}"
        return self.real_look.former_one(file, where, self.system.status(where), self.original(file.target))

    # What is the user's, and comes back

    def all_due(self, leaving: Mapping[str, RealFact]) -> tuple[DueFact, ...]:
        """Everything that is due at a target that is not wanted, nor lies above or below one that is."""
        above = {path for target in (*self.wanted, *self.real_files) for path in ancestors(target)}
        places = {kept.place for kept in self.due_now.values()}
        found = []
        for kept in self.due_now.values():
            family = (kept.target, *ancestors(kept.target))
            if kept.target not in above and not any(t in self.wanted or t in self.real_files for t in family):
                found.append(self.due(kept, leaving, places))
        return tuple(found)

    def due(self, kept: Kept, leaving: Mapping[str, RealFact], places: Container[str]) -> DueFact:
        fact = self.due_at(kept, leaving, places)
        there, existing = self.system.status(kept.place), f"{self.home}/{kept.target}"
        while self.system.status(existing := existing.rpartition("/")[0]) is None:
            pass
        here = self.system.status(self.system.real_path(existing))
        if there is None or here is None:
            return fact
        return replace(fact, device=there.device, other_device=there.device != here.device)

    def due_at(self, kept: Kept, leaving: Mapping[str, RealFact], places: Container[str]) -> DueFact:
        fact, where = DueFact(kept.target, kept.place, "free", kept.is_backup), f"{self.home}/{kept.target}"
        parent = self.above(kept.target)
        if parent is not None and parent.state in ("inside", "outside", "blocked"):
            return replace(fact, state="used")
        if parent is not None and parent.state in ("missing", "ours"):
            return fact
        status = self.system.status(where)
        if status is None:
            return fact
        if where in places:
            return replace(fact, state="behind")
        left = leaving.get(kept.target)
        if left is not None and left.state in ("gone", "back"):
            return fact if left.state == "gone" else replace(fact, state="over", stamp=status.stamp)
        text = self.system.link_text(where)
        if self.owned(text):
            return replace(fact, text=text or "")
        if status.kind == "directory":
            gone = {target for target, each in leaving.items() if each.state == "gone"}
            found = self.directory(kept.target, where, status, gone)
            if not found.foreign:
                return replace(fact, links=found.links, directories=found.directories)
        return replace(fact, state="used")

    def backup_free(self, target: str) -> str:
        """A name for a backup that is not in use yet."""
        name = f"{target}.{self.backup or DEFAULT_EXTENSION}"
        number = 1
        free = name
        while self.system.status(f"{self.home}/{free}") is not None or free in self.wanted:
            number += 1
            free = f"{name}-{number}"
        return free

    def backup_taken(self, target: str) -> bool:
        return self.backup is not None and self.system.status(f"{self.home}/{target}.{self.backup}") is not None


def existing_state(system: System, layout: Layout) -> str:
    """The nearest directory at or above the state directory that is there."""
    path = str(layout.state)
    while path != "/" and system.status(path) is None:
        path = path.rpartition("/")[0] or "/"
    return path


def held_name(system: System, layout: Layout, path: str, number: int) -> str:
    """Where something at `path` waits for the end of a transaction: with the journal, or beside itself on another file
    system, so that it can be moved there."""
    here, there = system.status(path), system.status(existing_state(system, layout))
    if here is not None and there is not None and here.device == there.device:
        return f"{layout.journal}/held/0-{number}"
    return f"{path.rpartition('/')[0]}/.home-manager-held-0-{number}"


def links_of(system: System, generation: str) -> dict[str, str]:
    """The links that a generation wants in the home: target → text. Empty where it has no files."""
    files = system.link_text(f"{generation}/home-files")
    if files is None:
        return {}
    return {target: f"{files}/{target}" for target in system.leaves(files)}


def ancestors(target: str) -> Sequence[str]:
    """The directories above a target, the outermost first."""
    parts = target.split("/")
    return ["/".join(parts[:n]) for n in range(1, len(parts))]
