"""The diagnostics of the option engine: one function for each thing that may be wrong with definitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from home_manager.diagnostics import Failure, Label
from home_manager.diagnostics.nearest import nearest
from home_manager.options.definition import Definition, tag
from home_manager.options.errors.catchable import refused
from home_manager.options.errors.subjects import Conflicting, Mismatched, Undefined, Unknown
from home_manager.options.location import Location, show_path
from home_manager.options.types.base import Mismatch, describe_value, show_value
from home_manager.values import OpenAttrs
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.options.declaration import Option
    from home_manager.options.types.base import OptionType

PRIORITY_HINT = "use `lib.mkForce value` or `lib.mkDefault value` to change the priority of one of them"


def _about(raised: Failure, subject: object) -> Failure:
    raised.about = subject
    return raised


def _labels(definitions: Iterable[Definition], text: str = "") -> tuple[Label, ...]:
    labels: list[Label] = []
    for definition in definitions:
        span = definition.span
        if span is not None:
            labels.append(Label(span, text.format(show_value(definition.value)) if text else ""))
    return tuple(labels)


def _values(definitions: Iterable[Definition]) -> tuple[str, ...]:
    """Notes for the definitions that no label can show."""
    return tuple(f"in `{each.file}`: {show_value(each.value)}" for each in definitions if each.span is None)


def declared_in(files: Sequence[str]) -> tuple[str, ...]:
    """The note that says where an option is declared."""
    known = [file for file in dict.fromkeys(files) if file]
    return (f"declared in {' and '.join(known)}",) if known else ()


def mismatch(place: Location, type_: OptionType, definition: Definition, found: Mismatch | None) -> Failure:
    """A definition that its option's type does not accept."""
    what = found.found if found else describe_value(definition.value)
    inside = "".join(f".{name}" for name in found.path) if found else ""
    hints: tuple[str, ...] = ()
    value = definition.value
    expected = found.expected if found else type_.describe()
    if isinstance(value, (int, float)) and not isinstance(value, bool) and type_.accepts(str(value)):
        hints = (f'write it as a string: "{value}"',)
    elif isinstance(value, str) and any(type_.accepts(each) for each in _meant(value)):
        hints = (f"write it without quotes: {value}",)
    elif not isinstance(value, list) and type_.accepts([]) and takes(place, type_, [value]):
        hints = (f"put it in a list: [ {show_value(value)} ]",)
    raised = refused(
        "option-type-mismatch",
        f"`{place}{inside}` must be of type {expected}",
        *_labels([definition], f"this is {what}"),
        notes=() if definition.span else (f"in `{definition.file}` it is {what}: {show_value(value)}",),
        hints=hints,
    )
    return _about(raised, Mismatched(place, type_, definition))


def takes(place: Location, type_: OptionType, value: object) -> bool:
    """Whether a type takes a value with everything inside of it: `accepts` looks at the outermost layer only."""
    # Circular: the check of everything reads options, which raise what is made here.
    from home_manager.options.errors.check_everything import mistake_in

    return type_.accepts(value) and mistake_in(place, type_, value) is None


def _meant(text: str) -> list[object]:
    """What a string would be without its quotes, if it is not a string then."""
    if text in ("true", "false"):
        return [text == "true"]
    return [int(text)] if text.isdigit() else []


def conflict(place: Location, definitions: Sequence[Definition]) -> Failure:
    """Definitions of equal priority that differ."""
    raised = refused(
        "option-conflict",
        f"`{place}` has conflicting definitions",
        *_labels(definitions, "{}"),
        notes=_values(definitions),
        hints=(PRIORITY_HINT,),
    )
    return _about(raised, Conflicting(place, definitions))


def not_unique(place: Location, definitions: Sequence[Definition], message: str = "") -> Failure:
    """Several definitions of an option that takes one."""
    return refused(
        "option-not-unique",
        f"`{place}` is defined {len(definitions)} times, but takes one definition",
        *_labels(definitions, "{}"),
        notes=((message,) if message else ()) + _values(definitions),
        hints=(PRIORITY_HINT,),
    )


def unmergeable(place: Location, definitions: Sequence[Definition]) -> Failure:
    """Definitions that the option's type knows no way to join."""
    return refused(
        "option-conflict",
        f"the definitions of `{place}` cannot be merged",
        *_labels(definitions, "{}"),
        notes=_values(definitions),
        hints=(PRIORITY_HINT,),
    )


def unchecked_alternative(
    place: Location, left: OptionType, right: OptionType, definitions: Sequence[Definition]
) -> str:
    """The warning for a value that is of neither type, where nobody checked before."""
    given = "; ".join(f"in `{each.file}`: {show_value(each.value)}" for each in definitions)
    return (
        f"`{place}` must be of type {left.describe()} or {right.describe()}, but its definitions are of neither: {given}. "
        "A freeform type that leaves a choice checks nothing by itself: write `attrsOf (either …)` there. "
        "This is going to be an error"
    )


def undefined(place: Location, files: Sequence[str]) -> Failure:
    """An option that is read but has neither definition nor default."""
    raised = refused(
        "option-undefined",
        f"`{place}` is used but not defined",
        notes=declared_in(files),
        hints=(f"define it: {place} = …;",),
    )
    return _about(raised, Undefined(place))


def read_only(place: Location, definitions: Sequence[Definition], files: Sequence[str]) -> Failure:
    """A read-only option with more than one definition."""
    return refused(
        "option-read-only",
        f"`{place}` is read-only, but is set more than once",
        *_labels(definitions),
        notes=_values(definitions) + declared_in(files),
    )


def redeclared(place: Location, first: Sequence[str], second: str) -> Failure:
    """Two declarations of one option that do not go together."""
    return refused(
        "option-redeclared",
        f"`{place}` is declared in `{second}`, but is already declared in {' and '.join(f'`{f}`' for f in first)}",
    )


def unknown(
    names: tuple[str, ...], definition: Definition, siblings: Sequence[str], elsewhere: Sequence[tuple[str, ...]]
) -> Failure:
    """A definition of an option that no module declares; `elsewhere` are options of that name at another level."""
    close = nearest(names[-1], siblings) or [name for name in siblings if _abbreviates(names[-1], name)]
    near = [show_path((*names[:-1], name)) for name in close]
    others = [show_path(path) for path in elsewhere if path[0] == names[0]]
    hints: tuple[str, ...] = ()
    options = near or others
    if options:
        hints = (f"did you mean {' or '.join(f'`{name}`' for name in options[:3])}?",)
    if _declares(definition.value):
        hints = (*hints, "declare options below `options`, not in `config`")
    notes: tuple[str, ...] = () if definition.span else (f"defined in `{definition.file}`",)
    raised = refused(
        "unknown-option",
        f"the option `{show_path(names)}` does not exist",
        *_labels([definition], "no module declares this option"),
        notes=notes,
        hints=hints,
    )
    return _about(raised, Unknown(names, definition, siblings))


def _abbreviates(name: str, option: str) -> bool:
    return len(name) > 2 and option.startswith(name)


def _declares(value: object, depth: int = 3) -> bool:
    """Whether a definition is, or holds, a declaration that somebody put into `config`."""
    try:
        value = force(value)
        if not isinstance(value, dict) or isinstance(value, OpenAttrs) or len(value) > 20:
            return False
        if "_type" in value or "type" in value:
            return tag(value) == "option"
        return depth > 0 and any(_declares(each, depth - 1) for each in value.values())
    except Failure:
        return False


def not_a_namespace(place: Location, definition: Definition, wrong: object) -> Failure:
    """A value where a set of options must stand."""
    value = wrong[0] if isinstance(wrong, list) else wrong
    what = describe_value(value)
    labels = _labels([definition], f"this is {what}")
    notes = () if definition.span else (f"in `{definition.file}` it is {what}",)
    if not place.names:
        return refused("option-namespace", "a module must be an attribute set", *labels, notes=notes)
    return refused(
        "option-namespace",
        f"`{place}` holds options, so it must be an attribute set",
        *labels,
        notes=notes,
    )


def not_a_declaration(place: Location, entry: object, file: str) -> Failure:
    """Something in a tree of declarations that declares nothing."""
    return refused(
        "option-declaration",
        f"`{place}` is declared as {describe_value(entry)}, not as an option",
        notes=(f"in `{file}`",),
        hints=("declare it with `lib.mkOption { type = …; }`",),
    )


def parent_of_options(
    place: Location, option: tuple[str, Option], trees: Sequence[tuple[str, Mapping[str, object]]]
) -> Failure:
    """An option below which others are declared, though its type has no room for them."""
    file, declaration = option
    type_ = declaration.type.describe() if declaration.type else "unspecified value"
    inner = sorted(f"`{place}.{name}` in {where}" for where, tree in trees for name in tree)
    return refused(
        "option-redeclared",
        f"`{place}` is declared as an option of type {type_} in `{file}`, so no options can be declared below it",
        notes=tuple(inner),
    )
