"""Assertions of modules that fail: where the values stand that they are about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from home_manager.diagnostics import Diagnostic, Label, Span
from home_manager.frontends.nix.suggestions.for_files import same_target
from home_manager.frontends.nix.suggestions.for_values import enclosing
from home_manager.options.location import Location, parse_path
from home_manager.options.namespace import Slot

if TYPE_CHECKING:
    from home_manager.options.eval_modules import Evaluation

SAME_TARGET = "Conflicting managed target files: "
REMOVED = re.compile(r"The option definition `(.+)' in .* no longer has any effect")
MOST = 4
"""So many places are shown."""
NAMED = re.compile(
    r"(?<![\w./-])((?:accounts|dconf|fonts|gtk|home|i18n|launchd|news|nix|programs|qt|services|systemd|targets|wayland|xdg"
    r"|xsession)(?:\.[A-Za-z_][\w-]*|\.\"[^\"]+\")+)"
)


def advise(diagnostic: Diagnostic, evaluation: Evaluation) -> Diagnostic:
    """A failed assertion with the places that it is about, where its message tells them."""
    first, _, _ = diagnostic.message.partition("\n")
    if first.startswith(SAME_TARGET):
        return same_target(diagnostic, first.removeprefix(SAME_TARGET).split(", "), evaluation)
    if diagnostic.labels:
        return diagnostic
    removed = REMOVED.match(first)
    if removed is not None:
        name = removed[1]
        labels = [Label(span, "this option is gone") for span in _definitions(evaluation, name)]
        said = diagnostic.message.partition("\n")[2].strip()
        hints = ("delete it", *([said] if said else []))
        message = f"the option `{name}` was removed"
        return replace(diagnostic, message=message, labels=tuple(labels[:MOST]), hints=hints)
    named = (span for name in _named(diagnostic.message) for span in _written(evaluation, name))
    spans = list(dict.fromkeys(named))[:MOST]
    return replace(diagnostic, labels=tuple(Label(span) for span in spans))


def _named(text: str) -> Iterator[str]:
    """The options that a message names, in quotes or without."""
    yield from dict.fromkeys(match[1] for match in NAMED.finditer(text))


def _written(evaluation: Evaluation, name: str) -> Iterator[Span]:
    """Where somebody wrote what an option, or something in its value, is."""
    span = enclosing(evaluation, Location(parse_path(name), evaluation.shared))
    if span is not None:
        yield span


def _definitions(evaluation: Evaluation, name: str) -> Iterator[Span]:
    slot = evaluation.find(parse_path(name))
    if isinstance(slot, Slot):
        yield from (each.span for each in slot.definitions() if each.span is not None)
