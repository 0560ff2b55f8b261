"""The modules of Home Manager; see `docs/modules.md` for how they are written."""

from __future__ import annotations

import os

from home_manager.authoring.catalogue import Catalogue
from home_manager.authoring.index import IndexedPackage
from home_manager.modules.owed_sinks import OWED_SINKS
from home_manager.modules.upstream_paths import POSITIONS


def indexed(place: str = "") -> IndexedPackage:
    """The modules with their index; `place` is the folder of the index where it is not that of the modules."""
    return IndexedPackage(__name__, os.path.dirname(__file__), POSITIONS, place, OWED_SINKS)


def catalogue() -> Catalogue:
    """All modules, loaded by mention."""
    return indexed().catalogue()
