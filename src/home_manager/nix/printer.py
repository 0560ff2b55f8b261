"""Values as text: what `nix-instantiate --eval` prints, and the short form that error messages quote."""

from __future__ import annotations

from typing import Final

from home_manager.nix.errors import stack_overflow
from home_manager.nix.quoting import quote, quote_name, show_float
from home_manager.values import Builtin, ContextString, Function, PathValue, Value
from home_manager.values.lazy import Lazy

_DEEPEST: Final = 10_000
_ENDLESS: Final = 10**9


def type_name(value: Value) -> str:
    """What `builtins.typeOf` says of a value that is not lazy."""
    if isinstance(value, str):
        return "string"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "int"
    if isinstance(value, float):
        return "float"
    if isinstance(value, dict):
        return "set"
    if isinstance(value, list):
        return "list"
    if isinstance(value, PathValue):
        return "path"
    if isinstance(value, Function):
        return "lambda"
    raise TypeError(f"not a value of the language: {type(value)}")


_SHOWN: Final = {
    "string": "a string",
    "null": "null",
    "bool": "a Boolean",
    "int": "an integer",
    "float": "a float",
    "set": "a set",
    "list": "a list",
    "path": "a path",
    "lambda": "a function",
}


def show_type(value: Value) -> str:
    """The type of a value with its article, as error messages name it."""
    if isinstance(value, Lazy):
        if value.state == 2:
            return show_type(value.value)
        return "a black hole" if value.state == 1 else "a thunk"
    if isinstance(value, ContextString) and value.context:
        return "a string with context"
    if isinstance(value, Builtin):
        partly = "partially applied " if value.arguments else ""
        return f"the {partly}built-in function '{value.name}'"
    return _SHOWN[type_name(value)]


def print_value(value: Value) -> str:
    """A value as `nix-instantiate --eval` prints it. Nothing is forced: what is not computed is `<CODE>`."""
    out: list[str] = []
    _print(value, out, set(), 0)
    return "".join(out)


def _print(value: Value, out: list[str], seen: set[int], depth: int) -> None:
    if depth > _DEEPEST:
        raise stack_overflow()
    cell = id(value)
    if isinstance(value, Lazy):
        if value.state != 2:
            out.append("«potential infinite recursion»" if value.state == 1 else "<CODE>")
            return
        value = value.value
    if isinstance(value, dict):
        if value and id(value) in seen:
            out.append("«repeated»")
            return
        seen.add(id(value))
        out.append("{ ")
        for name in sorted(value):
            out.append(f"{quote_name(name)} = ")
            _print(value[name], out, seen, depth + 1)
            out.append("; ")
        out.append("}")
    elif isinstance(value, list):
        # Nix tells a list from others by the cell that holds it, not by its elements.
        if value and cell in seen:
            out.append("«repeated»")
            return
        seen.add(cell)
        out.append("[ ")
        for item in value:
            _print(item, out, seen, depth + 1)
            out.append(" ")
        out.append("]")
    elif isinstance(value, Builtin):
        # The original writes `derivation` in the language itself.
        plain = "<LAMBDA>" if value.name == "derivation" else "<PRIMOP>"
        out.append("<PRIMOP-APP>" if value.arguments else plain)
    elif isinstance(value, Function):
        out.append("<LAMBDA>")
    else:
        out.append(_scalar(value))


def _scalar(value: Value, limit: int | None = None) -> str:
    if isinstance(value, str):
        return quote(value, limit)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return show_float(value)
    if isinstance(value, PathValue):
        return value.text
    if isinstance(value, int):
        return str(value)
    raise TypeError(f"not a value of the language: {type(value)}")


def traced(value: Value) -> str:
    """A value as `builtins.trace` shows it: in the words of error messages, but whole."""
    printer = _Preview(_ENDLESS, None)
    printer.add(value, 0)
    return "".join(printer.out)


def preview(value: Value) -> str:
    """A value as error messages quote it: nothing is forced, and what is long is cut."""
    printer = _Preview()
    printer.add(value, 0)
    return "".join(printer.out)


class _Preview:
    """A preview under way: at most `most` levels, attributes and elements, counted over the whole."""

    def __init__(self, most: int = 10, length: int | None = 1024) -> None:
        self.out: list[str] = []
        self.seen: set[int] = set()
        self.attrs = 0
        self.items = 0
        self.most = most
        self.length = length

    def add(self, value: Value, depth: int) -> None:
        out = self.out
        if isinstance(value, Lazy):
            if value.state != 2:
                out.append("«potential infinite recursion»" if value.state == 1 else "«thunk»")
                return
            value = value.value
        if isinstance(value, dict):
            self._attrs(value, depth)
        elif isinstance(value, list):
            self._list(value, depth)
        elif isinstance(value, Function):
            out.append(f"«{value.shown()}»")
        else:
            out.append(_scalar(value, self.length))

    def _attrs(self, value: dict[str, Value], depth: int) -> None:
        out = self.out
        # `dict`'s own methods, so that a set whose attributes are made on demand does not make them for a message.
        if dict.__len__(value) and id(value) in self.seen:
            out.append("«repeated»")
            return
        self.seen.add(id(value))
        if depth >= self.most:
            out.append("{ ... }")
            return
        out.append("{ ")
        names = sorted(dict.keys(value), key=lambda name: (name not in ("type", "_type"), name))
        for number, name in enumerate(names):
            if self.attrs >= self.most:
                out.append(_elided(len(names) - number, "attribute") + " ")
                break
            out.append(f"{quote_name(name)} = ")
            self.add(dict.__getitem__(value, name), depth + 1)
            out.append("; ")
            self.attrs += 1
        out.append("}")

    def _list(self, value: list[Value], depth: int) -> None:
        out = self.out
        if value and id(value) in self.seen:
            out.append("«repeated»")
            return
        self.seen.add(id(value))
        if depth >= self.most:
            out.append("[ ... ]")
            return
        out.append("[ ")
        for number, item in enumerate(value):
            if self.items >= self.most:
                out.append(_elided(len(value) - number, "item") + " ")
                break
            self.add(item, depth + 1)
            out.append(" ")
            self.items += 1
        out.append("]")


def _elided(count: int, noun: str) -> str:
    return f"«{count} {noun}{'' if count == 1 else 's'} elided»"
