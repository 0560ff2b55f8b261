"""Finding every mistake of a configuration in one go: each option that somebody defines is computed to its leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from home_manager.diagnostics import Diagnostic, Failure
from home_manager.lazy import force
from home_manager.nix.values import Value
from home_manager.options.namespace import Namespace, Slot
from home_manager.options.types.base import OptionType
from home_manager.options.views import Unchecked

DEPTH = 30
"""How deep a value is looked into: values of functions may be endless."""


def defined_slots(namespace: Namespace, note: Callable[[Failure], None]) -> Iterator[Slot]:
    """Every option that a given module defines; `note` is told where the structure itself is wrong."""
    try:
        pushed = namespace.pushing.get()
    except Failure as problem:
        note(problem)
        return
    for name in dict.fromkeys(name for each in pushed for name in each.attrs):
        try:
            child = namespace.child(name)
        except Failure as problem:
            note(problem)
            continue
        if isinstance(child, Slot):
            yield child
        elif child is not None and name != "_module":
            yield from defined_slots(child, note)


def mistakes_in(slot: Slot) -> Iterator[Failure]:
    """The failures of an option's value: its own, or those of the elements inside it, as far as types tell of them."""
    for problem in _of_slot(slot):
        frame = f"while evaluating {slot.place}"
        if all(each.text != frame for each in problem.frames):
            problem.add_frame(frame, slot.span())
        yield problem


def _of_slot(slot: Slot) -> Iterator[Failure]:
    try:
        force(slot)
        merged = slot.merged()
        if not merged.settled():
            return
        value = merged.force()
    except Failure as problem:
        yield problem
        return
    yield from _inside(value, slot.type, DEPTH)


def _inside(value: Value, type_: OptionType, depth: int) -> Iterator[Failure]:
    if isinstance(value, Unchecked):
        found: list[Failure] = []
        namespace = value.evaluation.namespace
        for slot in defined_slots(namespace, found.append):
            found.extend(mistakes_in(slot))
        yield from found
        freeform = value.evaluation.freeform()
        if freeform is None:
            return
        value, type_ = value.evaluation.freeform_value(), freeform
    if depth == 0:
        return
    for element, inner in type_.elements(value):
        try:
            forced = force(element)
        except Failure as problem:
            yield problem
            continue
        if not isinstance(forced, (str, int, float, type(None))):
            yield from _inside(forced, inner, depth - 1)


def by_source(diagnostic: Diagnostic) -> tuple[int, str, int]:
    """The order in which mistakes are shown: by file and place, those without a place last."""
    span = diagnostic.span
    return (1, "", 0) if span is None else (0, span.source.name, span.start)
