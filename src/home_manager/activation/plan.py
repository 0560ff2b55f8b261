"""The plan: which actions lead from the facts to what a generation wants, and what stands against it.

Nothing here looks at the machine: the same facts give the same plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from home_manager.activation.actions import (
    Action,
    BackUpWith,
    BringBack,
    ChangeLink,
    ChangeMode,
    CopyBeside,
    Hold,
    MakeDirectory,
    MakeFile,
    MakeLink,
    Reason,
    Remember,
    RemoveDirectory,
    RemoveLink,
    ReplaceFile,
    Settle,
    Supersede,
)
from home_manager.activation.facts import DueFact, Facts, ParentFact, TargetFact, ancestors
from home_manager.activation.real_files import RealFact

Decision = Literal["backup", "overwrite", "skip"]
"""What the user wants done with one thing in the way."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user decided about things in the way; `forced` are targets of entries with `force = true`.

    `decisions` are answers for single paths, which count more than all else.
    """

    backup_extension: str | None = None
    backup_command: str | None = None
    backup_overwrite: bool = False
    forced: frozenset[str] = frozenset()
    decisions: Mapping[str, Decision] = field(default_factory=dict)

    def skips(self, target: str) -> bool:
        """Whether a target is left out, since it or a directory above it is to stay as it is."""
        if not self.decisions:
            return False
        return any(self.decisions.get(path) == "skip" for path in (target, *ancestors(target)))

    def forces(self, target: str) -> bool:
        return target in self.forced or any(above in self.forced for above in ancestors(target))


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something in the way: where, what it is, and whether a backup would help.

    `can_overwrite` is false for what is never thrown away. `wanted` is where the content can be read that shall be
    there, in a link's words; empty for a directory that is needed.
    """

    path: str
    what: str
    can_back_up: bool = True
    can_overwrite: bool = True
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The actions in order, and what they amount to; with `conflicts` it must not be carried out.

    Paths are relative to the home, except in actions. `outside` are parents that are links to places outside of the
    home, `behind` those that are links of the user's to other places in it, `sources` targets where a file is that
    the configuration is read from; with any of them it must not be carried out either. `adopted` are files of the
    user's with the right content; `returned` are the user's again; `skipped` are targets that the user wants left as
    they are, `undecided` those in the way of what is not built yet.
    """

    actions: tuple[Action, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    outside: tuple[tuple[str, str], ...] = ()
    behind: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    adopted: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    backed_up: tuple[tuple[str, str], ...] = ()
    unchanged: int = 0
    skipped: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
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
    behind: dict[str, str] = field(default_factory=dict)
    linked: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: dict[str, None] = field(default_factory=dict)
    adopted: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    backed_up: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    given_back: list[Action] = field(default_factory=list)
    unchanged: int = 0
    held: int = 0

    def plan(self) -> Plan:
        needed: set[str] = set()
        if self.facts.obsolete or self.facts.dropped or self.facts.due:
            coming = (fact.target for fact in self.facts.due if fact.state != "used")
            targets = (*self.wanted, *(fact.target for fact in self.facts.real), *coming)
            needed = {above for target in targets for above in ancestors(target)}
        for fact in self.facts.obsolete:
            self.retire(fact, needed)
        for dropped in self.facts.dropped:
            self.retire_real(dropped, needed)
        for fact in self.facts.targets:
            if self.choices.skips(fact.target):
                self.skipped.append(fact.target)
                continue
            self.prepare_parents(fact.target)
            self.place(fact)
        for real in self.facts.real:
            if real.state != "right" and self.choices.skips(real.target):
                self.skipped.append(real.target)
                continue
            if real.state != "unknown":
                self.prepare_parents(real.target)
            self.place_real(real)
        self.give_back()
        removals: list[Action] = [
            RemoveDirectory(self.full(path), mode)
            for path, mode in sorted(self.emptied.items(), key=lambda item: (-item[0].count("/"), item[0]))
        ]
        taken, back = {fact.target for fact in self.facts.real}, set(self.returned)
        directories: list[Action] = [MakeDirectory(self.full(path)) for path in self.directories]
        return Plan(
            actions=(*self.removals, *removals, *directories, *self.given_back, *self.links),
            conflicts=tuple(self.conflicts.values()),
            outside=tuple(self.outside.items()),
            behind=tuple(self.behind.items()),
            sources=tuple(sorted(self.facts.sources)),
            linked=tuple(self.linked),
            changed=tuple(self.changed),
            removed=tuple(path for path in self.removed if path not in self.wanted and path not in taken | back),
            adopted=tuple(self.adopted),
            replaced=tuple(self.replaced),
            backed_up=tuple(self.backed_up),
            unchanged=len(self.facts.right) + self.unchanged,
            skipped=tuple(self.skipped),
            undecided=tuple(self.undecided),
            returned=tuple(self.returned),
            notes=tuple(self.notes),
        )

    def full(self, path: str) -> str:
        return f"{self.home}/{path}"

    # What the generation before left

    def retire(self, fact: TargetFact, needed: set[str]) -> None:
        if fact.state == "ours":
            self.remove_link(fact.target, fact.text)
            self.leave_parents(fact.target, needed)
        elif fact.state in ("link", "file", "other") or (fact.state == "directory" and fact.target not in needed):
            self.notes.append(f"`{fact.target}` is no longer ours and was left as it is")

    def leave_parents(self, target: str, needed: set[str]) -> None:
        """Directories that may be empty when a target is gone."""
        for above in ancestors(target):
            parent = self.facts.parents.get(above)
            if parent is not None and parent.state == "directory" and above not in needed:
                self.emptied[above] = parent.mode

    def retire_real(self, fact: RealFact, needed: set[str]) -> None:
        """A real file that was ours, or our keys in one."""
        if fact.note:
            self.notes.append(fact.note)
        path = self.full(fact.target)
        if fact.state == "gone":
            self.removals.append(Hold(path, self.hold(path, fact.device), "adopted", fact.stamp))
            self.removed[fact.target] = None
            self.leave_parents(fact.target, needed)
        elif fact.state == "write":
            self.replace_file(fact, self.hold(path, fact.device), "adopted")
            self.changed.append(fact.target)

    # What comes back

    def give_back(self) -> None:
        """Put what was taken from the user into its place again, or say where it is."""
        waiting = [fact for fact in self.facts.due if fact.state == "behind"]
        for fact in self.facts.due:
            if fact.state == "used":
                self.links.append(Settle(self.full(fact.target)))
                self.notes.append(f"`{fact.target}` is in use, so what was there before stays at `{fact.place}`")
            elif fact.state != "behind":
                self.bring(fact)
        moved = {action.place for action in self.given_back if isinstance(action, BringBack)}
        for fact in waiting:
            if self.full(fact.target) in moved:
                self.bring(fact)

    def bring(self, fact: DueFact) -> None:
        path, place = self.full(fact.target), fact.place
        self.prepare_parents(fact.target)
        if fact.text:
            self.remove_link(fact.target, fact.text)
        for link, text in fact.links:
            self.remove_link(link, text)
        self.emptied.update(fact.directories)
        if fact.other_device:
            self.held += 1
            place = f"{path.rpartition('/')[0]}/.home-manager-copy-{self.serial}-{self.held}"
            self.given_back.append(CopyBeside(place, fact.place))
        over = fact.state == "over"
        held = self.hold(path, fact.device if not fact.other_device else -1) if over else ""
        self.given_back.append(BringBack(path, place, held, "adopted" if over else "forced", fact.stamp))
        self.returned.append(fact.target)

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
            elif parent.state in ("inside", "outside"):
                (self.outside if parent.state == "outside" else self.behind)[path] = parent.text
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
        fact = TargetFact(
            path,
            "other",
            parent.text,
            device=parent.device,
            backup_taken=parent.backup_taken,
            backup_free=parent.backup_free,
        )
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
            case "copy":
                self.supersede(fact, "adopted", text)
                self.changed.append(target)
            case "directory":
                self.place_over_directory(fact, MakeLink(path, text), text)
            case "file" | "link" if fact.same:
                self.supersede(fact, "taken", text)
                self.adopted.append(target)
            case "file" | "link" if fact.same is None and not self.choices.forces(target):
                self.undecided.append(target)
            case _:
                what = {"file": "a file with other content", "link": f"a link to {fact.text}"}.get(
                    fact.state, "a special file"
                )
                reason = self.decide(fact, self.choices.forces(target), what, text)
                if reason is None:
                    pass
                elif self.asks_command(fact, reason):
                    self.links += [self.back_up_with(fact), MakeLink(path, text)]
                    self.linked.append(target)
                else:
                    self.supersede(fact, reason, text)
                    (self.replaced if reason == "forced" else self.linked).append(target)

    def place_over_directory(self, fact: TargetFact, make: MakeLink | MakeFile, wanted: str) -> None:
        if not fact.foreign and not fact.links:
            # Directories of the user's, and nothing in them.
            self.links += [Hold(make.path, self.hold(make.path, fact.device), "taken"), make]
            self.linked.append(fact.target)
            return
        if not fact.foreign:
            for link, link_text in fact.links:
                self.remove_link(link, link_text)
            self.emptied.update(fact.directories)
            self.links.append(make)
            self.linked.append(fact.target)
            return
        # Not even `force` throws a directory away: there may be more in it than its owner remembers.
        what = f"a directory that holds `{fact.foreign}`"
        reason = self.decide(fact, False, what, wanted, can_overwrite=False)
        if reason is not None:
            self.move_away(fact, reason, self.links)
            self.links.append(make)
            self.linked.append(fact.target)

    def place_real(self, fact: RealFact) -> None:
        target, path = fact.target, self.full(fact.target)
        if fact.note:
            self.notes.append(fact.note)
        make = MakeFile(path, fact.source, fact.text, fact.mode)
        match fact.state:
            case "missing":
                self.links.append(make)
                self.linked.append(target)
            case "right":
                self.unchanged += 1
                if fact.first:
                    self.remember(fact)
            case "same":
                self.replace_file(fact, self.hold(path, fact.device), "taken")
                self.adopted.append(target)
            case "unknown":
                self.undecided.append(target)
            case "mode":
                if fact.first:
                    self.remember(fact)
                self.links.append(ChangeMode(path, fact.was, fact.mode))
                self.changed.append(target)
            case "write":
                reason: Reason = "taken" if fact.first else "spare" if fact.overridden else "adopted"
                self.replace_file(fact, self.hold(path, fact.device), reason)
                self.changed.append(target)
                if fact.overridden:
                    keys = ", ".join(f"`{key}`" for key in fact.overridden)
                    self.notes.append(
                        f"`{target}` had other values for {keys}; `home-manager restore` has it as it was"
                    )
            case _:
                self.place_real_over(fact, self.facts.in_the_way[target], make)

    def place_real_over(self, fact: RealFact, found: TargetFact, make: MakeFile) -> None:
        if found.state == "directory":
            self.place_over_directory(found, make, fact.source)
            return
        what = f"a link to {found.text}" if found.state == "link" else fact.what
        reason = self.decide(found, self.choices.forces(fact.target), what, fact.source)
        if reason is None:
            return
        if self.asks_command(found, reason):
            self.links += [self.back_up_with(found), make]
        elif reason == "backup":
            self.replace_file(fact, self.backup(found, self.links), reason)
        else:
            self.replace_file(fact, self.hold(make.path, found.device), reason)
        (self.replaced if reason == "forced" else self.linked).append(fact.target)

    def replace_file(self, fact: RealFact, held: str, reason: Reason) -> None:
        path = self.full(fact.target)
        stamp = fact.stamp if reason in ("taken", "spare", "adopted") else ()
        self.links.append(ReplaceFile(path, held, fact.source, fact.text, fact.mode, reason, stamp))

    # What is in the way

    def decide(
        self, fact: TargetFact, forced: bool, what: str, wanted: str = "", *, can_overwrite: bool = True
    ) -> Reason | None:
        """How something in the way is treated; None makes it a conflict."""
        decision = self.choices.decisions.get(fact.target)
        if decision == "backup":
            return "backup"
        if forced or (decision == "overwrite" and can_overwrite):
            return "forced"
        if self.choices.backup_command is not None:
            return "backup"
        extension = self.choices.backup_extension
        conflict = Conflict(fact.target, what, True, can_overwrite, wanted)
        if extension is None:
            self.conflicts[fact.target] = conflict
            return None
        backup = f"{fact.target}.{extension}"
        if (fact.backup_taken and not self.choices.backup_overwrite) or backup in self.wanted:
            told = f"{what}, and its backup `{backup}` exists"
            self.conflicts[fact.target] = Conflict(fact.target, told, False, can_overwrite, wanted)
            return None
        return "backup"

    def asks_command(self, fact: TargetFact, reason: Reason) -> bool:
        """Whether the user's command makes the backup; an answer for one path asks for a plain one."""
        return (
            reason == "backup"
            and self.choices.backup_command is not None
            and self.choices.decisions.get(fact.target) != "backup"
        )

    def supersede(self, fact: TargetFact, reason: Reason, text: str) -> None:
        path = self.full(fact.target)
        held = self.backup(fact, self.links) if reason == "backup" else self.hold(path, fact.device)
        stamp = fact.stamp if reason in ("taken", "adopted") else ()
        self.links.append(Supersede(path, held, text, reason, stamp))

    def remember(self, fact: RealFact) -> None:
        """Keep a copy of a file of the user's in which keys become ours that it has already."""
        path = self.full(fact.target)
        self.links.append(Remember(path, self.hold(path, self.facts.device)))

    def back_up_with(self, fact: TargetFact) -> BackUpWith:
        path = self.full(fact.target)
        self.notes.append(f"your backup command moves `{fact.target}` away; it comes back when the entry goes")
        return BackUpWith(path, str(self.choices.backup_command), self.hold(path, fact.device))

    def move_away(self, fact: TargetFact, reason: Reason, actions: list[Action]) -> None:
        path = self.full(fact.target)
        if self.asks_command(fact, reason):
            actions.append(self.back_up_with(fact))
            return
        held = self.backup(fact, actions) if reason == "backup" else self.hold(path, fact.device)
        actions.append(Hold(path, held, reason))
        if reason == "forced":
            self.replaced.append(fact.target)

    def backup(self, fact: TargetFact, actions: list[Action]) -> str:
        """The name of a backup, free by then: one that was asked for alone takes a name that is not in use."""
        if self.choices.decisions.get(fact.target) == "backup" or self.choices.backup_extension is None:
            name = fact.backup_free
        else:
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
