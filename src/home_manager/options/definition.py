"""Definitions: the values given to options, and the properties that wrap them.

A property is an attribute set with `_type`: `if` (condition, content), `merge` (contents), `override` (priority,
content), `order` (priority, content) and `definition` (file, value): the same in every front end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from home_manager.diagnostics import Span
from home_manager.options.errors.catchable import refused
from home_manager.values import Attrs, Value
from home_manager.values.lazy import force

FORCE = 50
DEFINED = 100
MODULE_DEFAULT = 1000
OPTION_DEFAULT = 1500
"""Priorities of override; the smallest number wins."""

BEFORE = 500
UNORDERED = 1000
AFTER = 1500
"""Priorities of order; the smallest number comes first."""


class Definition:
    """A value given to an option, in a file. The span is found when it is asked for."""

    __slots__ = ("_origin", "file", "value")

    def __init__(self, value: Value, file: str, origin: Span | tuple[Value, str] | None = None) -> None:
        self.value = value
        self.file = file
        self._origin = origin

    @property
    def span(self) -> Span | None:
        """Where the attribute that holds the value was written."""
        return span_of(self._origin)

    def of(self, value: Value) -> Definition:
        """The same definition with another value: an unwrapped or converted one."""
        return Definition(value, self.file, self._origin)

    def __repr__(self) -> str:
        return f"Definition({self.value!r}, {self.file!r})"


def span_of(origin: Span | tuple[Value, str] | None) -> Span | None:
    """A place, which may be given as a set and a name in it."""
    if isinstance(origin, tuple):
        holder, name = origin
        return holder.position(name) if isinstance(holder, Attrs) else None
    return origin


def mk_if(condition: Value, content: Value) -> Attrs:
    return Attrs({"_type": "if", "condition": condition, "content": content})


def mk_merge(contents: Value) -> Attrs:
    return Attrs({"_type": "merge", "contents": contents})


def mk_override(priority: int, content: Value) -> Attrs:
    """A definition with a priority of its own: of several, those with the lowest number count."""
    return Attrs({"_type": "override", "priority": priority, "content": content})


def mk_force(content: Value) -> Attrs:
    """A definition that wins over plain ones (`mkForce`)."""
    return mk_override(FORCE, content)


def mk_default(content: Value) -> Attrs:
    """A definition that any plain one replaces (`mkDefault`)."""
    return mk_override(MODULE_DEFAULT, content)


def mk_option_default(content: Value) -> Attrs:
    return mk_override(OPTION_DEFAULT, content)


def mk_order(priority: int, content: Value) -> Attrs:
    """A definition with a place among others of a list or of lines (`mkOrder`): 1000 is the usual one."""
    return Attrs({"_type": "order", "priority": priority, "content": content})


def mk_before(content: Value) -> Attrs:
    """A definition that comes before the others (`mkBefore`)."""
    return mk_order(BEFORE, content)


def mk_after(content: Value) -> Attrs:
    """A definition that comes after the others (`mkAfter`)."""
    return mk_order(AFTER, content)


def tag(value: Value) -> object:
    """The `_type` of a forced value, or `None`."""
    return force(value.get("_type")) if isinstance(value, dict) and "_type" in value else None


Turn = tuple[int, int]
"""When the walk through the imports comes to a module: how many imports lead to it, and from which side.

Of equal depth, what is given first (0) comes before the modules of the catalogue (1), and what is added later after (2).
"""


class Pushed:
    """An attribute set of definitions without properties around it; those that were are put around each value.

    `wrappers` run from the outermost inwards; `turn` is when the walk through the imports came to the module.
    """

    __slots__ = ("attrs", "file", "turn", "wrappers")

    def __init__(self, attrs: dict[str, Value], file: str, wrappers: tuple[Attrs, ...], turn: Turn) -> None:
        self.attrs = attrs
        self.file = file
        self.wrappers = wrappers
        self.turn = turn

    def value(self, name: str) -> Value:
        """The value of an attribute within the properties that were pushed down."""
        value = self.attrs[name]
        for wrapper in reversed(self.wrappers):
            value = Attrs({**wrapper, "content": value})
        return value

    def definition(self, name: str) -> Definition:
        return Definition(self.value(name), self.file, (self.attrs, name))


def push_down(value: Value, file: str, wrappers: tuple[Attrs, ...], turn: Turn, into: list[Pushed]) -> Value:
    """Splits a value into attribute sets without properties, keeping conditions unevaluated.

    Returns `None`, or the value that is no attribute set where one must stand.
    """
    value = force(value)
    match tag(value):
        case "merge":
            assert isinstance(value, dict)
            contents = force(value["contents"])
            for content in contents if isinstance(contents, list) else [contents]:
                wrong = push_down(content, file, wrappers, turn, into)
                if wrong is not None:
                    return wrong
        case "if":
            assert isinstance(value, dict)
            wrapper = Attrs({"_type": "if", "condition": value["condition"]})
            return push_down(value["content"], file, (*wrappers, wrapper), turn, into)
        case "override":
            assert isinstance(value, dict)
            wrapper = Attrs({"_type": "override", "priority": value["priority"]})
            return push_down(value["content"], file, (*wrappers, wrapper), turn, into)
        case _:
            if not isinstance(value, dict):
                return [value]
            into.append(Pushed(value, file, wrappers, turn))
    return None


def _discharge(definition: Definition, value: Value, into: list[Definition]) -> None:
    value = force(value)
    if not isinstance(value, dict) or "_type" not in value:
        into.append(definition.of(value))
        return
    match force(value["_type"]):
        case "merge":
            contents = force(value["contents"])
            assert isinstance(contents, list)
            for content in contents:
                _discharge(definition, content, into)
        case "if":
            condition = force(value["condition"])
            if not isinstance(condition, bool):
                raise refused(
                    "condition-not-boolean",
                    "the condition of `mkIf` is not a boolean",
                    span=definition.span,
                    notes=(f"in `{definition.file}`",),
                )
            if condition:
                _discharge(definition, value["content"], into)
        case "definition":
            file = force(value.get("file"))
            # The place where it was put together says nothing of the file that it names.
            into.append(Definition(force(value["value"]), str(file)))
        case _:
            into.append(definition.of(value))


def _priority(definition: Definition) -> int:
    value = definition.value
    if isinstance(value, dict) and tag(value) == "override":
        priority = force(value["priority"])
        assert isinstance(priority, int)
        return priority
    return DEFINED


def settle(definitions: Sequence[Definition]) -> tuple[list[Definition], int]:
    """The definitions that count, in order and without properties, and their priority: conditions are decided here."""
    if len(definitions) == 1:
        only = definitions[0]
        value = force(only.value)
        if not isinstance(value, dict) or "_type" not in value:
            return [only.of(value)], DEFINED
    normal: list[Definition] = []
    for definition in definitions:
        _discharge(definition, definition.value, normal)
    if not normal:
        return [], 9999
    wrapped = [isinstance(each.value, dict) and "_type" in each.value for each in normal]
    if not any(wrapped):
        return normal, DEFINED
    priorities = [_priority(each) for each in normal]
    best = min(priorities)
    kept: list[Definition] = []
    ordered = False
    for definition, priority in zip(normal, priorities, strict=True):
        if priority != best:
            continue
        value = definition.value
        if isinstance(value, dict) and tag(value) == "override":
            value = force(value["content"])
            definition = definition.of(value)
        ordered = ordered or (isinstance(value, dict) and tag(value) == "order")
        kept.append(definition)
    return (_sorted(kept) if ordered else kept), best


def _sorted(definitions: Iterable[Definition]) -> list[Definition]:
    keyed: list[tuple[int, int, Definition]] = []
    for index, definition in enumerate(definitions):
        value = definition.value
        priority = UNORDERED
        if isinstance(value, dict) and tag(value) == "order":
            number = force(value["priority"])
            assert isinstance(number, int)
            priority, definition = number, definition.of(force(value["content"]))
        keyed.append((priority, index, definition))
    keyed.sort(key=lambda item: item[:2])
    return [definition for _, _, definition in keyed]
