"""`lib.cli`: attribute sets as arguments of a command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import (
    attrs_of,
    flag_of,
    holds,
    joined,
    list_of,
    select,
    string_of,
    text_of,
    to_string,
)
from home_manager.frontends.nix.lib.escaping import shell_word
from home_manager.frontends.nix.lib.generators import value_string
from home_manager.frontends.nix.lib.options import check_arguments
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.errors import throw
from home_manager.nix.evaluation import call
from home_manager.values import Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

topic = Topic()


def rendered(format_of: Callable[[str], dict[str, Value]], attrs: Value) -> list[Value]:
    """The arguments for every attribute; `format_of` says for a name how its option is written."""
    source = attrs_of(attrs)
    result: list[Value] = []
    for name in sorted(source):
        if not name:
            raise throw("lib.cli.toCommandLine only accepts non-empty option names.")
        value = force(source[name])
        for item in value if isinstance(value, list) else [value]:
            result += one(format_of(name), item)
    return result


def one(style: dict[str, Value], value: Value) -> list[Value]:
    value = force(value)
    option, explicit = select(style, "option"), flag_of(select(style, "explicitBool"))
    if value is None or (value is False and not explicit):
        return []
    if value is True and not explicit:
        return [option]
    custom = style.get("formatArg")
    argument = value_string(value) if custom is None else string_of(call(custom, value))
    separator = force(select(style, "sep"))
    if separator is None:
        return [option, argument]
    return [joined("", [string_of(option), string_of(separator), argument])]


@topic.function("toCommandLine", 2)
def to_command_line(option_format: Value, attrs: Value) -> Value:
    return rendered(lambda name: attrs_of(call(option_format, name)), attrs)


def words(items: Value) -> str:
    return joined(" ", [shell_word(to_string(item)) for item in list_of(items)])


topic.function("toCommandLineShell", 2)(lambda option_format, attrs: words(to_command_line(option_format, attrs)))


@topic.function("toCommandLineGNU", 2)
def to_command_line_gnu(arguments: Value, attrs: Value) -> Value:
    given = attrs_of(arguments)
    check_arguments("toCommandLineGNU", given, frozenset(("isLong", "explicitBool", "formatArg")))

    def style(name: str) -> dict[str, Value]:
        long = holds(given["isLong"], name) if "isLong" in given else len(name) > 1
        result: dict[str, Value] = {
            "option": f"--{name}" if long else f"-{name}",
            "sep": "=" if long else "",
            "explicitBool": given.get("explicitBool", False),
        }
        if "formatArg" in given:
            result["formatArg"] = given["formatArg"]
        return result

    return rendered(style, attrs)


topic.function("toCommandLineShellGNU", 2)(lambda arguments, attrs: words(to_command_line_gnu(arguments, attrs)))

OLD_ARGUMENTS = frozenset(("mkOptionName", "mkBool", "mkList", "mkOption", "optionValueSeparator"))


def gnu_command_line(library: Library, arguments: Value, attrs: Value) -> list[Value]:
    """The older form, every step of which can be replaced."""
    given, source = attrs_of(arguments), attrs_of(attrs)
    check_arguments("toGNUCommandLine", given, OLD_ARGUMENTS)
    separator = force(given.get("optionValueSeparator"))

    def option_name(name: str) -> str:
        if "mkOptionName" in given:
            return text_of(library, call(given["mkOptionName"], name))
        return f"-{name}" if len(name) == 1 else f"--{name}"

    def option(name: str, value: Value) -> list[Value]:
        if "mkOption" in given:
            return list_of(call(given["mkOption"], name, value))
        if value is None:
            return []
        text = value_string(value)
        if separator is None:
            return [option_name(name), text]
        return [joined("", [option_name(name), string_of(separator), text])]

    def arguments_for(name: str, value: Value) -> list[Value]:
        if isinstance(value, bool):
            if "mkBool" in given:
                return list_of(call(given["mkBool"], name, value))
            return [option_name(name)] if value else []
        if isinstance(value, list):
            if "mkList" in given:
                return list_of(call(given["mkList"], name, value))
            return [argument for item in value for argument in option(name, force(item))]
        return option(name, value)

    return [argument for name in sorted(source) for argument in arguments_for(name, force(source[name]))]


def deprecated(library: Library, name: str, other: str) -> None:
    message = f"lib.cli.{name} is deprecated, please use lib.cli.{other} or lib.cli.toCommandLineShellGNU instead."
    force(call(library.builtin("warn"), message, None))


@topic.bound("toGNUCommandLine", 2)
def to_gnu_command_line(library: Library, arguments: Value, attrs: Value) -> Value:
    deprecated(library, "toGNUCommandLine", "toCommandLine")
    return gnu_command_line(library, arguments, attrs)


@topic.bound("toGNUCommandLineShell", 2)
def to_gnu_command_line_shell(library: Library, arguments: Value, attrs: Value) -> Value:
    deprecated(library, "toGNUCommandLineShell", "toCommandLineShell")
    return words(gnu_command_line(library, arguments, attrs))
