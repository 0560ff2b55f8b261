"""Files of the home: two for one place, and those whose source is not there."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from home_manager.diagnostics import Diagnostic, Label, Span
from home_manager.frontends.nix.suggestions.written import bound_value
from home_manager.options.location import parse_path
from home_manager.values import Attrs, PathValue
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.options.eval_modules import Evaluation

GROUPS = ("home.file", "xdg.configFile", "xdg.dataFile", "xdg.cacheFile", "xdg.stateFile")
"""Options whose entries become files of the home."""


def _entries(evaluation: Evaluation) -> Iterator[tuple[tuple[str, ...], str, Attrs]]:
    """The entries that were written, each with its group, its name, and the attributes that hold it."""
    for group in GROUPS:
        path = parse_path(group)
        if evaluation.find(path) is None:
            continue
        for definition in evaluation.slot(path).merged().settled():
            given = definition.value
            if isinstance(given, Attrs):
                yield from ((path, name, given) for name in given if given.position(name) is not None)


def same_target(diagnostic: Diagnostic, targets: list[str], evaluation: Evaluation) -> Diagnostic:
    """Two entries for one file: both shown."""
    labels: list[Label] = []
    for path, name, given in _entries(evaluation):
        entry = evaluation.value((*path, name))
        span = given.position(name)
        target = posixpath.normpath(str(force(entry["target"]))) if isinstance(entry, dict) else ""
        if span is not None and target in targets:
            labels.append(Label(span, f"this becomes `{target}`"))
    if not labels:
        return diagnostic
    first = diagnostic.message.partition("\n")[0]
    hint = 'remove one of them, or give it another place: target = "…";'
    return replace(diagnostic, message=first, labels=tuple(labels), hints=(*diagnostic.hints, hint))


def missing_source(diagnostic: Diagnostic, evaluation: Evaluation) -> Diagnostic:
    """The entry whose source is not there."""
    if diagnostic.labels:
        return diagnostic
    wanted = diagnostic.message.split("`")[1]
    for _, name, given in _entries(evaluation):
        entry = force(given[name])
        source = force(entry["source"]) if isinstance(entry, Attrs) and "source" in entry else None
        if not isinstance(source, PathValue) or source.text != wanted or not isinstance(entry, Attrs):
            continue
        span = entry.position("source")
        if span is None:
            continue
        value = bound_value(span, "source")
        place = span if value is None else Span(span.source, value.start, value.end)
        hint = "look at the spelling; the path starts from the folder of the file that it is written in"
        return replace(diagnostic, labels=(Label(place, "there is no such file"),), hints=(*diagnostic.hints, hint))
    return diagnostic
