"""Finding every mistake of a configuration in one go: each option that somebody defines is computed to its leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from home_manager.diagnostics import Diagnostic, Failure
from home_manager.options.merging import Merged
from home_manager.options.namespace import Namespace, Slot
from home_manager.options.proxies import Unchecked
from home_manager.options.types.base import OptionType
from home_manager.values import Value
from home_manager.values.lazy import force

DEPTH = 30
"""How deep a value is looked into: values of functions may be endless."""

OF_ALL_TOGETHER = frozenset(("option-undefined", "infinite-recursion"))
"""What one definition by itself may be guilty of although all of them together are not."""


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
        gone = problem.diagnostic.code == "option-removed" and f"`{slot.place}`" in problem.diagnostic.message
        if gone and not slot.namespace.evaluation.prefix:
            # Who sets an option that is gone meets an assertion, which says more; inside of submodules there is none.
            continue
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
        yield from _of_each(slot)
        return
    yield from _inside(value, slot.type, DEPTH)


def _of_each(slot: Slot) -> Iterator[Failure]:
    """The failures of the definitions that were written, each by itself: the one found may lie in another's way."""
    try:
        definitions = [each for each in slot.definitions() if each.span is not None]
    except Failure:
        return
    for definition in definitions:
        try:
            alone = Merged(slot.place, slot.type, [definition])
            if not alone.settled():
                continue
            value = alone.force()
        except Failure as problem:
            if problem.diagnostic.code not in OF_ALL_TOGETHER:
                yield problem
            continue
        yield from (each for each in _inside(value, slot.type, DEPTH) if each.diagnostic.code not in OF_ALL_TOGETHER)


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


def with_labels_of(diagnostic: Diagnostic, other: Diagnostic) -> Diagnostic:
    """One diagnostic for values of the same wrong type in one list."""
    if diagnostic.code != "option-type-mismatch" or not diagnostic.labels:
        return diagnostic
    known = {(id(label.span.source), label.span.start) for label in diagnostic.labels}
    fresh = [label for label in other.labels if (id(label.span.source), label.span.start) not in known]
    return replace(diagnostic, labels=(*diagnostic.labels, *fresh))


def by_source(diagnostic: Diagnostic) -> tuple[int, str, int]:
    """The order in which mistakes are shown: by file and place, those without a place last."""
    span = diagnostic.span
    return (1, "", 0) if span is None else (0, span.source.name, span.start)
