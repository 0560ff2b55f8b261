"""What an activation was asked to do, and what it did."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from home_manager.activation.plan import Conflict, Decision
from home_manager.activation.protected_sources import Sources

Ask = Callable[[Sequence[Conflict], Callable[[Conflict], "bytes | None"]], "Mapping[str, Decision] | None"]


def _silent(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Options:
    """How to activate.

    `output` is given what the user's steps print, in pieces as it comes; `on_step` the name of each step before it is
    done. `number` is the profile's number of a generation that is gone back to; without it the generation gets a new
    one. `environ` is the caller's environment. `preview` are the links (target to text) of a generation that is not
    built, for a dry run: the user's steps, which may need what is not there, are then named and not run; `contents`
    are by target the bytes that its files will have, None where nobody knows yet. `decisions` are what the user wants
    done with single paths in the way, `sources` what the configuration is read from, and `ask` gets such answers
    where there are none yet: it is given the conflicts and a function that reads what a target shall hold, and
    answers None where nothing shall be done at all.
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
    contents: Mapping[str, bytes | None] | None = None
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    sources: Callable[[], Sources] = Sources
    ask: Ask | None = None
    output: Callable[[str], None] = field(default=_silent)
    on_step: Callable[[str], None] = field(default=_silent)


@dataclass(frozen=True, slots=True)
class Report:
    """What was done; targets are relative to the home and sorted.

    `linked` are new, `changed` had another text, `replaced` were overwritten by `force`, `adopted` were the user's
    and had the right content already; `backed_up` pairs a target with its backup; `skipped` were left as they are, as
    the user wanted. `returned` are the user's again, as they were before. `undecided` are in the way of what a dry
    run does not build. `incomplete` names what did not come about although the new generation counts, such as
    services that do not start. `generation` is its number in the profile (in a dry run the one it would be compared
    with, or 0). `planned` is what a dry run would have done, one line each.
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
    skipped: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    incomplete: tuple[str, ...] = ()
    hooks: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    recovered: str = ""
    notes: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
