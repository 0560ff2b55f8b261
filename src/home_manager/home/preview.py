"""What a switch would do, as data: files with their content before and after, packages, units, steps, backups.

Nothing is built and nothing is changed for it. Files come from the very plan that a switch makes (`activation`), so
that a preview cannot promise anything else than what is done then.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from home_manager.activation import Conflict, Options, Plan, System, files_between, plan_files
from home_manager.activation.actions import Action, BringBack, ChangeMode, CopyBeside, MakeFile, ReplaceFile
from home_manager.activation.facts import links_of
from home_manager.activation.units import SUFFIXES, UnitPlan, Units, make_unit_plan
from home_manager.configuration.generation import Evaluated
from home_manager.home import unbuilt_files
from home_manager.home.compare_homes import PackageChange, Side, contents_of, package_changes
from home_manager.home.home import Generation, Home

Change = Literal["new", "changed", "removed", "replaced", "adopted", "returned"]
"""What happens to a file: `replaced` are those of the user's that give way, `adopted` those with the right content."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file of the home that a switch changes, with what is there before and after; `backup` is where it is kept."""

    target: str
    change: Change
    before: Side
    after: Side
    backup: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a switch to `generation` (a path, which need not be there yet) would do.

    `files` change for whoever looks at them; `links` counts the links that only lead elsewhere. `units` is what would
    happen to units if all that could run did; `steps` are the user's steps, `hooks` the targets whose `onChange` runs.
    With `conflicts`, something `outside` of the home or `behind` a link, or targets that are `sources` of the
    configuration, a switch would refuse.
    """

    generation: str
    built: bool
    current: int | None
    is_current: bool
    files: tuple[FileChange, ...]
    links: int
    packages: tuple[PackageChange, ...]
    units: UnitPlan
    steps: tuple[str, ...]
    hooks: tuple[str, ...]
    conflicts: tuple[Conflict, ...] = ()
    outside: tuple[tuple[str, str], ...] = ()
    behind: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether a switch would change nothing at all, not even the number of the generation."""
        return self.is_current and not (self.files or self.links or self.conflicts)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The links of a generation, where the content of each target is, and what is not on the disk yet."""

    links: Mapping[str, str]
    sources: Mapping[str, str]
    contents: Mapping[str, bytes | None]


def preview(home: Home, configuration: Evaluated, options: Options) -> Preview:
    """What a switch to a configuration would do with the home as it is now; `options` decide about what is in the way."""
    if home.store.exists(configuration.path):
        return preview_built(home, Generation(configuration.path, configuration.manifest), options)
    manifest, recipes = configuration.manifest, configuration.recipes
    wanted = _Wanted(
        unbuilt_files.links(manifest, configuration.files, recipes),
        unbuilt_files.sources(manifest, recipes),
        unbuilt_files.contents(manifest, recipes),
    )
    return _Look(home, Generation(configuration.path, manifest), wanted, options).preview()


def preview_built(home: Home, generation: Generation, options: Options) -> Preview:
    """What activating a generation would do that is in the store."""
    sources = contents_of(generation.path, generation.manifest)
    wanted = _Wanted(links_of(System(), generation.path), sources, {})
    return _Look(home, generation, wanted, options).preview()


class _Look:
    """One look at a home."""

    def __init__(self, home: Home, generation: Generation, wanted: _Wanted, options: Options) -> None:
        self.system = System()
        self.layout = home.layout
        self.home = str(home.layout.home)
        self.manifest = generation.manifest
        self.generation = generation.path
        self.built = home.store.exists(generation.path)
        self.current = home.profile.current
        self.was = home.current_manifest()
        self.links, self.sources, self.contents = wanted.links, wanted.sources, wanted.contents
        self.options = replace(options, contents=self.contents)
        self.executables = {e.target.text: e.executable for e in self.manifest.files if e.executable is not None}

    def preview(self) -> Preview:
        old = None if self.current is None else self.current.path
        files = files_between(self.system, self.manifest, self.links, old, same=old == self.generation)
        plan = plan_files(files, self.manifest, self.layout, self.options, self.system)
        found = self.changes(plan)
        shown = [each for each in found if each.change != "changed" or not each.before.same(each.after)]
        same = old == self.generation
        return Preview(
            self.generation,
            self.built,
            None if self.current is None else self.current.number,
            same,
            tuple(sorted(shown, key=lambda each: each.target)),
            len(found) - len(shown),
            package_changes(self.was.packages if self.was else (), self.manifest.packages),
            UnitPlan() if same else self.units(),
            tuple(step.name for step in self.manifest.steps if step.kind == "bash" and step.script.strip()),
            self.hooks(shown),
            plan.conflicts,
            plan.outside,
            plan.behind,
            plan.sources,
            plan.undecided,
            plan.notes,
            plan.actions,
        )

    # Files

    def changes(self, plan: Plan) -> list[FileChange]:
        written = {
            action.path: action for action in plan.actions if isinstance(action, MakeFile | ReplaceFile | ChangeMode)
        }
        coming = {action.path: action.place for action in plan.actions if isinstance(action, BringBack)}
        copied = {action.path: action.source for action in plan.actions if isinstance(action, CopyBeside)}
        coming = {path: copied.get(place, place) for path, place in coming.items()}
        backups = dict(plan.backed_up)
        kinds: dict[str, Change] = {}
        for targets, change in (
            (plan.linked, "new"),
            (plan.changed, "changed"),
            (plan.removed, "removed"),
            (plan.replaced, "replaced"),
            (plan.adopted, "adopted"),
            (plan.returned, "returned"),
        ):
            kinds.update((target, change) for target in targets)  # type: ignore[misc]
        found = []
        for target, kind in kinds.items():
            before = self.before(target)
            path = f"{self.home}/{target}"
            if kind == "returned":
                after = Side.at(coming[path])
            else:
                after = Side("missing") if kind == "removed" else self.after(target, written.get(path))
            found.append(FileChange(target, kind, before, after, backups.get(target, "")))
        return found

    def before(self, target: str) -> Side:
        return Side.at(f"{self.home}/{target}")

    def after(self, target: str, action: MakeFile | ReplaceFile | ChangeMode | None) -> Side:
        if isinstance(action, ChangeMode):
            return replace(self.before(target), executable=bool(action.mode & 0o100))
        executable = self.executables.get(target)
        if action is not None:
            executable = bool(action.mode & 0o100)
            if action.text is not None:
                return Side.of(action.text.encode("utf-8", "surrogateescape"), executable)
        if target in self.contents:
            known = self.contents[target]
            return Side("unknown") if known is None else Side.of(known, bool(executable))
        source = self.sources.get(target)
        return Side("unknown") if source is None else Side.at(source, executable)

    def hooks(self, files: list[FileChange]) -> tuple[str, ...]:
        """The targets whose hook runs: those that have one and of which something changes."""
        changed = [each.target for each in files if each.change not in ("adopted", "removed", "returned")]
        return tuple(
            entry.target.text
            for entry in self.manifest.files
            if entry.on_change
            and any(target == entry.target.text or target.startswith(f"{entry.target}/") for target in changed)
        )

    # Units

    def units(self) -> UnitPlan:
        """What would happen to the units, if all of the old ones and their targets were running."""
        old = self._units_before()
        new = self._units_of({target: self.after(target, None) for target in self.sources})
        return make_unit_plan(old, new, {*old.texts, *(by for names in new.wanted.values() for by in names)})

    def _units_before(self) -> Units:
        if self.current is None or self.was is None:
            return Units({}, {})
        return self._units_of({t: Side.at(p) for t, p in contents_of(self.current.path, self.was).items()})

    def _units_of(self, files: Mapping[str, Side]) -> Units:
        texts: dict[str, str] = {}
        wanted: dict[str, set[str]] = {}
        below = f"{self.manifest.systemd.units}/"
        for target, side in files.items():
            if not target.startswith(below):
                continue
            directory, name = os.path.split(target[len(below) :])
            if directory.endswith((".wants", ".requires")):
                wanted.setdefault(name, set()).add(directory.rpartition(".")[0])
            elif not directory and name.endswith(SUFFIXES):
                texts[name] = (side.data or b"").decode("utf-8", "replace")
        return Units(texts, {unit: frozenset(by) for unit, by in wanted.items()})
