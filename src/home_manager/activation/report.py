"""What an activation was asked to do, and what it did."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def _silent(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Options:
    """How to activate.

    `output` is given what the user's steps print, in pieces as it comes; `on_step` the name of each step before it is
    done. `number` is the profile's number of a generation that is gone back to; without it the generation gets a new
    one. `environ` is the caller's environment. `preview` are the links (target to text) of a generation that is not
    built, for a dry run: the user's steps, which may need what is not there, are then named and not run.
    """

    backup_extension: str | None = None
    backup_command: str | None = None
    backup_overwrite: bool = False
    dry_run: bool = False
    verbose: bool = False
    skip_sanity_checks: bool = False
    number: int | None = None
    command: str = "home-manager switch"
    color: bool = False
    environ: Mapping[str, str] | None = None
    preview: Mapping[str, str] | None = None
    output: Callable[[str], None] = field(default=_silent)
    on_step: Callable[[str], None] = field(default=_silent)


@dataclass(frozen=True, slots=True)
class Report:
    """What was done; targets are relative to the home and sorted.

    `linked` are new, `changed` had another text, `replaced` were overwritten by `force`, `adopted` had the right
    content already; `backed_up` pairs a target with its backup. `generation` is its number in the profile (in a dry
    run the one it would be compared with, or 0). `planned` is what a dry run would have done, one line each.
    """

    generation: int = 0
    new: bool = False
    linked: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    adopted: tuple[str, ...] = ()
    backed_up: tuple[tuple[str, str], ...] = ()
    unchanged: int = 0
    hooks: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    recovered: str = ""
    notes: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
