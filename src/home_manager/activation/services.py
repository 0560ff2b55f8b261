"""The user's service manager: asked whether it answers, and told what changed."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from home_manager.activation.system import Completed, System
from home_manager.activation.units import UnitPlan, make_unit_plan, read_units
from home_manager.manifest import Systemd

_QUESTION_SECONDS = 10.0


class UserServices(Protocol):
    """A service manager of one user; the real one is `Systemctl`, tests have one that records."""

    def state(self) -> str:
        """`running`, `degraded`, or another word where nothing can be done."""

    def active(self) -> frozenset[str]:
        """The names of all active units."""

    def tell(self, verb: str, units: Sequence[str]) -> Completed:
        """`daemon-reload`, `start`, `stop`, `restart` or `reload`."""


@dataclass(frozen=True, slots=True)
class Systemctl:
    """systemd's user manager, by way of `systemctl --user`."""

    system: System
    environment: Mapping[str, str]
    timeout: float | None = None

    def state(self) -> str:
        return self._ask("is-system-running").output.strip()

    def active(self) -> frozenset[str]:
        listed = self._ask("list-units", "--state=active,activating,reloading", "--plain", "--no-legend", "--full")
        return frozenset(line.split()[0] for line in listed.output.splitlines() if line.split())

    def tell(self, verb: str, units: Sequence[str]) -> Completed:
        return self.system.run(["systemctl", "--user", verb, *units], self._environment(), self.timeout)

    def _ask(self, *words: str) -> Completed:
        # A question changes nothing, so it is asked in a dry run too.
        return System.run(
            self.system, ["systemctl", "--user", "--no-pager", *words], self._environment(), _QUESTION_SECONDS
        )

    def _environment(self) -> dict[str, str]:
        return {"XDG_RUNTIME_DIR": f"/run/user/{os.getuid()}", **self.environment}


@dataclass(frozen=True, slots=True)
class ServicesReport:
    """What was done to units, as command lines, what the user should know, and what did not work."""

    done: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


def switch_services(
    services: UserServices, system: System, how: Systemd, old: str | None, new: str, *, dry_run: bool = False
) -> ServicesReport:
    """Bring the running units in line with the generation `new` (a path), coming from `old`."""
    before = read_units(system, f"{old}/home-files/{how.units}" if old else "")
    after = read_units(system, f"{new}/home-files/{how.units}")
    if before == after:
        return ServicesReport()
    state = services.state()
    if state not in ("running", "degraded"):
        return ServicesReport(notes=("the user's systemd does not answer; units are not reloaded",))
    plan = make_unit_plan(before, after, services.active())
    if how.start_services == "suggest":
        return _suggest(services, plan, dry_run)
    if dry_run:
        return ServicesReport(plan.lines())
    return _carry_out(services, plan)


def _suggest(services: UserServices, plan: UnitPlan, dry_run: bool) -> ServicesReport:
    done: list[str] = []
    if not dry_run and services.tell("daemon-reload", ()).status == 0:
        done.append("systemctl --user daemon-reload")
    if not plan.lines():
        return ServicesReport(tuple(done))
    return ServicesReport(tuple(done), ("units changed; run: " + " && ".join(plan.lines()),))


def _carry_out(services: UserServices, plan: UnitPlan) -> ServicesReport:
    """What is stopped is stopped by its old definition, so before systemd reads the new ones."""
    done: list[str] = []
    notes: list[str] = []
    failed: list[str] = []
    order: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("stop", plan.stop),
        ("daemon-reload", ()),
        ("reload", plan.reload),
        ("restart", plan.restart),
        ("start", plan.start),
    )
    for verb, units in order:
        if not units and verb != "daemon-reload":
            continue
        line = " ".join(("systemctl --user", verb, *units))
        answer = services.tell(verb, units)
        done.append(line)
        if answer.status != 0:
            failed.append(f"`{line}` failed: {answer.output.strip() or f'exit status {answer.status}'}")
    if plan.kept:
        notes.append(f"these run on as they were until they are restarted: {', '.join(plan.kept)}")
    return ServicesReport(tuple(done), tuple(notes), tuple(failed))
