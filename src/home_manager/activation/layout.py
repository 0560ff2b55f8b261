"""Where a home and what belongs to it lie on this machine."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from home_manager.diagnostics import failure
from home_manager.paths import AbsPath

_PLAIN: Final = re.compile(r"[\w/.+=,~@-]")
"""Characters that stand for themselves wherever a path of the store is written."""


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

    def check(self) -> None:
        """Refuses a place for the store that could not be written into scripts, units and settings as it is.

        Paths of the store stand in texts of every format, most of which have no way to quote them, or a way each.
        """
        bad = sorted({char for char in str(self.store) if not _PLAIN.match(char)})
        if bad:
            shown = " ".join(
                "a space" if char == " " else char if char.isprintable() else repr(char)[1:-1] for char in bad
            )
            raise failure(
                "store-place",
                f"no store can be at `{self.store}`: its path holds {shown}",
                notes=("its path is written into scripts, units and settings, where such characters mean something",),
                hints=(
                    "set XDG_STATE_HOME to a directory whose path has letters, digits and / . _ - + = , ~ @ only"
                    if self.root is None
                    else "choose another directory for --root, or for `home.homeDirectory`",
                ),
            )

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
        """The directory of what switches replaced; see `replaced_files`."""
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
