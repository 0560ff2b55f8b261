"""What a user asks for: which configuration, for which home, with which packages; and how to switch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Request:
    """Where the configuration is and what it is given; see the options of the command line.

    One of `config` (a file) and `flake` is set where a configuration is needed. `arguments` are those of a
    configuration that is a function: name, text, and whether the text is a string (else it is a Nix expression).
    `root` makes everything happen below that directory. An empty `provider`, `suite` or `archive` leaves the choice
    to the configuration.
    """

    config: str | None = None
    flake: str | None = None
    attribute: str = ""
    root: str | None = None
    provider: str = ""
    suite: str = ""
    archive: str = ""
    arguments: tuple[tuple[str, str, bool], ...] = ()
    search_path: tuple[str, ...] = ()
    impure: bool = False


@dataclass(frozen=True, slots=True)
class SwitchOptions:
    """How a switch treats what is in the way, and how much it does and says."""

    backup_extension: str = ""
    backup_command: str = ""
    backup_overwrite: bool = False
    dry_run: bool = False
    verbose: bool = False
    specialisation: str = ""
