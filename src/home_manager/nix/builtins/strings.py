"""Strings: lengths and offsets in bytes, joining, replacing, and regular expressions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVar

from home_manager.nix.builtins.regex import Pattern, full_match, split_text
from home_manager.nix.builtins.regex_limit import MatchTooLong
from home_manager.nix.byte_strings import decode, encode, is_ascii, rejoined, surrogate_at
from home_manager.nix.coercion import (
    coerce_to_string,
    context_of,
    expect_int,
    expect_list,
    expect_plain_string,
    expect_string,
    with_context,
)
from home_manager.nix.errors import eval_error
from home_manager.values import ContextString
from home_manager.values.classes import Builtin, Value
from home_manager.values.lazy import Lazy, force

if TYPE_CHECKING:
    from home_manager.nix.builtins.evaluator_services import EvaluatorServices

Found = TypeVar("Found")


def _to_string(value: Value) -> Value:
    if type(value) is int:
        return str(value)
    forced = force(value)
    if isinstance(forced, str):
        return forced
    if type(forced) is int:
        return str(forced)
    return coerce_to_string(forced, more=True, doing="while evaluating the first argument passed to builtins.toString")


def _substring(ev: EvaluatorServices) -> Callable[[Value, Value, Value], Value]:
    def run(start: Value, length: Value, text: Value) -> Value:
        if type(start) is int and type(length) is int and type(text) is str and start >= 0 and is_ascii(text):
            # The frequent case; the rest is for everything else that is allowed.
            return text[start:] if length < 0 else text[start : start + length]
        first = expect_int(start, "while evaluating the first argument (the start offset) passed to builtins.substring")
        if first < 0:
            raise eval_error("negative start position in 'substring'")
        count = expect_int(
            length, "while evaluating the second argument (the substring length) passed to builtins.substring"
        )
        value = force(text)
        if not isinstance(value, str):
            value = coerce_to_string(
                value,
                copy=ev.copy_path,
                doing="while evaluating the third argument (the string) passed to builtins.substring",
            )
        # A negative length stands for the rest.
        end = None if count < 0 else first + count
        part = value[first:end] if value.isascii() else decode(encode(value)[first:end])
        return with_context(part, value.context) if isinstance(value, ContextString) else part

    return run


def _string_length(ev: EvaluatorServices) -> Callable[[Value], Value]:
    def run(text: Value) -> Value:
        value = force(text)
        if not isinstance(value, str):
            value = coerce_to_string(
                value,
                copy=ev.copy_path,
                doing="while evaluating the argument passed to builtins.stringLength",
            )
        return len(value) if is_ascii(value) else len(encode(value))

    return run


def _concat_strings_sep(ev: EvaluatorServices) -> Callable[[Value, Value], Value]:
    def run(separator: Value, items: Value) -> Value:
        between = expect_string(
            separator,
            "while evaluating the first argument (the separator string) passed to builtins.concatStringsSep",
        )
        elements = expect_list(
            items,
            "while evaluating the second argument (the list of strings to concat) passed to builtins.concatStringsSep",
        )
        contexts: list[frozenset[str]] = []
        if isinstance(between, ContextString):
            contexts.append(between.context)
        parts: list[str] = []
        add = parts.append
        for element in elements:
            if isinstance(element, Lazy):
                element = element.force()
            if type(element) is str:
                add(element)
                continue
            if not isinstance(element, str):
                element = coerce_to_string(
                    element,
                    copy=ev.copy_path,
                    doing="while evaluating one element of the list of strings to concat "
                    "passed to builtins.concatStringsSep",
                )
            if isinstance(element, ContextString):
                contexts.append(element.context)
            add(element)
        text = rejoined(between.join(parts))
        return with_context(text, frozenset().union(*contexts)) if contexts else text

    return run


@lru_cache(maxsize=256)
def _any_of(texts: tuple[str, ...]) -> re.Pattern[str]:
    """Finds the leftmost of some texts; of several at one place the first in the list."""
    return re.compile("|".join(map(re.escape, texts)))


_WHOLE: Final = "while evaluating the third argument passed to builtins.replaceStrings"
_REPLACEMENT: Final = "while evaluating one of the replacement strings passed to builtins.replaceStrings"


def _replaced(text: str, source: str, target: Value) -> str:
    """A text in ASCII with every occurrence of another one, which is not empty, replaced."""
    if source not in text:
        return text
    replacement = expect_string(target, _REPLACEMENT)
    if type(replacement) is str:
        return rejoined(text.replace(source, replacement))
    return with_context(rejoined(text.replace(source, replacement)), context_of(replacement))


def _replace_strings(sources: Value, targets: Value, text: Value) -> Value:
    if type(sources) is list and type(targets) is list and len(sources) == 1 == len(targets):
        # The frequent case: one text, in a string that is like most.
        source = sources[0]
        if type(source) is str and source:
            whole = expect_string(text, _WHOLE)
            if type(whole) is str and is_ascii(whole):
                return _replaced(whole, source, targets[0])
    from_items = expect_list(sources, "while evaluating the first argument passed to builtins.replaceStrings")
    to_items = expect_list(targets, "while evaluating the second argument passed to builtins.replaceStrings")
    if len(from_items) != len(to_items):
        raise eval_error("'from' and 'to' arguments passed to builtins.replaceStrings have different lengths")
    wanted = tuple(
        [
            item
            if type(item) is str
            else expect_string(item, "while evaluating one of the strings to replace passed to builtins.replaceStrings")
            for item in from_items
        ]
    )
    value = expect_string(text, _WHOLE)
    context = set(context_of(value))
    known: dict[int, str] = {}

    def replacement(index: int) -> str:
        """The text to put in place of the one at `index`; only what is needed is computed."""
        if index not in known:
            target = expect_string(
                to_items[index],
                _REPLACEMENT,
            )
            context.update(context_of(target))
            known[index] = target
        return known[index]

    if "" in wanted or any(not source.isascii() and surrogate_at(source) >= 0 for source in wanted):
        return with_context(_replace_bytewise(value, wanted, replacement), context)
    if not wanted:
        return value
    indices: dict[str, int] = {}
    for index, source in enumerate(wanted):
        indices.setdefault(source, index)
    pieces: list[str] = []
    at = 0
    for found in _any_of(wanted).finditer(value):
        start, end = found.span()
        pieces.append(value[at:start])
        pieces.append(replacement(indices[value[start:end]]))
        at = end
    if at == 0 and not pieces:
        return value
    pieces.append(value[at:])
    return with_context(rejoined("".join(pieces)), context)


def _replace_bytewise(value: str, wanted: tuple[str, ...], replacement: Callable[[int], str]) -> str:
    """As the original does it, byte by byte; an empty text is found before every byte and at the end."""
    data = encode(value)
    sources = [encode(source) for source in wanted]
    result = bytearray()
    at = 0
    while at <= len(data):
        for index, source in enumerate(sources):
            if data.startswith(source, at):
                result += encode(replacement(index))
                if source:
                    at += len(source)
                else:
                    result += data[at : at + 1]
                    at += 1
                break
        else:
            result += data[at : at + 1]
            at += 1
    return decode(bytes(result))


@lru_cache(maxsize=1024)
def _pattern(text: str) -> Pattern:
    """The compiled pattern; configurations use few, again and again."""
    # Start-up: most configurations use no pattern at all.
    from home_manager.nix.builtins.regex_syntax import InvalidPattern, PatternTooLarge

    try:
        return Pattern(text)
    except InvalidPattern:
        raise eval_error(f"invalid regular expression '{text}'", code="nix-regex") from None
    except PatternTooLarge:
        raise eval_error(f"memory limit exceeded by regular expression '{text}'", code="nix-regex") from None


def _in_time(regex: Value, find: Callable[[], Found]) -> Found:
    """What is found, unless there are so many ways to try that Nix would not come back."""
    try:
        return find()
    except MatchTooLong:
        raise eval_error(
            f"the regular expression '{force(regex)}' matches in too many ways",
            code="nix-regex",
            hints=("let only one part of it repeat: `a*` rather than `(a*)*`",),
        ) from None


def _match(regex: Value, text: Value) -> Value:
    pattern = _pattern(expect_plain_string(regex, "while evaluating the first argument passed to builtins.match"))
    value = expect_string(text, "while evaluating the second argument passed to builtins.match")
    return _in_time(regex, lambda: full_match(pattern, value))


def _split(regex: Value, text: Value) -> Value:
    pattern = _pattern(expect_plain_string(regex, "while evaluating the first argument passed to builtins.split"))
    value = expect_string(text, "while evaluating the second argument passed to builtins.split")
    parts = _in_time(regex, lambda: split_text(pattern, value))
    # Without a match the string comes back as it is, context included.
    return [value] if len(parts) == 1 else parts


def builtins(ev: EvaluatorServices) -> Iterable[Builtin | tuple[str, Value]]:
    """The built-ins of this topic."""
    return (
        Builtin("toString", 1, _to_string),
        Builtin("substring", 3, _substring(ev)),
        Builtin("stringLength", 1, _string_length(ev)),
        Builtin("concatStringsSep", 2, _concat_strings_sep(ev)),
        Builtin("replaceStrings", 3, _replace_strings),
        Builtin("match", 2, _match),
        Builtin("split", 2, _split),
    )
