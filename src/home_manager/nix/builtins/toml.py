"""TOML: `fromTOML`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, NoReturn

from home_manager.diagnostics import Failure
from home_manager.nix.byte_strings import reject_zero_byte
from home_manager.nix.errors import eval_error
from home_manager.nix.operations import expect_plain_string
from home_manager.values import Attrs, Builtin, Value

if TYPE_CHECKING:
    from home_manager.nix.builtins.evaluator_services import EvaluatorServices

_INT_MAX: Final = 2**63 - 1
TIMESTAMPS: Final = "parse-toml-timestamps"

_FINE_TIME: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}'  # what may look like a time but is none: strings
    r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"|' + r"'[^'\n]*'|#[^\n]*"
    r"|(?P<before>(?:\d{4}-\d\d-\d\d[Tt ])?\d\d:\d\d:\d\d\.\d{6})(?P<more>\d+)(?P<zone>[Zz]|[+-]\d\d:\d\d)?",
    re.DOTALL,
)
"""A time with more digits than microseconds have, which Python's reader drops."""


def parse_toml(text: str, *, timestamps: bool = False) -> Value:
    """The value that a TOML text stands for. With `timestamps`, dates and times become sets."""
    import tomllib

    finer: dict[str, str] = {}
    read = _without_fine_times(text, finer) if timestamps else text
    try:
        value = tomllib.loads(read)
    except tomllib.TOMLDecodeError as error:
        raise _refused(str(error)) from None
    except (ValueError, RecursionError) as error:
        # Python's limit on the digits of one number, and on nesting.
        raise _refused(str(error)) from None
    try:
        return _value(value, text, finer, timestamps=timestamps)
    except Failure as failure:
        if failure.diagnostic.code == "nix-toml":
            raise
        raise _refused(f"error: {failure.diagnostic.message}") from None


def _refused(reason: str) -> Failure:
    return eval_error(f"while parsing TOML: {reason}", code="nix-toml")


def _value(value: object, text: str, finer: dict[str, str], *, timestamps: bool) -> Value:
    """A value of Python's as one of the language; refuses what the language has not."""
    if isinstance(value, dict):
        attrs = Attrs()
        for name, inner in value.items():
            reject_zero_byte(name)
            attrs[name] = _value(inner, text, finer, timestamps=timestamps)
        return attrs
    if isinstance(value, list):
        return [_value(item, text, finer, timestamps=timestamps) for item in value]
    if isinstance(value, str):
        if value in finer:
            return _timestamp(finer[value])
        reject_zero_byte(value)
        return value
    if isinstance(value, (bool, float)):
        return value
    if isinstance(value, int):
        if not -_INT_MAX - 1 <= value <= _INT_MAX:
            _too_large(value, text)
        return value
    if not timestamps:
        raise _refused("Dates and times are not supported")
    return _timestamp(_iso(value))


def _too_large(value: int, text: str) -> NoReturn:
    """An integer beyond 64 bits, in the words of the library that Nix uses, with the line that it stands in."""
    shown = f"{abs(value)}"
    for number, line in enumerate(text.split("\n"), 1):
        at = line.replace("_", "").find(shown)
        if at >= 0:
            excerpt = f"\n --> fromTOML\n   |\n {number} | {line.strip()}"
            raise _refused(
                f"[error] toml::parse_dec_integer: too large integer: current max digits = 2^63{excerpt}\n"
                f"   | {' ' * len(line.strip())}^-- must be < 2^63"
            )
    raise _refused(f"the integer {value} does not fit in 64 bits")


# Dates and times


def _timestamp(text: str) -> Value:
    return Attrs({"_type": "timestamp", "value": text})


def _iso(value: object) -> str:
    """A date or time as it is written in TOML, with three, six or no digits after the second."""
    from datetime import datetime, time

    if not isinstance(value, (datetime, time)):
        return str(value)
    digits = 0 if value.microsecond == 0 else 3 if value.microsecond % 1000 == 0 else 6
    detail = {0: "seconds", 3: "milliseconds", 6: "microseconds"}[digits]
    text = value.isoformat("T", detail) if isinstance(value, datetime) else value.isoformat(detail)
    return text.replace("+00:00", "Z")


def _without_fine_times(text: str, finer: dict[str, str]) -> str:
    """The text with a string for each time that is finer than microseconds; `finer` says what each stands for."""
    import tomllib

    mark = "time"
    while mark in text:
        mark += "-"

    def replaced(found: re.Match[str]) -> str:
        before, more = found["before"], found["more"]
        nanoseconds = f"{more}00"[:3]
        if before is None or nanoseconds == "000":
            return found.group()
        zone = found["zone"] or ""
        try:
            plain = _iso(tomllib.loads(f"t = {before}{zone}")["t"])
        except tomllib.TOMLDecodeError:
            return found.group()
        whole = re.sub(r"(\d\d:\d\d:\d\d)(\.\d+)?", rf"\1.{before[-6:]}{nanoseconds}", plain, count=1)
        name = f"{mark}{len(finer)}"
        finer[name] = whole
        return f'"{name}"'

    return _FINE_TIME.sub(replaced, text)


def builtins(ev: EvaluatorServices) -> Iterable[Builtin | tuple[str, Value]]:
    """The built-ins of this topic."""

    def from_toml(text: Value) -> Value:
        source = expect_plain_string(text, "while evaluating the argument passed to builtins.fromTOML")
        return parse_toml(source, timestamps=TIMESTAMPS in ev.features)

    return (Builtin("fromTOML", 1, from_toml),)
