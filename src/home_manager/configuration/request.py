"""Requests: which configuration a command is about, for which home, and with which packages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LockWishes:
    """What shall be done with lock files, as the command line says it: `flake.lock`, and `home.lock` as far as it has these.

    `updates` are paths of inputs to be locked anew, `overrides` pairs of such a path and a reference.
    """

    recreate: bool = False
    frozen: bool = False
    no_update: bool = False
    no_write: bool = False
    commit: bool = False
    reference_file: str = ""
    no_registries: bool = False
    refresh: bool = False
    updates: tuple[str, ...] = ()
    overrides: tuple[tuple[str, str], ...] = ()


def _silent(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Request:
    """Where the configuration is and what it is given; see the options of the command line.

    One of `config` (a file) and `flake` is set where a configuration is needed. `arguments` are those of a
    configuration that is a function: name, text, and whether the text is a string (else it is a Nix expression).
    `root` makes everything happen below that directory. An empty `provider`, `suite` or `archive` leaves the choice
    to the configuration; with `skip_missing`, packages that nobody has are left out. `stage` is told what is being
    fetched, and `warn` what becomes of a lock file. With `read_only` not even a cache of parsed files is written.
    """

    config: str | None = None
    flake: str | None = None
    attribute: str = ""
    root: str | None = None
    provider: str = ""
    suite: str = ""
    archive: str = ""
    skip_missing: bool = False
    arguments: tuple[tuple[str, str, bool], ...] = ()
    search_path: tuple[str, ...] = ()
    impure: bool = False
    locking: LockWishes = LockWishes()
    read_only: bool = False
    stage: Callable[[str], None] = field(default=_silent, compare=False)
    warn: Callable[[str], None] = field(default=_silent, compare=False)
