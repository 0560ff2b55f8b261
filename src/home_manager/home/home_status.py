"""Where a home stands: each file as it was last written, as it is now and as it shall be; and whether all is sound."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from home_manager.activation import Layout, System
from home_manager.activation.facts import Owned, gather, links_of
from home_manager.activation.real_files import RealFile, RealLook, real_files, real_files_of
from home_manager.configuration.generation import Evaluated
from home_manager.diagnostics import failure
from home_manager.home import unbuilt_files
from home_manager.home.home import Home
from home_manager.manifest import Manifest
from home_manager.store import Damage, Profile, Store
from home_manager.store.garbage_collection import verify as verify_store

Difference = Literal["", "added", "modified", "deleted"]


@dataclass(frozen=True, slots=True)
class FileStatus:
    """One managed file, its `target` relative to the home.

    `written` is what happened to it since it was last written (it was added by somebody, modified, deleted); `wanted`
    is what a switch would do to it now. Empty where there is no difference.
    """

    target: str
    written: Difference
    wanted: Difference

    @property
    def settled(self) -> bool:
        return not self.written and not self.wanted


def file_statuses(home: Home, configuration: Evaluated) -> tuple[FileStatus, ...]:
    """Every file that the current generation wrote or the configuration wants, by target; nothing is changed."""
    system, layout, recipes = System(), home.layout, configuration.recipes
    current = Profile(layout.profiles).current
    former = links_of(system, current.path) if current is not None else {}
    if home.store.exists(configuration.path):
        wanted = links_of(system, configuration.path)
    else:
        wanted = _leaves(system, configuration.manifest, unbuilt_files.sources(configuration.manifest, recipes))
    real_before = real_files_of(system, current.path if current is not None else None)
    real = real_files(system, configuration.manifest)
    wanted = {target: content for target, content in wanted.items() if target not in real}
    look = _Look(system, layout, former, wanted, _executables(configuration.manifest))
    planned = gather(
        system,
        layout,
        {},
        (),
        real=real,
        former_real=real_before,
        contents=unbuilt_files.contents(configuration.manifest, recipes),
    )
    states = {fact.target: fact.state for fact in (*planned.real, *planned.dropped)}
    targets = sorted({*former, *wanted, *real_before, *real})
    return tuple(
        FileStatus(
            target,
            _real_written(system, layout, real_before[target]) if target in real_before else look.written(target),
            _REAL_WANTED[states.get(target, "right")] if target in states else look.wanted(target),
        )
        for target in targets
    )


_REAL_WANTED: dict[str, Difference] = {
    "missing": "added", "right": "", "gone": "deleted",
    "write": "modified", "mode": "modified", "blocked": "modified", "unknown": "modified",
}  # fmt: skip


def _real_written(system: System, layout: Layout, file: RealFile) -> Difference:
    """What became of a real file since a switch wrote it; of a merged one our keys count, of a seed nothing."""
    where = f"{layout.home}/{file.target}"
    status = system.status(where)
    if file.how == "seed":
        return ""
    if status is None:
        return "deleted"
    look = RealLook(system, {file.target: file}, {}, system.umask())
    return "" if look.wanted(file, where, status, ours=False).state == "right" else "modified"


def _leaves(system: System, manifest: Manifest, sources: Mapping[str, str]) -> dict[str, str]:
    """The sources with a recursive directory of a package, which no recipe tells of, in its leaves."""
    recursive = {entry.target.text for entry in manifest.files if entry.recursive}
    found: dict[str, str] = {}
    for target, source in sources.items():
        if target in recursive and system.is_directory(source):
            found.update((f"{target}/{leaf}", f"{source}/{leaf}") for leaf in system.leaves(source))
        else:
            found[target] = source
    return found


def _executables(manifest: Manifest) -> dict[str, bool]:
    """The files whose executable bit the configuration decides."""
    return {entry.target.text: entry.executable for entry in manifest.files if entry.executable is not None}


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at a home, file by file. `contents` is where the wanted content of each target can be read."""

    system: System
    layout: Layout
    former: Mapping[str, str]
    contents: Mapping[str, str]
    executables: Mapping[str, bool]

    def written(self, target: str) -> Difference:
        there = self.system.status(f"{self.layout.home}/{target}") is not None
        if target not in self.former:
            return "added" if there else ""
        if not there:
            return "deleted"
        same = self.system.link_text(f"{self.layout.home}/{target}") == self.former[target]
        return "" if same else "modified"

    def wanted(self, target: str) -> Difference:
        path = f"{self.layout.home}/{target}"
        text = self.system.link_text(path)
        owned = Owned.of(self.layout, self.system)(text)
        if target not in self.contents:
            return "deleted" if owned else ""
        if self.system.status(path) is None:
            return "added"
        content = self.contents[target]
        same = text == content or (owned and self._same(path, content, self.executables.get(target)))
        return "" if same else "modified"

    def _same(self, path: str, content: str, executable: bool | None) -> bool:
        status = self.system.status(self.system.real_path(path))
        if executable is not None and status is not None and bool(status.mode & 0o100) != executable:
            return False
        if self.system.real_path(path) == self.system.real_path(content):
            return True
        return self.system.same_content(path, content)


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A link or copy of the current generation that is not in the home as it should be: `missing` or `changed`."""

    path: str
    kind: Literal["missing", "changed"]


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found: damaged objects of the store, links that are not right; `objects` and `links` were looked at."""

    damages: tuple[Damage, ...]
    broken: tuple[BrokenLink, ...]
    objects: int
    links: int

    @property
    def sound(self) -> bool:
        return not self.damages and not self.broken


def verify(layout: Layout) -> Verification:
    """Reads every object of the store again, and looks at every link of the current generation; changes nothing."""
    system = System()
    current = Profile(layout.profiles).current
    if current is None or not os.path.isdir(layout.store):
        raise failure(
            "no-generation",
            "there is nothing to verify: this home has no generation yet",
            hints=("`home-manager switch` makes the first one",),
        )
    with Store(layout.store) as store:
        objects = len(store.names())
        damages = verify_store(store)
    wanted = {f"{layout.home}/{target}": text for target, text in links_of(system, current.path).items()}
    wanted |= _profile_links(system, layout, current.path)
    real = real_files_of(system, current.path)
    broken = [
        BrokenLink(path, "missing" if system.status(path) is None else "changed")
        for path, text in wanted.items()
        if system.link_text(path) != text
    ]
    for file in real.values():
        became = _real_written(system, layout, file)
        if became:
            broken.append(BrokenLink(f"{layout.home}/{file.target}", "missing" if became == "deleted" else "changed"))
    if not system.is_directory(current.path):
        broken.append(BrokenLink(current.path, "missing"))
    return Verification(tuple(damages), tuple(broken), objects, len(wanted) + len(real))


def _profile_links(system: System, layout: Layout, generation: str) -> dict[str, str]:
    """The link to the packages of a generation, if it has any: path to text."""
    packages = system.link_text(f"{generation}/home-path")
    return {} if packages is None else {str(layout.packages_profile): packages}
