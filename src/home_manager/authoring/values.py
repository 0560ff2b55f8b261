"""Values that module bodies need: programs of packages, names of store objects, comparisons of releases."""

from __future__ import annotations

import re
from typing import Any


def exe(package: Any, name: str | None = None) -> str:
    """The path of a package's main program, or of its program `name`."""
    from home_manager.packages import exe as main_program

    if name is None:
        return str(main_program(package))
    return f"{package.get('bin', package)}/bin/{name}"


def store_name(path: str) -> str:
    """A name for the store object of a file of the home, from its path."""
    return "hm_" + re.sub(r"[^+._?=A-Za-z0-9]", "", path)


def version_at_least(version: str, wanted: str) -> bool:
    """Whether a release is at least another one: `25.11` is at least `25.05`."""

    def parts(text: str) -> list[int]:
        return [int(part) for part in re.findall("[0-9]+", text)]

    return parts(version) >= parts(wanted)
