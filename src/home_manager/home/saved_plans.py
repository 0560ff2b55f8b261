"""Saved plans: a switch that was looked at, to be done later exactly so, or not at all.

A plan is a file of JSON that names a generation in the store, how to treat what is in the way, and a fingerprint of
what was found and would be done. While the file is there, its generation is not collected.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace

from home_manager.activation import System
from home_manager.activation.actions import encode
from home_manager.diagnostics import Failure, failure
from home_manager.home import plan_pins
from home_manager.home.compare_homes import Side
from home_manager.home.home import Home
from home_manager.home.preview import Preview, preview_built
from home_manager.home.switch_options import SwitchOptions
from home_manager.store import digest, machine

VERSION = 1


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """What a file says: the home, the generation, the wishes of whoever made it, and what must not have changed."""

    home: str
    generation: str
    fingerprint: str
    backup_extension: str = ""
    backup_command: str = ""
    backup_overwrite: bool = False
    specialisation: str = ""
    message: str = ""
    version: int = VERSION


def fingerprint(found: Preview) -> str:
    """The hash of a preview: of what is there now, and of every action that it comes to."""
    parts = [found.generation, str(found.current), str(found.is_current)]
    for file in found.files:
        parts += [file.target, file.change, _side(file.before), _side(file.after), file.backup]
    for action in found.actions:
        # A file that was written anew with the same content is as it was.
        lasting = {name: value for name, value in encode(action).items() if name != "stamp"}
        parts.append(json.dumps(lasting, sort_keys=True))
    parts += [conflict.path for conflict in found.conflicts]
    return digest("plan", *parts)


def _side(side: Side) -> str:
    return f"{side.kind} {side.executable} {side.size} {digest(side.data or b'')}"


def save(file: str, home: Home, found: Preview, wishes: SwitchOptions) -> None:
    """Writes a plan for a generation that is built, and keeps that in the store as long as the file is there."""
    plan = SavedPlan(
        str(home.layout.home),
        found.generation,
        fingerprint(found),
        wishes.backup_extension,
        wishes.backup_command,
        wishes.backup_overwrite,
        wishes.specialisation,
        wishes.message,
    )
    path = os.path.abspath(file)
    system = System()
    with machine(f"writing the plan `{file}`"):
        system.write_file(path, "", json.dumps(asdict(plan), indent=1) + "\n", 0o644, replace=os.path.lexists(path))
        plan_pins.pin(home.layout, path, found.generation)


def load(file: str) -> SavedPlan:
    """The plan in a file."""
    try:
        with machine(f"reading the plan `{file}`"):
            value = json.loads(System().read(file))
        plan = SavedPlan(**value)
    except (ValueError, TypeError):
        raise failure(
            "plan-invalid",
            f"`{file}` is no plan of this program",
            hints=("make one with `home-manager plan -o FILE`",),
        ) from None
    defaults = SavedPlan("", "", "")
    if plan.version != VERSION or any(type(v) is not type(asdict(defaults)[k]) for k, v in asdict(plan).items()):
        raise failure(
            "plan-invalid",
            f"`{file}` is a plan of another release",
            hints=("make it again with `home-manager plan -o FILE`",),
        )
    return plan


def wishes_of(plan: SavedPlan, wishes: SwitchOptions) -> SwitchOptions:
    """How to switch by a plan: what is in the way is treated as it was planned, and nobody is asked."""
    return replace(
        wishes,
        backup_extension=plan.backup_extension,
        backup_command=plan.backup_command,
        backup_overwrite=plan.backup_overwrite,
        specialisation=plan.specialisation,
        message=wishes.message or plan.message,
        ask=None,
    )


def check(home: Home, plan: SavedPlan, wishes: SwitchOptions) -> None:
    """Raises a failure unless the home is as it was when the plan was made."""
    if plan.home != str(home.layout.home):
        raise failure("plan-outdated", f"the plan is for the home `{plan.home}`, not for `{home.layout.home}`")
    if not home.store.exists(plan.generation):
        raise outdated(f"its generation `{plan.generation}` is no longer in the store")
    now = preview_built(home, home.generation_at(plan.generation), home.options(wishes))
    if fingerprint(now) != plan.fingerprint:
        raise outdated("the home has changed since the plan was made")


def outdated(why: str) -> Failure:
    return failure(
        "plan-outdated",
        f"the plan cannot be carried out: {why}",
        notes=("nothing was changed",),
        hints=("look at a new one: `home-manager plan -o FILE`",),
    )
