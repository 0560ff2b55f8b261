"""Types of the values that a file format can hold, under the names that nixpkgs' `formats` give them."""

from __future__ import annotations

from home_manager.options.types.alternatives import Either, NullOr, Recursive, one_of
from home_manager.options.types.base import Described, OptionType
from home_manager.options.types.compound import AttrsOf, ListOf, NonEmptyListOf
from home_manager.options.types.scalars import BOOL, FLOAT, INT, PATH, STR


def serializable(format_name: str, *, nullable: bool = True) -> OptionType:
    """Any nesting of the plain values: `JSON value`, `TOML value`, `YAML 1.1 value`."""

    def build(value: OptionType) -> OptionType:
        base = one_of([BOOL, INT, FLOAT, STR, PATH, AttrsOf(value), ListOf(value)])
        return NullOr(base) if nullable else base

    return Recursive(f"{format_name} value", build, name="nullOr" if nullable else "either")


JSON = serializable("JSON")
TOML = serializable("TOML", nullable=False)
YAML = serializable("YAML 1.1")
_PLAIN = NullOr(one_of([BOOL, INT, FLOAT, STR]))


def atom(words: str, *, duplicates: bool = False, joined: bool = False) -> OptionType:
    """A single value of a line-based file, or a list of them where the format has a use for it."""
    single = Described(_PLAIN, f"{words} (null, bool, int, float or string)")
    if duplicates:
        return Described(Either(single, ListOf(single)), f"{single.describe()} or a list of them for duplicate keys")
    if joined:
        return Described(Either(single, NonEmptyListOf(single)), f"{single.describe()} or a non-empty list of them")
    return single


def ini_atom(*, duplicates: bool = False, joined: bool = False) -> OptionType:
    return atom("INI atom", duplicates=duplicates, joined=joined)


def ini_section(*, duplicates: bool = False, joined: bool = False) -> OptionType:
    """The keys of one section of an INI file."""
    inner = ini_atom(duplicates=duplicates, joined=joined)
    return Described(AttrsOf(inner), f"section of an INI file (attrs of {inner.describe()})")


def ini(*, duplicates: bool = False, joined: bool = False) -> OptionType:
    """An INI file: sections by name."""
    return AttrsOf(ini_section(duplicates=duplicates, joined=joined))


def key_value(*, duplicates: bool = False, joined: bool = False) -> OptionType:
    """A file of keys and values."""
    return AttrsOf(atom("atom", duplicates=duplicates, joined=joined))


def git_ini() -> OptionType:
    """Git's configuration: sections, and subsections below them."""
    inner = ini_atom(duplicates=True)
    return AttrsOf(AttrsOf(Either(inner, AttrsOf(inner))))
