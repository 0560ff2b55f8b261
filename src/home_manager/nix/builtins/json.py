"""JSON: `toJSON` and `fromJSON`, to the byte as the original writes it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from json.encoder import encode_basestring
from math import isfinite
from typing import TYPE_CHECKING

from home_manager.diagnostics import Failure
from home_manager.nix.byte_strings import reject_zero_byte, surrogate_at
from home_manager.nix.coercion import at_attribute, inside, used
from home_manager.nix.errors import eval_error, stack_overflow, type_error
from home_manager.nix.nodes.node import MOST_FRAMES, framed
from home_manager.nix.operations import (
    context_of,
    expect_plain_string,
    preview,
    show_type,
    with_context,
)
from home_manager.values import MISSING, Attrs, Builtin, ContextString, PathValue, Value
from home_manager.values.lazy import Lazy

if TYPE_CHECKING:
    from collections.abc import Callable

    from home_manager.nix.builtins.evaluator_services import EvaluatorServices

    CopyPath = Callable[[PathValue], str]

_INT_MAX = 2**63 - 1
_UNSIGNED_MAX = 2**64 - 1
_IN_LIST = "while evaluating list element at index "


def float_text(value: float) -> str:
    """A float with the fewest digits that give it back; always with a point or an exponent."""
    if not isfinite(value):
        return "null"
    shortest = repr(value)
    mantissa, _, exponent = shortest.partition("e")
    sign = "-" if mantissa.startswith("-") else ""
    whole, _, fraction = mantissa.lstrip("-").partition(".")
    if fraction == "0":
        fraction = ""
    digits = (whole + fraction).lstrip("0")
    if not digits:
        return sign + "0.0"
    # `point`: where the decimal point stands, counted from the first significant digit.
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    count = len(digits)
    if count <= point <= 15:
        return f"{sign}{digits}{'0' * (point - count)}.0"
    if 0 < point <= 15:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -4 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    power = point - 1
    shown = digits if count == 1 else f"{digits[0]}.{digits[1:]}"
    return f"{sign}{shown}e{'-' if power < 0 else '+'}{abs(power):02d}"


def string_text(value: str) -> str:
    """A string in quotes."""
    if not value.isascii():
        at = surrogate_at(value)
        if at >= 0:
            start = len(value[:at].encode("utf-8", "surrogateescape"))
            byte = ord(value[at]) - 0xDC00
            raise eval_error(
                "JSON serialization error: [json.exception.type_error.316] "
                f"invalid UTF-8 byte at index {start}: 0x{byte:02X}"
            )
    return encode_basestring(value)


class _Writer:
    """Writes one value: the pieces so far, and what they depend on.

    `copy` brings a path into the store; without it a path is written as it is. `room` is how deep values may nest.
    """

    def __init__(self, context: set[str], copy: CopyPath | None, room: int) -> None:
        self.out: list[str] = []
        self.context = context
        self.copy = copy
        self.room = room

    def value(self, value: Value) -> None:
        while isinstance(value, Lazy):
            value = value.force()
        if isinstance(value, str):
            if isinstance(value, ContextString):
                self.context |= value.context
            self.out.append(string_text(value))
        elif value is None:
            self.out.append("null")
        elif isinstance(value, bool):
            self.out.append("true" if value else "false")
        elif isinstance(value, int):
            self.out.append(str(value))
        elif isinstance(value, float):
            self.out.append(float_text(value))
        elif isinstance(value, (list, dict)):
            self.room -= 1
            if self.room < 0:
                raise stack_overflow()
            if isinstance(value, list):
                self.list(value)
            else:
                self.attrs(value)
            self.room += 1
        elif isinstance(value, PathValue):
            if self.copy is None:
                self.out.append(string_text(value.text))
            else:
                self.value(self.copy(value))
        else:
            raise type_error(f"cannot convert {show_type(value)} to JSON")

    def list(self, items: list[Value]) -> None:
        before = "["
        for index, item in enumerate(items):
            self.out.append(before)
            try:
                self.value(item)
            except Failure as error:
                framed(error, f"{_IN_LIST}{index}", None)
                raise
            before = ","
        self.out.append("]" if items else "[]")

    def attrs(self, attrs: dict[str, Value]) -> None:
        if attrs.get("__toString", MISSING) is not MISSING:
            self.out.append(string_text(self.text_of(attrs, self.room)))
            return
        inner, through = inside(attrs)
        if through:
            try:
                self.value(inner)
            except Failure as error:
                used(error, attrs, through)
                raise
            return
        before = "{"
        for name in sorted(attrs):
            self.out.append(before)
            self.out.append(string_text(name))
            self.out.append(":")
            try:
                self.value(attrs[name])
            except Failure as error:
                _at_attribute(error, attrs, name)
                raise
            before = ","
        self.out.append("}" if attrs else "{}")

    def text_of(self, value: Value, room: int) -> str:
        """What `__toString` returns: a string, or a path, which is not copied; possibly in another such set."""
        if isinstance(value, str):
            self.context |= context_of(value)
            return value
        if isinstance(value, PathValue):
            return value.text
        if not isinstance(value, dict):
            raise type_error(f"`__toString` should return a string, but got {show_type(value)}: {preview(value)}")
        if room < 0:
            raise stack_overflow()
        inner, through = inside(value)
        if not through:
            raise type_error(f"`__toString` must return a string, but got {show_type(value)}: {preview(value)}")
        try:
            return self.text_of(inner, room - 1)
        except Failure as error:
            used(error, value, through)
            raise


def _at_attribute(error: Failure, attrs: dict[str, Value], name: str) -> None:
    """The value of an attribute cannot be written: it is also the place of the lists in it, and of the error."""
    span = attrs.position(name) if isinstance(attrs, Attrs) else None
    if span is not None:
        for index in range(len(error.frames) - 1, -1, -1):
            frame = error.frames[index]
            if frame.span is not None or not frame.text.startswith(_IN_LIST):
                break
            error.frames[index] = replace(frame, span=span)
    if len(error.frames) < MOST_FRAMES:
        at_attribute(error, attrs, name, f"while evaluating attribute '{name}'")


def json_text(value: Value, context: set[str], copy: CopyPath | None = None, room: int = 10_000) -> str:
    """The JSON of a value. What its strings and paths depend on is added to `context`."""
    writer = _Writer(context, copy, room)
    writer.value(value)
    return "".join(writer.out)


def _integer(text: str) -> int | float:
    value = int(text)
    if value > _INT_MAX:
        if value > _UNSIGNED_MAX:
            return float(text)
        raise eval_error(f"unsigned json number {text} outside of Nix integer range")
    return value if value >= -_INT_MAX - 1 else float(text)


def _floating(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise eval_error(f"[json.exception.out_of_range.406] number overflow parsing '{text}'")
    return value


def _no_constant(text: str) -> None:
    raise ValueError(f"invalid literal; last read: '{text[0]}'")


def parse_json(text: str) -> Value:
    """The value that a JSON text stands for."""
    try:
        value: Value = json.loads(text, parse_int=_integer, parse_float=_floating, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        # In the original's columns, which count the character at fault.
        message = error.msg[0].lower() + error.msg[1:]
        raise eval_error(
            f"[json.exception.parse_error.101] parse error at line {error.lineno}, column {error.colno}: {message}",
            code="nix-json",
        ) from None
    except ValueError as error:
        raise eval_error(f"[json.exception.parse_error.101] parse error: {error}", code="nix-json") from None
    if "\\u" in text:
        _check_strings(value)
    return value


def _check_strings(value: Value) -> None:
    """Refuses what only an escape can bring into a string: a zero byte, and half of a surrogate pair."""
    todo = [value]
    while todo:
        item = todo.pop()
        if isinstance(item, str):
            reject_zero_byte(item)
            if not item.isascii() and surrogate_at(item, low=0xD800) >= 0:
                raise eval_error(
                    "[json.exception.parse_error.101] parse error: invalid string: "
                    "surrogate U+D800..U+DBFF must be followed by U+DC00..U+DFFF",
                    code="nix-json",
                )
        elif isinstance(item, list):
            todo.extend(item)
        elif isinstance(item, dict):
            todo.extend(item.keys())
            todo.extend(item.values())


def _from_json(text: Value) -> Value:
    source = expect_plain_string(text, "while evaluating the first argument passed to builtins.fromJSON")
    try:
        return parse_json(source.removeprefix("\ufeff"))
    except Failure as error:
        if error.diagnostic.code == "nix-json":
            error.add_frame("while decoding a JSON string", nix=True)
        raise


def builtins(ev: EvaluatorServices) -> Iterable[Builtin | tuple[str, Value]]:
    """The built-ins of this topic."""
    copy = ev.copy_path

    def to_json(value: Value) -> Value:
        context: set[str] = set()
        text = json_text(value, context, copy, ev.max_call_depth - ev.depth)
        return with_context(text, context)

    return (Builtin("toJSON", 1, to_json), Builtin("fromJSON", 1, _from_json))
