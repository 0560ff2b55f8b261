"""Numbers as strings, names of store objects and distances between words, of `lib.strings`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import integer_of, string_of, to_string, with_context
from home_manager.frontends.nix.lib.escaping import nix_string
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.errors import throw
from home_manager.nix.evaluation import call
from home_manager.values import Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

NAME_LENGTH = 207
"""The longest name that a store object made from a derivation can have."""

DIGITS = 1000
"""More digits are no number that anybody meant; Python refuses to convert very long ones."""

topic = Topic()


def padded(width: int, filler: str, text: str) -> str:
    if not filler:
        raise throw("fixedWidthString: the filler must not be empty")
    missing = width - len(text)
    if missing < 0 or (missing and missing % len(filler)):
        shorter = width if missing < 0 else len(text) - len(filler) + missing % len(filler)
        raise throw(
            f"fixedWidthString: requested string length ({shorter}) must not be shorter than actual length "
            f"({len(text)})"
        )
    return with_context(filler * (missing // len(filler) if missing else 0) + text, filler, text)


@topic.function("fixedWidthString", 3)
def fixed_width_string(width: Value, filler: Value, string: Value) -> Value:
    return padded(integer_of(width), string_of(filler), string_of(string))


@topic.function("fixedWidthNumber", 2)
def fixed_width_number(width: Value, number: Value) -> Value:
    return padded(integer_of(width), "0", to_string(number))


@topic.bound("floatToString", 1)
def float_to_string(library: Library, number: Value) -> Value:
    text, value = to_string(number), force(number)
    if not (isinstance(value, int) or (isinstance(value, float) and float(text) == value)):
        return call(library.builtin("warn"), f"Imprecise conversion from float to string {text}", text)
    return text


def parsed_integer(function: str, pattern: str, string: Value) -> int:
    text = string_of(string)
    found = re.fullmatch(pattern, text)
    if not found or len(found[1]) > DIGITS or not -(2**63) <= int(found[1]) < 2**63:
        raise throw(f"{function}: Could not convert {nix_string(text)} to int.")
    if function == "toInt" and re.fullmatch("0[0-9]+", found[1]):
        raise throw(f"toInt: Ambiguity in interpretation of {nix_string(text)} between octal and zero padded integer.")
    return int(found[1])


SPACE = "[ \t\n\v\f\r]*"
topic.function("toInt", 1)(lambda string: parsed_integer("toInt", f"{SPACE}(-?[0-9]+){SPACE}", string))
topic.function("toIntBase10", 1)(lambda string: parsed_integer("toIntBase10", f"{SPACE}0*?(-?[0-9]+){SPACE}", string))


@topic.function("sanitizeDerivationName", 1)
def sanitize_derivation_name(string: Value) -> Value:
    text = str(to_string(string))
    if len(text) <= NAME_LENGTH and re.fullmatch(r"[0-9A-Za-z+_?=-][0-9A-Za-z+._?=-]*", text):
        return text
    return re.sub(r"[^0-9A-Za-z+._?=-]+", "-", text.lstrip("."))[-NAME_LENGTH:] or "unknown"


def edit_distance(first: str, second: str) -> int:
    """The Levenshtein distance."""
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        above = row
        row = [i]
        for j, b in enumerate(second, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b)))
    return row[-1]


@topic.function("levenshtein", 2)
def levenshtein(first: Value, second: Value) -> Value:
    return edit_distance(string_of(first), string_of(second))


@topic.function("levenshteinAtMost", 3)
def levenshtein_at_most(limit: Value, first: Value, second: Value) -> Value:
    a, b, most = string_of(first), string_of(second), integer_of(limit)
    return a == b if most <= 0 else abs(len(a) - len(b)) <= most and edit_distance(a, b) <= most


def common_length(first: str, second: str) -> int:
    length = 0
    while length < min(len(first), len(second)) and first[length] == second[length]:
        length += 1
    return length


topic.function("commonPrefixLength", 2)(lambda a, b: common_length(string_of(a), string_of(b)))
topic.function("commonSuffixLength", 2)(lambda a, b: common_length(string_of(a)[::-1], string_of(b)[::-1]))
