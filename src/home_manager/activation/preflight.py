"""What a switch would do to the files of a home, without doing it: looked up before anything is brought or built.

This is the one way to a plan: a switch goes it, a preview of one, and whoever shows a plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from home_manager.activation.conflicts import check_backup_extension, refuse
from home_manager.activation.facts import gather, links_of
from home_manager.activation.layout import Layout
from home_manager.activation.plan import Choices, Conflict, Plan, make_plan
from home_manager.activation.real_files import RealFile, real_files, real_files_of
from home_manager.activation.report import Options
from home_manager.activation.system import System
from home_manager.diagnostics import failure
from home_manager.manifest import Manifest
from home_manager.store import Profile, machine


@dataclass(frozen=True, slots=True)
class Files:
    """The files of two generations: the links and real files that are `wanted`, and what the one before had."""

    wanted: Mapping[str, str]
    real: Mapping[str, RealFile]
    former: Iterable[str] = ()
    former_real: Mapping[str, RealFile] | None = None


def files_between(
    system: System, manifest: Manifest, wanted: Mapping[str, str], old: str | None, *, same: bool = False
) -> Files:
    """The files of a switch from the generation `old` (a path) to a manifest with the links `wanted`.

    `same` says that both are one generation.
    """
    real = real_files(system, manifest)
    check_overlap(wanted, real)
    if same:
        return Files(wanted, real, list(wanted), real)
    former = list(links_of(system, old)) if old is not None else []
    return Files(wanted, real, former, real_files_of(system, old))


def check_overlap(wanted: Mapping[str, str], real: Mapping[str, RealFile]) -> None:
    """Refuse a real file where a link shall be, or below one, or above one."""
    if not real:
        return
    above = {target[:end] for target in wanted for end in _ends(target)}
    for target in real:
        for other in (target, *(target[:end] for end in _ends(target))):
            if other in wanted or (other == target and target in above):
                raise failure(
                    "file-overlap",
                    f"the real file `{target}` would stand where there are links, at `{other}`",
                    hints=("leave one of them out, or link the directory with `recursive = true`",),
                )


def _ends(target: str) -> list[int]:
    return [index for index, letter in enumerate(target) if letter == "/"]


def choices_of(manifest: Manifest, options: Options) -> Choices:
    """What the user decided, on the command line and in the configuration."""
    return Choices(
        options.backup_extension,
        options.backup_command,
        options.backup_overwrite,
        frozenset(entry.target.text for entry in manifest.files if entry.force),
        options.decisions,
    )


def plan_files(files: Files, manifest: Manifest, layout: Layout, options: Options, system: System) -> Plan:
    """The plan for the files of a switch; its conflicts are not refused here."""
    with machine(f"looking at the home `{layout.home}`"):
        facts = gather(
            system,
            layout,
            files.wanted,
            files.former,
            options.backup_extension,
            real=files.real,
            former_real=files.former_real,
            contents=options.contents,
            sources=options.sources,
        )
    holding = f"{layout.journal}/held"
    return make_plan(facts, files.wanted, choices_of(manifest, options), home=str(layout.home), holding=holding)


def settle_conflicts(plan: Plan, options: Options, layout: Layout, system: System) -> Options | None:
    """Ask about what is in the way, where somebody can be asked: options with the answers, or None where none are
    needed. What cannot be settled is refused, all of it at once."""
    if not plan.conflicts or plan.outside or plan.behind or plan.sources or options.ask is None:
        refuse(plan, str(layout.home))
        return None

    def content(conflict: Conflict) -> bytes | None:
        if options.contents is not None and conflict.path in options.contents:
            return options.contents[conflict.path]
        try:
            return system.read(conflict.wanted) if conflict.wanted else None
        except OSError:
            return None

    answers = options.ask(plan.conflicts, content)
    if answers is None:
        refuse(plan, str(layout.home))
    return replace(options, decisions={**options.decisions, **(answers or {})})


def preflight(manifest: Manifest, links: Mapping[str, str], layout: Layout, options: Options) -> Options:
    """Find every conflict before packages are brought; options with the user's answers, where there were questions.

    `links` are those of the generation that is not built (target to text); `options.contents` tells what they will
    hold. Where a step of the user's comes before the check, it may clear the way: then nothing is looked at yet.
    """
    check_backup_extension(options.backup_extension)
    system = System()
    for step in manifest.steps:
        if step.name == "checkLinkTargets":
            break
        if step.kind == "bash":
            return options
    if not system.is_directory(str(layout.home)):
        return options
    current = Profile(layout.profiles).current
    files = files_between(system, manifest, links, current.path if current is not None else None)
    while True:
        plan = plan_files(files, manifest, layout, options, system)
        settled = settle_conflicts(plan, options, layout, system)
        if settled is None:
            return options
        options = settled
