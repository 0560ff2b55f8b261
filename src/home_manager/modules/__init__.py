"""The modules of Home Manager; see `docs/modules.md` for how they are written."""

from __future__ import annotations

import os

from home_manager.authoring import catalogue as _catalogue
from home_manager.modules.positions import POSITIONS

_HERE = os.path.dirname(__file__)
INDEX = os.path.join(_HERE, "index.json")
"""Which file declares what: made by `tools/module_index.py`, so that nothing need be imported to know it."""
NAMES = os.path.join(_HERE, "names.txt")
"""The names of all options, a line each, for the suggestions of error messages; made by the same tool."""


def catalogue(*, fresh: bool = False) -> _catalogue.Catalogue:
    """All modules, loaded by mention. `fresh` reads the files themselves, as the index is made."""
    found = None
    if not fresh and os.path.exists(INDEX):
        with open(INDEX, encoding="utf-8") as file:
            found = _catalogue.load(file.read(), stamp(), _names)
    return _catalogue.scan(__name__, POSITIONS) if found is None else found


def stamp() -> str:
    """What the module files are like; an index that was made from others is not used."""
    return _catalogue.stamp(_HERE)


def _names() -> list[str]:
    with open(NAMES, encoding="utf-8") as file:
        return file.read().splitlines()
