"""The type expression for a type description: "list of string" is `t.list_of(t.str)`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from home_manager.authoring import Options, formats, t
from home_manager.options.types.base import OptionType

OUTER = {
    "attribute set of ": "t.attrs_of",
    "lazy attribute set of ": "t.lazy_attrs_of",
    "non-empty list of ": "t.non_empty_list_of",
    "list of ": "t.list_of",
    "DAG of ": "t.dag_of",
    "function that evaluates to a(n) ": "t.function_to",
}
"""How the description of a type of types begins."""
WORDS = {"true": "True", "false": "False", "<null>": "None"}
CALLS = (
    *(f"t.{name}({words})" for name in ("ini", "key_value") for words in ("", "duplicates=True")),
    *(f"t.{name}()" for name in ("git_ini", "ini_section", "ini_atom", "atom")),
    "t.ini_section(duplicates=True)",
    "t.ini_atom(duplicates=True)",
)
"""Types that come with options."""


def expression(description: str, submodule: str = "Options") -> str:
    """Python for a type that describes itself in these words; its submodules are the class of that name."""
    found = _read(description.strip(), submodule)
    if found is None:
        return f"t.described(t.unspecified, {description!r})"
    opened = re.search(r"open submodule of (\([^()]*\)|[^()]*)", description)
    freeform = {} if opened is None else {"freeform": eval(expression(opened[1]), {"t": t})}
    cls = type(submodule, (Options,), freeform)
    return found if described(found, {submodule: cls}) == description else f"t.described({found}, {description!r})"


def described(code: str, classes: Mapping[str, type[Options]] | None = None) -> str | None:
    """How the type of an expression describes itself, if it is one."""
    try:
        made: Any = eval(code, {"t": t, "formats": formats, **(classes or {})})
        return made.describe() if isinstance(made, OptionType) else None
    except Exception:
        return None


@cache
def known() -> dict[str, str]:
    """The types that need no arguments, by their descriptions."""
    plain = [f"t.{name}" for name in vars(t) if isinstance(getattr(t, name), OptionType)]
    found: dict[str, str] = {}
    for code in [*plain, *CALLS]:
        words = described(code)
        if words and words != "submodule":
            found.setdefault(words, code)
    return found


def _read(text: str, submodule: str) -> str | None:
    while text.startswith("(") and _closing(text) == len(text) - 1:
        text = text[1:-1]
    if text in known():
        return known()[text]
    choices = _choices(text)
    if len(choices) > 1:
        return _alternatives(choices, submodule)
    if text == "submodule":
        return f"t.submodule({submodule})"
    if text.startswith("open submodule of "):
        return f"t.submodule({submodule})"
    for words, function in OUTER.items():
        if text.startswith(words):
            inner = _read(text.removeprefix(words), submodule)
            return inner and f"{function}({inner})"
    return _with_arguments(text)


def _with_arguments(text: str) -> str | None:
    if found := re.fullmatch(r"one of (.+)", text) or re.fullmatch(r"value (.+) \(singular enum\)", text):
        words = [WORDS.get(each, each) for each in re.findall(r'"(?:\\.|[^"\\])*"|[^",\s]+', found[1])]
        return f"t.enum({', '.join(words)})"
    if found := re.fullmatch(r"string matching the pattern (.+)", text, re.DOTALL):
        return f"t.str_matching({found[1]!r})"
    if found := re.fullmatch(r"integer between (-?\d+) and (-?\d+) \(both inclusive\)", text):
        return f"t.between({found[1]}, {found[2]})"
    if found := re.fullmatch(r"integer or floating point number between (\S+) and (\S+) \(both inclusive\)", text):
        return f"t.number_between({found[1]}, {found[2]})"
    if found := re.fullmatch(r"strings concatenated with (.+)", text):
        return f"t.separated_string({found[1]})"
    return None


def _alternatives(choices: list[str], submodule: str) -> str | None:
    if choices[0] == "null":
        inner = _read(" or ".join(choices[1:]), submodule)
        return inner and f"t.null_or({inner})"
    if choices[-1].endswith(" convertible to it"):
        source = _read(choices[-1].removesuffix(" convertible to it"), submodule)
        final = _read(" or ".join(choices[:-1]), submodule)
        return source and final and f"t.coerced_to({source}, lambda value: value, {final})"
    codes = [_read(each, submodule) for each in choices]
    if None in codes:
        return None
    words = ", ".join(map(str, codes))
    return f"t.either({words})" if len(codes) == 2 else f"t.one_of({words})"


def _choices(text: str) -> list[str]:
    """The alternatives of a description; several words with an "or" between that name one known type stay together."""
    parts = _split(text)
    found: list[str] = []
    while parts:
        length = next(n for n in range(len(parts), 0, -1) if n == 1 or " or ".join(parts[:n]) in known())
        found.append(" or ".join(parts[:length]))
        parts = parts[length:]
    return found


def _split(text: str) -> list[str]:
    """The text at each "or" outside of parentheses and quotes."""
    parts, depth, start, quoted, at = [], 0, 0, False, 0
    while at < len(text):
        letter = text[at]
        if letter == '"':
            quoted = not quoted
        elif not quoted and letter in "()":
            depth += 1 if letter == "(" else -1
        elif not quoted and depth == 0 and text.startswith(" or ", at):
            parts.append(text[start:at])
            start = at = at + 4
            continue
        at += 1
    return [*parts, text[start:]]


def _closing(text: str) -> int:
    """Where the parenthesis closes that the text begins with."""
    depth = 0
    for at, letter in enumerate(text):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if not depth:
            return at
    return -1
