"""Where a home and what belongs to it lie on this machine."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from home_manager.paths import AbsPath


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of one home, resolved once for a command.

    `home` is the directory that is written to, `logical_home` the one that the configuration names; they differ below
    a `--root`. `state`, `cache` and `data` are home-manager's own directories; the first holds everything that counts.
    """

    home: AbsPath
    logical_home: str
    state: AbsPath
    cache: AbsPath
    data: AbsPath
    root: AbsPath | None = None

    @classmethod
    def resolve(
        cls, home_directory: str, *, root: str | None = None, environ: Mapping[str, str] | None = None
    ) -> Layout:
        """The layout for a home as the configuration or `$HOME` names it.

        The XDG variables of the caller speak of the caller's home, so they do not count below a `root`.
        """
        variables = os.environ if environ is None else environ
        if root is not None:
            top = AbsPath.parse(os.path.abspath(root))
            home = top / home_directory.lstrip("/") if home_directory.strip("/") else top
            variables = {}
        else:
            top = None
            home = AbsPath.parse(home_directory)

        def place(variable: str, default: str) -> AbsPath:
            given = variables.get(variable, "")
            return AbsPath.parse(given if given.startswith("/") else f"{home}/{default}") / "home-manager"

        return cls(
            home=home,
            logical_home=home_directory,
            state=place("XDG_STATE_HOME", ".local/state"),
            cache=place("XDG_CACHE_HOME", ".cache"),
            data=place("XDG_DATA_HOME", ".local/share"),
            root=top,
        )

    @property
    def store(self) -> AbsPath:
        return self.state / "store"

    @property
    def profiles(self) -> AbsPath:
        """The directory of the generations' links."""
        return self.state / "profiles"

    @property
    def packages_profile(self) -> AbsPath:
        """The link to the packages of the current generation."""
        return self.profiles / "profile"

    @property
    def packages_link(self) -> AbsPath:
        """The link in the home through which shells find the packages."""
        return self.home / ".nix-profile"

    @property
    def journal(self) -> AbsPath:
        return self.state / "journal"

    @property
    def replaced(self) -> AbsPath:
        """The directory of what switches replaced; see `attic`."""
        return self.state / "replaced"

    @property
    def backups(self) -> AbsPath:
        """The list of the backups that were made."""
        return self.state / "backups"

    @property
    def repl_history(self) -> AbsPath:
        """What was typed into the interactive evaluator."""
        return self.state / "repl-history"

    @property
    def pins(self) -> AbsPath:
        return self.state / "roots"

    @property
    def lock(self) -> AbsPath:
        return self.state / "lock"
