"""The plan: which actions lead from the facts to what a generation wants, and what stands against it.

Nothing here looks at the machine: the same facts give the same plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from home_manager.activation.actions import (
    Action,
    BackUpWith,
    ChangeLink,
    Hold,
    MakeDirectory,
    MakeLink,
    Reason,
    RemoveDirectory,
    RemoveLink,
    Supersede,
)
from home_manager.activation.facts import Facts, ParentFact, TargetFact, ancestors


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user decided about things in the way; `forced` are targets of entries with `force = true`."""

    backup_extension: str | None = None
    backup_command: str | None = None
    backup_overwrite: bool = False
    forced: frozenset[str] = frozenset()

    def forces(self, target: str) -> bool:
        return target in self.forced or any(above in self.forced for above in ancestors(target))


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something in the way: where, what it is, and whether a backup would help."""

    path: str
    what: str
    can_back_up: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """The actions in order, and what they amount to; with `conflicts` it must not be carried out.

    Paths are relative to the home, except in actions. `outside` are parents that are links to other places.
    """

    actions: tuple[Action, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    outside: tuple[tuple[str, str], ...] = ()
    linked: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    adopted: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    backed_up: tuple[tuple[str, str], ...] = ()
    unchanged: int = 0
    notes: tuple[str, ...] = ()


def make_plan(
    facts: Facts, wanted: Mapping[str, str], choices: Choices, *, home: str, holding: str, serial: str = "0"
) -> Plan:
    """The plan for `home`. What is replaced waits in `holding`, or beside itself on another file system."""
    return _Planner(facts, wanted, choices, home, holding, serial).plan()


@dataclass(slots=True)
class _Planner:
    facts: Facts
    wanted: Mapping[str, str]
    choices: Choices
    home: str
    holding: str
    serial: str
    removals: list[Action] = field(default_factory=list)
    emptied: dict[str, int] = field(default_factory=dict)
    directories: dict[str, None] = field(default_factory=dict)
    links: list[Action] = field(default_factory=list)
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    outside: dict[str, str] = field(default_factory=dict)
    linked: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: dict[str, None] = field(default_factory=dict)
    adopted: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    backed_up: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    held: int = 0

    def plan(self) -> Plan:
        needed = {above for target in self.wanted for above in ancestors(target)} if self.facts.obsolete else set()
        for fact in self.facts.obsolete:
            self.retire(fact, needed)
        for fact in self.facts.targets:
            self.prepare_parents(fact.target)
            self.place(fact)
        removals: list[Action] = [
            RemoveDirectory(self.full(path), mode)
            for path, mode in sorted(self.emptied.items(), key=lambda item: (-item[0].count("/"), item[0]))
        ]
        directories: list[Action] = [MakeDirectory(self.full(path)) for path in self.directories]
        return Plan(
            actions=(*self.removals, *removals, *directories, *self.links),
            conflicts=tuple(self.conflicts.values()),
            outside=tuple(self.outside.items()),
            linked=tuple(self.linked),
            changed=tuple(self.changed),
            removed=tuple(path for path in self.removed if path not in self.wanted),
            adopted=tuple(self.adopted),
            replaced=tuple(self.replaced),
            backed_up=tuple(self.backed_up),
            unchanged=len(self.facts.right),
            notes=tuple(self.notes),
        )

    def full(self, path: str) -> str:
        return f"{self.home}/{path}"

    # What the generation before left

    def retire(self, fact: TargetFact, needed: set[str]) -> None:
        if fact.state == "ours":
            self.remove_link(fact.target, fact.text)
            for above in ancestors(fact.target):
                parent = self.facts.parents.get(above)
                if parent is not None and parent.state == "directory" and above not in needed:
                    self.emptied[above] = parent.mode
        elif fact.state in ("link", "file", "other") or (fact.state == "directory" and fact.target not in needed):
            self.notes.append(f"`{fact.target}` is no longer ours and was left as it is")

    def remove_link(self, target: str, text: str) -> None:
        if target not in self.removed:
            self.removed[target] = None
            self.removals.append(RemoveLink(self.full(target), text))

    # The directories above a target

    def prepare_parents(self, target: str) -> None:
        gone = False
        for path in ancestors(target):
            parent = self.facts.parents.get(path)
            if parent is None and not gone:
                continue
            if gone or parent is None or parent.state == "missing":
                self.directories[path] = None
                gone = True
            elif parent.state == "outside":
                self.outside[path] = parent.text
                return
            elif parent.state == "ours":
                self.remove_link(path, parent.text)
                self.directories[path] = None
                gone = True
            elif parent.state == "blocked":
                self.clear_parent(path, parent, target)
                gone = True

    def clear_parent(self, path: str, parent: ParentFact, target: str) -> None:
        if path in self.directories:
            return
        fact = TargetFact(path, "other", parent.text, device=parent.device, backup_taken=parent.backup_taken)
        what = {"link": "a link that leads to no directory", "file": "a file"}.get(parent.kind, "a special file")
        reason = self.decide(fact, self.choices.forces(target), f"{what}, where a directory is needed")
        if reason is not None:
            self.move_away(fact, reason, self.removals)
            self.directories[path] = None

    # A target

    def place(self, fact: TargetFact) -> None:
        target, text = fact.target, self.wanted[fact.target]
        path = self.full(target)
        match fact.state:
            case "missing":
                self.links.append(MakeLink(path, text))
                self.linked.append(target)
            case "ours":
                self.links.append(ChangeLink(path, fact.text, text))
                self.changed.append(target)
            case "directory":
                self.place_over_directory(fact, text)
            case "file" | "link" if fact.same:
                self.supersede(fact, "adopted", text)
                self.adopted.append(target)
            case _:
                what = {"file": "a file with other content", "link": f"a link to {fact.text}"}.get(
                    fact.state, "a special file"
                )
                reason = self.decide(fact, self.choices.forces(target), what)
                if reason == "backup" and self.choices.backup_command is not None:
                    self.links += [BackUpWith(path, self.choices.backup_command), MakeLink(path, text)]
                    self.linked.append(target)
                elif reason is not None:
                    self.supersede(fact, reason, text)
                    (self.replaced if reason == "forced" else self.linked).append(target)

    def place_over_directory(self, fact: TargetFact, text: str) -> None:
        path = self.full(fact.target)
        if not fact.foreign:
            for link, link_text in fact.links:
                self.remove_link(link, link_text)
            self.emptied.update(fact.directories)
            self.links.append(MakeLink(path, text))
            self.linked.append(fact.target)
            return
        # Not even `force` throws a directory away: there may be more in it than its owner remembers.
        reason = self.decide(fact, False, f"a directory that holds `{fact.foreign}`")
        if reason is not None:
            self.move_away(fact, reason, self.links)
            self.links.append(MakeLink(path, text))
            self.linked.append(fact.target)

    # What is in the way

    def decide(self, fact: TargetFact, forced: bool, what: str) -> Reason | None:
        """How something in the way is treated; None makes it a conflict."""
        if forced:
            return "forced"
        if self.choices.backup_command is not None:
            return "backup"
        extension = self.choices.backup_extension
        if extension is None:
            self.conflicts[fact.target] = Conflict(fact.target, what)
            return None
        backup = f"{fact.target}.{extension}"
        if (fact.backup_taken and not self.choices.backup_overwrite) or backup in self.wanted:
            self.conflicts[fact.target] = Conflict(fact.target, f"{what}, and its backup `{backup}` exists", False)
            return None
        return "backup"

    def supersede(self, fact: TargetFact, reason: Reason, text: str) -> None:
        path = self.full(fact.target)
        held = self.backup(fact, self.links) if reason == "backup" else self.hold(path, fact.device)
        self.links.append(Supersede(path, held, text, reason))

    def move_away(self, fact: TargetFact, reason: Reason, actions: list[Action]) -> None:
        path = self.full(fact.target)
        if reason == "backup" and self.choices.backup_command is not None:
            actions.append(BackUpWith(path, self.choices.backup_command))
            return
        held = self.backup(fact, actions) if reason == "backup" else self.hold(path, fact.device)
        actions.append(Hold(path, held, reason))
        if reason == "forced":
            self.replaced.append(fact.target)

    def backup(self, fact: TargetFact, actions: list[Action]) -> str:
        name = f"{fact.target}.{self.choices.backup_extension}"
        if fact.backup_taken:
            actions.append(Hold(self.full(name), self.hold(self.full(name), fact.device), "forced"))
        self.backed_up.append((fact.target, name))
        return self.full(name)

    def hold(self, path: str, device: int) -> str:
        """A free name on the same file system, for something that must wait until the end."""
        self.held += 1
        if device == self.facts.device:
            return f"{self.holding}/{self.serial}-{self.held}"
        directory, _, _ = path.rpartition("/")
        return f"{directory}/.home-manager-held-{self.serial}-{self.held}"


def held_until_the_end(actions: Iterable[Action]) -> list[str]:
    """What the actions keep only until the switch has succeeded."""
    return [a.held for a in actions if isinstance(a, (Hold, Supersede)) and a.reason != "backup"]
