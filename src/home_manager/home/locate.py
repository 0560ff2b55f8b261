"""Whose home a request is about: the caller's, or below a root the one that the configuration or the root tells of."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable

from home_manager.activation import Layout
from home_manager.configuration.request import Request
from home_manager.diagnostics import Failure, failure
from home_manager.paths import home_of_caller

HOMES = ("home/*", "Users/*", "root", "var/home/*")
"""Where homes lie below a root."""


def layout_of(request: Request, home_of_configuration: Callable[[Layout], str]) -> Layout:
    """The places of the home that the request is about; a configuration names its home, given where that probably is."""
    if request.root is None:
        return Layout.resolve(home_of_caller())
    if request.config is not None or request.flake is not None:
        probable = Layout.resolve(probable_home(request.root), root=request.root)
        return Layout.resolve(home_of_configuration(probable), root=request.root)
    return Layout.resolve(_home_below(request.root), root=request.root)


def probable_home(root: str) -> str:
    """The home that a configuration below a root is probably for: the only one there with generations, or the caller's."""
    found = _homes_below(root)
    if len(found) == 1:
        return found[0][len(root.rstrip("/")) :]
    try:
        return home_of_caller()
    except Failure:
        return "/"


def _homes_below(root: str) -> list[str]:
    return [
        home
        for pattern in HOMES
        for home in sorted(glob.glob(f"{glob.escape(root)}/{pattern}"))
        if os.path.isdir(f"{home}/.local/state/home-manager")
    ]


def _home_below(root: str) -> str:
    """The home below a root that has generations; there must be exactly one."""
    found = _homes_below(root)
    if len(found) == 1:
        return found[0][len(root.rstrip("/")) :]
    raise failure(
        "which-home",
        f"there {'are several homes' if found else 'is no home with generations'} below `{root}`",
        notes=tuple(found),
        hints=("name the configuration with -f FILE, which says whose home it is",),
    )
