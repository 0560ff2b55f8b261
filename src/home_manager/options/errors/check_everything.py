"""Finding every mistake of a configuration in one go, without computing what nobody asked for.

What was read in vain tells more than the first failure: each definition of it by itself is computed to its leaves, and
so is what those read in turn. Of options that nobody read, only values that are there anyway are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from home_manager.diagnostics import Diagnostic, Failure
from home_manager.options.definition import Definition
from home_manager.options.location import Location
from home_manager.options.merging import Merged
from home_manager.options.namespace import Namespace, Slot
from home_manager.options.proxies import Unchecked
from home_manager.options.types.base import OptionType
from home_manager.values import Attrs, PathValue, Value
from home_manager.values.lazy import Lazy, force

DEPTH = 30
"""How deep a value is looked into: values of functions may be endless."""

OF_ALL_TOGETHER = frozenset(("option-undefined", "infinite-recursion"))
"""What one definition by itself may be guilty of although all of them together are not."""


OF_THE_VALUE = frozenset(("option-type-mismatch", "option-conflict", "unknown-option", "option-namespace"))
"""What is wrong with a value wherever it is read; a value that fails by itself says nothing until it is."""


def was_read(lazy: Lazy, failed: set[Lazy]) -> bool:
    """Whether somebody asked for a value, with whichever result."""
    return lazy.state != 0 or lazy in failed


def mistakes_of_what_was_read(namespace: Namespace, note: Callable[[Failure], None]) -> None:
    """Tells of each mistake in the options that were read, and in those that are read to find it."""
    failed = namespace.place.shared.failed
    done: set[Slot] = set()
    defined = list(defined_slots(namespace, note))
    written = frozenset(defined)
    while True:
        seen = [*defined, *(slot for slot in _made_slots(namespace) if slot not in written)]
        fresh = [slot for slot in seen if slot not in done and was_read(slot, failed)]
        if not fresh:
            return
        done.update(fresh)
        for slot in fresh:
            if slot in written:
                for problem in mistakes_in(slot):
                    note(problem)
            if slot in failed:
                _read_each(slot)


def _made_slots(namespace: Namespace) -> Iterator[Slot]:
    """Every option that somebody came by."""
    for child in list(namespace.children.values()):
        if isinstance(child, Slot):
            yield child
        elif child is not None:
            yield from _made_slots(child)


def _read_each(slot: Slot) -> None:
    """Reads what modules define of an option, each by itself, so that what they read in turn is known to be read."""
    try:
        definitions = [each for each in slot.definitions() if each.span is None]
    except Failure:
        return
    for definition in definitions:
        try:
            value = Merged(slot.place, slot.type, [definition]).force()
        except Failure:
            continue
        for _ in _inside(value, slot.type, DEPTH):
            pass


def doubts_in(slot: Slot) -> Iterator[tuple[Definition, Failure]]:
    """What is wrong with the definitions of an option that nobody reads, as far as their values are there."""
    there = [each for each in slot.definitions() if _is_there(each.value, DEPTH)]
    wrong = False
    for definition in there:
        problem = _doubt(slot, [definition])
        if problem is not None:
            wrong = True
            yield definition, problem
    if len(there) > 1 and not wrong:
        problem = _doubt(slot, there)
        if problem is not None:
            yield there[0], problem


def mistake_in(place: Location, type_: OptionType, value: Value) -> Failure | None:
    """What is wrong with one value of a type, to its leaves."""
    try:
        merged = Merged(place, type_, [Definition(value, "")]).force()
        return next(iter(_inside(merged, type_, DEPTH)), None)
    except Failure as failure:
        return failure


def _doubt(slot: Slot, definitions: list[Definition]) -> Failure | None:
    try:
        value = Merged(slot.place, slot.type, definitions).force()
        problem = next(iter(_inside(value, slot.type, DEPTH)), None)
    except Failure as failure:
        problem = failure
    return problem if problem is not None and problem.diagnostic.code in OF_THE_VALUE else None


def _is_there(value: Value, depth: int) -> bool:
    """Whether a value is there to its leaves, so that looking at it computes nothing."""
    if isinstance(value, Lazy):
        return value.state == 2 and _is_there(value.value, depth)
    if isinstance(value, list):
        return depth > 0 and all(_is_there(each, depth - 1) for each in value)
    if type(value) is Attrs or type(value) is dict:
        return depth > 0 and "_type" not in value and all(_is_there(each, depth - 1) for each in dict.values(value))
    return value is None or isinstance(value, (str, int, float, PathValue))


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
        failed = namespace.place.shared.failed
        for slot in defined_slots(namespace, found.append):
            if was_read(slot, failed):
                found.extend(mistakes_in(slot))
            else:
                found.extend(problem for problem in mistakes_in(slot) if problem.diagnostic.code in OF_THE_VALUE)
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
