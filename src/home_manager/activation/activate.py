"""An activation from its first check to the moment at which the new generation counts."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from home_manager.activation.actions import Action, ChangeLink, MakeLink, RemoveLink
from home_manager.activation.conflicts import check_backup_extension
from home_manager.activation.dry_run import DryRunSystem
from home_manager.activation.facts import links_of
from home_manager.activation.layout import Layout
from home_manager.activation.plan import Plan
from home_manager.activation.preflight import Files, files_between, plan_files, settle_conflicts
from home_manager.activation.report import Options, Report
from home_manager.activation.step_environment import check_owner, environment, provide_home, variables
from home_manager.activation.system import System
from home_manager.activation.transaction import Transaction, recover
from home_manager.diagnostics import Failure, failure
from home_manager.manifest import BUILTIN_STEPS, FileEntry, Manifest
from home_manager.store import Lock, Profile, machine

if TYPE_CHECKING:
    from home_manager.activation.services import UserServices
    from home_manager.activation.shell import Shell


def activate(
    manifest: Manifest,
    generation_path: str,
    *,
    layout: Layout,
    options: Options | None = None,
    system: System | None = None,
    services: UserServices | None = None,
    lock: Lock | None = None,
) -> Report:
    """Make the home what a generation says, or leave it as it was and raise a failure.

    `lock` is the lock of this home if the caller holds it already; otherwise it is taken. A dry run takes none.
    """
    options = options or Options()
    planned: list[str] = []
    recovered = ""
    if options.dry_run:
        system = DryRunSystem(planned.append)
    elif system is None:
        system = System()
    provide_home(layout, system)
    held = nullcontext() if lock is not None or options.dry_run else Lock(layout.lock, options.command)
    with held:
        if not options.dry_run:
            recovery = recover(layout, system=system)
            recovered = recovery.message if recovery is not None else ""
        generation = _spelled_as_ours(generation_path, layout, system)
        report = _Activation(manifest, generation, layout, options, system, services).run()
    return replace(report, recovered=recovered, planned=tuple(planned))


def _spelled_as_ours(path: str, layout: Layout, system: System) -> str:
    """A generation's path as the profile spells it, where it was reached through other links."""
    real, store = system.real_path(path), system.real_path(str(layout.store))
    return f"{layout.store}{real[len(store) :]}" if real.startswith(store + "/") else path


class _Activation:
    """The state of one activation while its steps run."""

    def __init__(
        self,
        manifest: Manifest,
        generation: str,
        layout: Layout,
        options: Options,
        system: System,
        services: UserServices | None,
    ) -> None:
        self.manifest = manifest
        self.generation = generation
        self.layout = layout
        self.options = options
        self.system = system
        self.profile = Profile(layout.profiles, durable=system.durable)
        self.current = self.profile.current
        self.old = self.current.path if self.current else self._of_the_original()
        self.environment = environment(manifest, layout, options)
        self.services = services
        self.transaction = Transaction(
            system, layout, generation, self.current.path if self.current else None, self.environment
        )
        self.wanted: dict[str, str] = {}
        self.files = Files({}, {})
        self.planned: Plan | None = None
        self.stale = False
        self.hooks: dict[int, FileEntry] = {}
        self.positions: dict[int, int] = {}
        self.shell = self._make_shell()
        self.changed_entries: list[FileEntry] = []
        self.report = Report()

    def _of_the_original(self) -> str | None:
        """The generation that the original home-manager left, if it was used before us."""
        found = self.system.link_text(f"{self.layout.state}/gcroots/current-home")
        return found if found is not None and found.startswith("/nix/store/") else None

    def _make_shell(self) -> Shell | None:
        """The shell with every piece that may have to run, in order: the user's steps, and the hooks in their place."""
        if all(step.kind == "builtin" for step in self.manifest.steps) and not any(
            entry.on_change for entry in self.manifest.files
        ):
            return None
        # Start-up: only steps written in bash need it.
        from home_manager.activation.shell import Piece, Shell

        pieces: list[Piece] = []
        for index, step in enumerate(self.manifest.steps):
            if step.kind == "bash":
                self.positions[index] = len(pieces)
                pieces.append(Piece(step.name, step.script))
            elif step.name == "onFilesChange":
                for entry in self.manifest.files:
                    if entry.on_change:
                        self.hooks[len(pieces)] = entry
                        pieces.append(Piece(entry.target.text, entry.on_change, "hook"))
        given = variables(self.layout, self.profile, self.generation, self.old)
        return Shell(pieces, given, self.environment, str(self.layout.home), self.options.output)

    # The course of it

    def run(self) -> Report:
        self._check()
        preview = self.options.preview
        self.wanted = dict(preview) if preview is not None else links_of(self.system, self.generation)
        self.files = files_between(self.system, self.manifest, self.wanted, self.old, same=self.old == self.generation)
        self._keep_out_of_state()
        try:
            with self.shell or nullcontext():
                for index in range(len(self.manifest.steps)):
                    self._step(index)
                if self.shell is not None:
                    self.shell.finish()
            self._point()
        except Failure as failed:
            undone = self.transaction.take_back(failed)
            if self.report.units and not self.options.dry_run and self.services is not None:
                # The old units lie in their places again.
                self.services.tell("daemon-reload", ())
            if undone is failed:
                raise
            raise undone from failed
        except BaseException as error:
            self.transaction.take_back(failure("interrupted", f"the switch was broken off: {error!r}"))
            raise
        left = self.transaction.finish()
        if left:
            self._tell(incomplete=(*self.report.incomplete, left))
        return self.report

    def _check(self) -> None:
        check_backup_extension(self.options.backup_extension)
        for step in self.manifest.steps:
            if step.kind == "builtin" and step.name not in BUILTIN_STEPS:
                raise failure(
                    "step-unknown",
                    f"the generation asks for the step `{step.name}`, which this program does not know",
                    hints=("activate it with the home-manager that made it",),
                )
        check_owner(self.manifest, self.layout, self.options, self.system)

    def _keep_out_of_state(self) -> None:
        """Refuse targets among our own files: a generation must not rewrite the store, the profile or the journal."""
        own = str(self.layout.state).removeprefix(f"{self.layout.home}/")
        for target in (*self.wanted, *self.files.real):
            if target == own or target.startswith(own + "/"):
                raise failure(
                    "target-reserved",
                    f"the target `{target}` lies where home-manager keeps its own files",
                    hints=("give the file another target",),
                )

    def _step(self, index: int) -> None:
        step = self.manifest.steps[index]
        self.options.on_step(step.name)
        self._tell(steps=(*self.report.steps, step.name))
        if step.kind == "bash":
            if self.options.preview is not None and isinstance(self.system, DryRunSystem):
                self.system.note(f"run the step {step.name}")
            elif step.script.strip() and self.shell is not None:
                self.transaction.steps.append(step.name)
                self.shell.run(self.positions[index])
                self.stale = True
            return
        match step.name:
            case "checkFilesChanged":
                self._find_changed_entries()
            case "checkLinkTargets":
                self._plan()
            case "installPackages":
                self.transaction.carry_out(self._package_links())
            case "linkGeneration":
                self._link()
            case "onFilesChange":
                self._run_hooks()
            case "reloadSystemd":
                self._switch_services()

    def _tell(self, **what: object) -> None:
        self.report = replace(self.report, **what)  # type: ignore[arg-type]

    # Files

    def _find_changed_entries(self) -> None:
        home = self.layout.home
        self.changed_entries = [
            entry
            for entry in self.manifest.files
            if entry.on_change
            and entry.on_disk == "link"
            and not self.system.same_content(entry.source, f"{home}/{entry.target}")
        ]

    def _plan(self) -> Plan:
        """Look at the home and decide; everything that stands against it is said at once."""
        while True:
            plan = plan_files(self.files, self.manifest, self.layout, self.options, self.system)
            settled = settle_conflicts(plan, self.options, self.layout, self.system)
            if settled is None:
                break
            self.options = settled
        self.planned = plan
        self.stale = False
        return plan

    def _link(self) -> None:
        plan = self.planned
        if plan is None or self.stale:
            plan = self._plan()
        self.transaction.carry_out(plan.actions)
        self._tell(
            linked=plan.linked,
            changed=plan.changed,
            removed=plan.removed,
            replaced=plan.replaced,
            adopted=plan.adopted,
            backed_up=plan.backed_up,
            unchanged=plan.unchanged,
            skipped=plan.skipped,
            undecided=plan.undecided,
            returned=plan.returned,
            notes=(*self.report.notes, *plan.notes),
        )

    def _run_hooks(self) -> None:
        self.changed_entries += self._changed_real_entries()
        changed = {entry.target for entry in self.changed_entries}
        self._tell(hooks=tuple(entry.target.text for entry in self.changed_entries))
        if self.options.dry_run or self.shell is None:
            return
        for position, entry in self.hooks.items():
            if entry.target in changed:
                self.shell.run(position)

    def _changed_real_entries(self) -> list[FileEntry]:
        """The entries of real files of which something was written; only the plan tells what a merge changes."""
        written = {*self.report.linked, *self.report.changed, *self.report.replaced}
        return [
            entry
            for entry in self.manifest.files
            if entry.on_change
            and entry.on_disk != "link"
            and any(path == entry.target.text or path.startswith(f"{entry.target}/") for path in written)
        ]

    # Packages

    def _package_links(self) -> list[Action]:
        """What makes `~/.nix-profile` lead to the generation's packages; a profile of somebody else's is left alone."""
        profile, link = str(self.layout.packages_profile), str(self.layout.packages_link)
        home_path = self.manifest.home_path
        actions: list[Action] = []
        text, own = self.system.link_text(profile), self.system.link_text(link)
        if home_path is None:
            if own == profile:
                actions.append(RemoveLink(link, own))
            if text is not None:
                actions.append(RemoveLink(profile, text))
            return actions
        if text is None:
            with machine(f"making the directory `{self.layout.profiles}`"):
                self.system.make_directories(str(self.layout.profiles))
            actions.append(MakeLink(profile, home_path))
        elif text != home_path:
            actions.append(ChangeLink(profile, text, home_path))
        if own is None and self.system.status(link) is None:
            actions.append(MakeLink(link, profile))
        elif own != profile:
            note = f"`{link}` is not ours and was left alone; add `{profile}/bin` to PATH to use the packages"
            self._tell(notes=(*self.report.notes, note))
        return actions

    # Services and the end

    def _switch_services(self) -> None:
        if self.old == self.generation or self.layout.root is not None or self.options.preview is not None:
            # Below a root there is no service manager that these units belong to.
            return
        # Start-up: a switch that changes no unit needs none of it.
        from home_manager.activation.services import Systemctl, switch_services

        if self.services is None:
            milliseconds = self.manifest.systemd.start_timeout_ms
            self.services = Systemctl(self.system, self.environment, milliseconds / 1000 if milliseconds else None)
        report = switch_services(
            self.services,
            self.system,
            self.manifest.systemd,
            self.old,
            self.generation,
            dry_run=self.options.dry_run,
        )
        self._tell(
            units=report.done,
            notes=(*self.report.notes, *report.notes),
            incomplete=(*self.report.incomplete, *report.failed),
        )

    def _point(self) -> None:
        number = self.options.number
        if number is None and self.current is not None and self.current.path == self.generation:
            number = self.current.number
        same = self.current is not None and self.current.number == number
        if same and not self.transaction.open:
            found = number or 0
        else:
            found = self.transaction.point(self.profile, self.generation, number)
        self._tell(generation=found, new=not same)
