"""Values that some module bodies need: programs of packages, functions, lazy values, names of store objects."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from home_manager.options.definition import mk_override as override
from home_manager.packages import exe as main_program
from home_manager.paths import store_name
from home_manager.values import Builtin
from home_manager.values.lazy import Delayed as delayed
from home_manager.values.lazy import force

computed: Callable[[Any], Any] = force
"""A value that may be computed yet."""

__all__ = ["computed", "delayed", "exe", "function", "override", "store_name", "version_at_least"]


def exe(package: Any, name: str | None = None) -> str:
    """The path of a package's main program, or of its program `name`."""
    if name is None:
        return str(main_program(package))
    # A package that says which output it is keeps its own path, also where `//` gave it another one.
    chosen = package if computed(package.get("outputSpecified", False)) else package.get("bin", package)
    return f"{computed(chosen)}/bin/{name}"


def version_at_least(version: object, wanted: str) -> bool:
    """Whether a release is at least another one: `25.11` is at least `25.05`; that of a package may be computed yet."""

    def parts(text: str) -> list[int]:
        return [int(part) for part in re.findall("[0-9]+", text)]

    return parts(str(computed(version))) >= parts(wanted)


def function(name: str, run: Callable[..., Any], arity: int = 1) -> Builtin:
    """A function that configurations can call; `run` is given its arguments as they are."""
    return Builtin(name, arity, run)
