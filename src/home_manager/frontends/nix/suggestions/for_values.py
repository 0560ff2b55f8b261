"""Values of another type than their option's, values that contradict each other, and values that are missing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from home_manager.diagnostics import Diagnostic, Label, Span
from home_manager.frontends.nix.suggestions.fixes import fixes
from home_manager.frontends.nix.suggestions.written import as_argument, bound_value, inside, one_line, path_parts
from home_manager.nix.syntax import ast
from home_manager.options.errors.subjects import Conflicting, Mismatched, Undefined, Within
from home_manager.options.location import Location, show_path
from home_manager.options.namespace import Namespace, Slot
from home_manager.options.types.base import describe_value, show_value
from home_manager.values import MISSING, Attrs, Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.options.definition import Definition
    from home_manager.options.eval_modules import Evaluation

ENTRY = re.compile(r"\[definition (\d+)-entry (\d+)\]")
LONGEST = 90
WORDS = {
    "boolean": "`true` or `false`",
    "string": "a string",
    "package": "a package",
    "path": "a path",
    "absolute path": "an absolute path",
    "non-empty string": "a string that is not empty",
    "signed integer": "a whole number",
    "floating point number": "a number",
    "unsigned integer, meaning >=0": "a whole number, not below 0",
}

PLURALS = {
    "string": "strings",
    "package": "packages",
    "submodule": "sets of options",
    "boolean": "booleans",
    "signed integer": "whole numbers",
    "absolute path": "absolute paths",
    "path": "paths",
    "anything": "values",
}


def mismatch(diagnostic: Diagnostic, subject: Mismatched, evaluation: Evaluation) -> Diagnostic:
    """A value of the wrong type: itself marked, what is wanted in plain words, and the line to write."""
    place, definition, type_ = subject.place, subject.definition, subject.type
    span, node = written_at(place, definition)
    value = force(definition.value)
    what = describe_value(value)
    labels = diagnostic.labels
    if span is not None:
        at = span if node is None else Span(span.source, node.start, node.end)
        labels = (Label(at, f"this is {what}"),)
    else:
        outer = enclosing(evaluation, place)
        if outer is not None:
            labels = (Label(outer, f"the value made here has {what} in it: {show_value(value)}"),)
    notes = tuple(note for note in diagnostic.notes if not note.startswith("in `"))
    wanted, detail = plain(type_.describe())
    hints = fixes(place, type_, value, span, node) or diagnostic.hints
    if place.names[:2] == ("systemd", "user"):
        detail = ()
    return replace(
        diagnostic, message=f"{subject_of(place)} must be {wanted}", labels=labels, notes=(*detail, *notes), hints=hints
    )


def subject_of(place: Location) -> str:
    """`x`, or that it is about the entries of the list `x`."""
    names = list(place.names)
    entry = ""
    while names and ENTRY.fullmatch(names[-1]):
        names.pop()
        entry = "each entry of "
    return f"{entry}`{show_path(tuple(names))}`"


def plain(description: str) -> tuple[str, tuple[str, ...]]:
    """A type in words for everybody, and a note with what does not fit in."""
    words = WORDS.get(description)
    if words is not None:
        return words, ()
    if all(part in WORDS for part in description.removeprefix("null or ").split(" or ")):
        words_of = [WORDS[part] for part in description.removeprefix("null or ").split(" or ")]
        null = ["`null`"] if description.startswith("null or ") else []
        if len(words_of) + len(null) > 1:
            each = [*words_of, *null]
            return f"{', '.join(each[:-1])} or {each[-1]}", ()
    if description.startswith("null or "):
        wanted, detail = plain(description.removeprefix("null or "))
        return f"{wanted}, or `null`", detail
    if description.startswith("one of "):
        choices = description.removeprefix("one of ")
        if len(choices) > LONGEST:
            return "one of a few values", (f"it can be {choices}",)
        return f"one of {choices}", ()
    if description.startswith("list of "):
        inner = several(description.removeprefix("list of "))
        return _short(f"a list of {inner}, `[ … ]`", "a list, `[ … ]`", inner)
    if description.startswith("attribute set of "):
        inner = several(description.removeprefix("attribute set of "))
        return _short(f"a set of {inner}, `{{ name = …; }}`", "a set, `{ name = …; }`", inner)
    return _short(f"of type {description}", "of another type", description)


def several(inner: str) -> str:
    """The description of a type in the plural, where that is plain."""
    words = inner[1:-1] if inner.startswith("(") and inner.endswith(")") and inner.count("(") == 1 else inner
    parts = words.split(" or ")
    if all(part in PLURALS for part in parts):
        return " or ".join(PLURALS[part] for part in parts)
    return inner


def _short(whole: str, short: str, inner: str) -> tuple[str, tuple[str, ...]]:
    return (whole, ()) if len(whole) <= LONGEST else (short, (f"what may be in it: {inner}",))


def written_at(place: Location, definition: Definition) -> tuple[Span | None, ast.Node | None]:
    """Where a definition was written: the span of its attribute path, and the expression that is the value."""
    span = definition.span
    if span is None:
        return None, None
    last = path_parts(span)[-1][0]
    names = list(place.names)
    index = next((at for at in range(len(names) - 1, -1, -1) if names[at] == last), None)
    value = bound_value(span, last)
    if index is None:
        # An old name: its value is what was forwarded.
        return span, None if value is None else inside(value, ())
    if value is None:
        return span, None
    steps: list[str | int] = []
    for name in names[index + 1 :]:
        found = ENTRY.fullmatch(name)
        steps.append(int(found[2]) - 1 if found else name)
    return span, inside(value, steps)


def enclosing(evaluation: Evaluation, place: Location) -> Span | None:
    """Where the user wrote what a place is in: the deepest attribute on the way to it that has a place in a text."""
    here: Namespace | Slot | None = evaluation.namespace
    names = place.names[len(evaluation.prefix) :]
    for index, name in enumerate(names):
        if not isinstance(here, Namespace):
            break
        here = here.child(name)
        if isinstance(here, Slot):
            spans = [_deepest(each, names[index + 1 :]) for each in here.merged().settled()]
            found = [each for each in spans if each is not None]
            return max(found, key=lambda pair: pair[0])[1] if found else None
    return None


def _deepest(definition: Definition, names: tuple[str, ...]) -> tuple[int, Span] | None:
    """How many names of the rest a definition was written with, and where the last of them is."""
    value: Value = definition.value
    span = definition.span
    best = None if span is None else (0, span)
    for depth, name in enumerate(names, 1):
        value = force(value)
        if not isinstance(value, Attrs) or dict.get(value, name, MISSING) is MISSING:
            break
        span = value.position(name)
        if span is not None:
            best = (depth, span)
        value = dict.__getitem__(value, name)
    return best


def within(diagnostic: Diagnostic, subject: Within, evaluation: Evaluation) -> Diagnostic:
    """A mistake inside of an option's value, with the place where that was written."""
    found = enclosing(evaluation, subject.place)
    if diagnostic.labels or found is None:
        return diagnostic
    return replace(diagnostic, labels=(Label(found),))


def conflict(diagnostic: Diagnostic, subject: Conflicting) -> Diagnostic:
    """Both values marked, and how one of them is made to win."""
    labels: list[Label] = []
    line = ""
    for definition in subject.definitions:
        span, node = written_at(subject.place, definition)
        if span is None:
            continue
        shown = show_value(definition.value)
        if node is None:
            labels.append(Label(span, f"here it is {shown}"))
            continue
        text = one_line(span.source, node)
        said = "one value" if not labels else "another value"
        labels.append(Label(Span(span.source, node.start, node.end), said if text == shown else f"{said}: {shown}"))
        path = ".".join(span.source.text[start:end] for _, start, end in path_parts(span))
        line = f"{path} = lib.mkForce {as_argument(text)};"
    if not labels:
        return diagnostic
    hints = ("remove one of them",)
    if line:
        hints = (f"remove one of them, or let one win: {line}",)
    return replace(diagnostic, labels=tuple(labels), hints=hints)


def undefined(diagnostic: Diagnostic, subject: Undefined, evaluation: Evaluation) -> Diagnostic:
    """An option without value: what surrounds it, and the line to add."""
    names = subject.place.names
    labels = diagnostic.labels
    found = enclosing(evaluation, subject.place)
    if found is not None:
        labels = (Label(found, f"this needs `{names[-1]}`"),)
    slot = evaluation.find(names[len(evaluation.prefix) :]) if found is None else None
    hints = diagnostic.hints
    if names[0] in ("home", "xdg") and names[-1] == "source" and len(names) > 2:
        hints = (
            f'give it its text: {show_path(names[:-1])}.text = "…";',
            f"or a file to link to: {show_path(names)} = ./…;",
        )
    elif isinstance(slot, Slot):
        hints = (f"add a line to the configuration: {subject.place} = {_example(slot)};",)
        last = _last_line(evaluation)
        if last is not None and not labels:
            labels = (Label(last, "it can stand below this"),)
    return replace(diagnostic, message=f"`{subject.place}` has no value", labels=labels, hints=hints)


def _last_line(evaluation: Evaluation) -> Span | None:
    """The last definition in the user's main file, where there is one."""
    for spec in reversed(evaluation.modules):
        config = spec.config
        if not isinstance(config, Attrs):
            continue
        spans = [span for name in dict.keys(config) if (span := config.position(name)) is not None]
        if spans and spans[0].source.name.startswith("/"):
            return max(spans, key=lambda span: span.start)
    return None


def _example(slot: Slot) -> str:
    example = slot.option.example
    value = None if example is MISSING else force(example)
    if value is not None and not isinstance(value, dict):
        return show_value(value)
    description = slot.type.describe()
    if description.startswith("one of "):
        return description.rpartition(", ")[2]
    return {"non-empty string": '"…"', "string": '"…"', "absolute path": '"/…"'}.get(description, "…")
