"""The check that every definition of a module has an option to go to; made when the modules are indexed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from home_manager.authoring.catalogue import Catalogue
from home_manager.authoring.module_entry import Entry
from home_manager.diagnostics import failure, nearest
from home_manager.options.location import show_path


def exists(catalogue: Catalogue, path: tuple[str, ...]) -> bool:
    """Whether some module declares an option at a path, above it, or below it."""
    here: Any = catalogue.options
    for name in path:
        if isinstance(here, Mapping):
            here = here.get(name)
    return here is not None


def unknown_sinks(catalogue: Catalogue) -> Iterator[tuple[Entry, str]]:
    """The sinks that no module declares, each with the module that defines it."""
    for entry in catalogue.entries:
        for sink in entry.sinks:
            if not exists(catalogue, sink):
                yield entry, show_path(sink)


def check_sinks(catalogue: Catalogue, owed: Collection[str]) -> None:
    """Refuses modules whose definitions nobody would read; `owed` are the options of modules still to be written."""
    for entry, sink in unknown_sinks(catalogue):
        if sink not in owed:
            near = nearest(sink, catalogue.option_names())
            raise failure(
                "module-sink-unknown",
                f"the module `{entry.module.partition('modules.')[2]}` defines `{sink}`, which no module declares",
                hints=(
                    *(f"did you mean `{name}`?" for name in near[:1]),
                    "an option whose module is still to be written stands in `modules/owed_sinks.py`",
                ),
            )
