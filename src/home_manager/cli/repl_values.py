"""What the interactive evaluator shows of values, and what it offers to complete a name with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from home_manager.diagnostics import Failure

if TYPE_CHECKING:
    from home_manager.values import Value

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_'-]*")

ENTIRELY = 10_000
"""A depth that no value has which can be shown."""

INDENT = "  "


def shown(value: Value, *, depth: int = 1) -> str:
    """A value as code, set out as Nix's own evaluator does: what lies deeper than `depth` stands as `{ ... }`.

    What is inside a set or list is computed only if it is shown; where that fails, the error stands in its place.
    """
    return _Layout(depth).show(value, "", 0)


class _Layout:
    """One value being set out: each set and list in it is shown once, so that circles end."""

    def __init__(self, deepest: int) -> None:
        self.deepest = deepest
        # The values are kept, so that none of them goes and leaves its identity to another one.
        self.seen: dict[int, Value] = {}

    def show(self, value: Value, indent: str, depth: int) -> str:
        from home_manager.nix.printer import print_value
        from home_manager.values import Builtin, Function
        from home_manager.values.lazy import force

        value = force(value)
        if isinstance(value, list):
            if self._again(value):
                return "«repeated»"
            if depth >= self.deepest:
                return "[ ... ]"
            return self._set_out("[", [("", each, "") for each in value], "]", indent, depth)
        if isinstance(value, dict):
            if self._again(value):
                return "«repeated»"
            if (name := _derivation(value)) is not None:
                return f"«derivation {name}»"
            if depth >= self.deepest:
                return "{ ... }"
            items = [(f"{quoted(name)} = ", _get(value, name), ";") for name in sorted(value)]
            return self._set_out("{", items, "}", indent, depth)
        if isinstance(value, Builtin):
            return f"«primop {value.name}»" if not value.arguments else f"«partially applied primop {value.name}»"
        if isinstance(value, Function):
            return _function(value)
        return print_value(value)

    def _again(self, value: Value) -> bool:
        """Whether a set or list was met before; empty ones are shown again."""
        if not value or id(value) in self.seen:
            return bool(value)
        self.seen[id(value)] = value
        return False

    def _set_out(self, begin: str, items: list[tuple[str, Value, str]], end: str, indent: str, depth: int) -> str:
        """Elements in lines of their own, but a single one that holds no others in the line of its brackets."""
        inner = indent + INDENT
        texts = [f"{before}{self._item(value, inner, depth)}{after}" for before, value, after in items]
        if not texts:
            return f"{begin} {end}"
        if len(texts) == 1 and not _is_nested(items[0][1]):
            return f"{begin} {texts[0]} {end}"
        return "\n".join([begin, *(f"{inner}{text}" for text in texts), f"{indent}{end}"])

    def _item(self, value: Value, indent: str, depth: int) -> str:
        try:
            return self.show(value, indent, depth + 1)
        except Failure as failed:
            return f"«error: {failed.diagnostic.message}»"


def _is_nested(value: Value) -> bool:
    """Whether an element, which was shown already, is a set or list."""
    from home_manager.values.lazy import force

    try:
        return isinstance(force(value), dict | list)
    except Failure:
        return False


def _get(value: dict[str, Value], name: str) -> Value:
    from home_manager.values.lazy import Delayed

    # The getting may itself fail, in sets that are made name by name.
    return Delayed(lambda: value[name])


def _function(value: Value) -> str:
    from home_manager.nix.nodes.functions import Lambda

    if not isinstance(value, Lambda):
        return "«lambda»"
    line, column = value.code.source.position(value.code.start)
    name = f" {value.code.name}" if value.code.name else ""
    return f"«lambda{name} @ {value.code.source.name}:{line}:{column}»"


def _derivation(value: dict[str, Value]) -> str | None:
    from home_manager.values.lazy import force

    if "type" not in value or "outPath" not in value:
        return None
    try:
        if force(value["type"]) != "derivation":
            return None
        return str(force(value["name"])) if "name" in value else "?"
    except Failure:
        return None


def quoted(name: str) -> str:
    """A name as it stands in a set."""
    from home_manager.nix.quoting import quote_name

    return quote_name(name)


def type_of(value: Value) -> str:
    """The type of a value, as a person says it."""
    from home_manager.nix.printer import show_type

    return show_type(value)


def completions(text: str, scope: Mapping[str, Value], value_of: Callable[[str], Value]) -> list[str]:
    """What the last word of a text may become: names in scope, or the attributes of what stands before the last dot."""
    before, dot, part = text.rpartition(".")
    if not dot:
        return sorted(name for name in scope if name.startswith(part))
    if not all(NAME.fullmatch(each) for each in before.split(".")):
        return []
    try:
        value = value_of(before)
    except Failure:
        return []
    names: Iterable[str] = value if isinstance(value, dict) else ()
    return sorted(f"{before}.{quoted(name)}" for name in names if name.startswith(part))
