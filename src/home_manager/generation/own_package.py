"""`pkgs.home-manager`: this very program as a package, so that a home can have it among its own."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Mapping

from home_manager.lazy import Delayed
from home_manager.nix.evaluation import call
from home_manager.nix.values import Attrs, Value


def own_package(packages: Callable[[], Mapping[str, Value]]) -> Value:
    """A package whose program starts this one, with the interpreter that runs it now."""

    def made() -> Value:
        # -I keeps the directory that the user happens to be in from shadowing our modules.
        command = f"exec {shlex.quote(sys.executable)} -I -m home_manager"
        spec = {
            "name": "home-manager",
            "text": f'#!/bin/sh\n{command} "$@"\n',
            "executable": True,
            "destination": "/bin/home-manager",
            "meta": Attrs({"mainProgram": "home-manager"}),
        }
        return call(packages()["writeTextFile"], Attrs(spec))

    return Delayed(made)
