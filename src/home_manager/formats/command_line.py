"""Attribute sets as command line arguments: the functions of nixpkgs' `lib.cli`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from home_manager.diagnostics import failure
from home_manager.formats import shell
from home_manager.formats.plain import attrs_of, items, value_string
from home_manager.values import Value
from home_manager.values.lazy import force


@dataclass(frozen=True, slots=True)
class OptionFormat:
    """How one option is written: its name, what joins the value to it (`None`: nothing, it is a word of its own)."""

    option: str
    separator: str | None
    explicit_bool: bool = False
    format_argument: Callable[[Value], str] = value_string


def _is_long(name: str) -> bool:
    return len(name) > 1


def gnu_format(
    name: str,
    *,
    is_long: Callable[[str], bool] = _is_long,
    explicit_bool: bool = False,
    format_argument: Callable[[Value], str] = value_string,
) -> OptionFormat:
    """`--name=value` and `-nvalue`."""
    long = is_long(name)
    return OptionFormat(f"--{name}" if long else f"-{name}", "=" if long else "", explicit_bool, format_argument)


def arguments(value: Value, option_format: Callable[[str], OptionFormat] = gnu_format) -> list[str]:
    """The words (`toCommandLine`, by default `toCommandLineGNU`): null gives none, a list one option an element."""
    attrs = attrs_of(value, "a command line")
    out: list[str] = []
    for name, setting in items(attrs):
        if not name:
            raise failure("format-invalid-name", "a command line option needs a name")
        chosen = option_format(name)
        for element in setting if isinstance(setting, list | tuple) else [setting]:
            out.extend(_words(chosen, force(element)))
    return out


def _words(chosen: OptionFormat, value: Value) -> list[str]:
    if value is None or (value is False and not chosen.explicit_bool):
        return []
    if value is True and not chosen.explicit_bool:
        return [chosen.option]
    argument = chosen.format_argument(value)
    return [chosen.option, argument] if chosen.separator is None else [chosen.option + chosen.separator + argument]


def render(value: Value, option_format: Callable[[str], OptionFormat] = gnu_format) -> str:
    """The arguments quoted for a shell, on one line."""
    return shell.quote_all(arguments(value, option_format))
