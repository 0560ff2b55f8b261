"""Quoting of `lib.strings`: for shells, regular expressions, URLs, XML and the Nix language itself."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import (
    attrs_of,
    flag_of,
    is_string_like,
    joined,
    list_of,
    string_of,
    to_string,
    with_context,
)
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.errors import assertion_failed, throw
from home_manager.nix.evaluation import call
from home_manager.values import Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

KEYWORDS = frozenset({"assert", "else", "if", "in", "inherit", "let", "or", "rec", "then", "with"})
UNQUOTED_IN_SHELL = re.compile(r"[0-9A-Za-z,._+:@%/-]+")
IDENTIFIER = re.compile(r"[a-zA-Z_][a-zA-Z0-9_'-]*")
POSIX_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
REGEX_CHARACTERS = "\\[{()^$?*+|."
XML_ENTITIES = {ord(c): f"&{name};" for c, name in {'"': "quot", "'": "apos", "<": "lt", ">": "gt", "&": "amp"}.items()}

topic = Topic()


def nix_string(text: str) -> str:
    """A text as a string literal of the language."""
    return json.dumps(text, ensure_ascii=False).replace("$", "\\$")


def nix_identifier(text: str) -> str:
    """A text as an attribute name, quoted where it must be."""
    return text if IDENTIFIER.fullmatch(text) and text not in KEYWORDS else nix_string(text)


def show_attr_path(path: list[str]) -> str:
    """An attribute path as people write it."""
    return ".".join([nix_identifier(name) for name in path]) if path else "<root attribute path>"


def shell_word(text: str) -> str:
    """One word of a shell, in single quotes unless it has only harmless characters."""
    if UNQUOTED_IN_SHELL.fullmatch(text):
        return text
    return with_context("'" + text.replace("'", "'\\''") + "'", text)


@topic.bound("escape", 2)
def escape(library: Library, characters: Value, string: Value) -> Value:
    items = [string_of(item) for item in list_of(characters)]
    if all([len(item) == 1 for item in items]):
        text = string_of(string)
        return with_context(text.translate({ord(item): "\\" + item for item in items}), text)
    return call(library.builtin("replaceStrings"), items, ["\\" + item for item in items], string)


def character_code(character: Value) -> int:
    """The number of a single character of one byte."""
    text = string_of(character)
    if len(text) != 1 or not 0 < ord(text) < 256:
        raise throw(f"charToInt: {nix_string(text)} is not a single character of ASCII")
    return ord(text)


topic.function("charToInt", 1)(character_code)


@topic.function("escapeC", 2)
def escape_c(characters: Value, string: Value) -> Value:
    text = string_of(string)
    table = {code: f"\\x{code:02x}" for code in [character_code(item) for item in list_of(characters)]}
    return with_context(text.translate(table), text)


@topic.function("escapeURL", 1)
def escape_url(string: Value) -> Value:
    from urllib.parse import quote

    text = string_of(string)
    return with_context(quote(text, safe="-_.~"), text)


@topic.function("escapeShellArg", 1)
def escape_shell_arg(argument: Value) -> Value:
    return shell_word(to_string(argument))


@topic.function("escapeShellArgs", 1)
def escape_shell_args(arguments: Value) -> Value:
    return joined(" ", [shell_word(to_string(item)) for item in list_of(arguments)])


@topic.function("escapeNixString", 1)
def escape_nix_string(string: Value) -> Value:
    text = string_of(string)
    return with_context(nix_string(text), text)


@topic.function("escapeNixIdentifier", 1)
def escape_nix_identifier(string: Value) -> Value:
    text = string_of(string)
    return with_context(nix_identifier(text), text)


@topic.function("escapeRegex", 1)
def escape_regex(string: Value) -> Value:
    text = string_of(string)
    return with_context(text.translate({ord(c): "\\" + c for c in REGEX_CHARACTERS}), text)


@topic.function("escapeXML", 1)
def escape_xml(string: Value) -> Value:
    text = string_of(string)
    return with_context(text.translate(XML_ENTITIES), text)


@topic.function("isValidPosixName", 1)
def is_valid_posix_name(name: Value) -> Value:
    return POSIX_NAME.fullmatch(string_of(name)) is not None


def shell_variable(name: str, value: Value) -> str:
    """A bash statement that gives a variable a text, a list or an associative array."""
    if not POSIX_NAME.fullmatch(name):
        raise throw(f"toShellVar: {name} is not a valid shell variable name")
    value = force(value)
    if isinstance(value, dict) and not is_string_like(value):
        parts: list[str] = []
        for key in sorted(value):
            word = shell_word(to_string(value[key]))
            parts.append(with_context(f"[{shell_word(key)}]={word}", word))
        body = joined(" ", parts)
        return with_context(f"declare -A {name}=({body})", body)
    if isinstance(value, list):
        body = joined(" ", [shell_word(to_string(item)) for item in value])
        return with_context(f"declare -a {name}=({body})", body)
    body = shell_word(to_string(value))
    return with_context(f"{name}={body}", body)


@topic.function("toShellVar", 2)
def to_shell_var(name: Value, value: Value) -> Value:
    return shell_variable(string_of(name), value)


@topic.function("toShellVars", 1)
def to_shell_vars(variables: Value) -> Value:
    source = attrs_of(variables)
    return joined("\n", [shell_variable(name, source[name]) for name in sorted(source)])


def need(condition: bool) -> None:
    """What an `assert` without words says in the language."""
    if not condition:
        raise assertion_failed("assertion failed")


def upper_case(text: str) -> str:
    """The text with the letters of ASCII, and no others, in upper case."""
    return text.translate(UPPER)


UPPER = {code: code - 32 for code in range(ord("a"), ord("z") + 1)}
LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def cmake_option(kind: str, feature: Value, value: Value) -> str:
    need(kind in {"BOOL", "FILEPATH", "PATH", "STRING", "INTERNAL", "LIST"})
    name, text = force(feature), force(value)
    need(isinstance(name, str) and isinstance(text, str))
    return with_context(f"-D{name}:{kind}={text}", name, text)


@topic.function("cmakeOptionType", 3)
def cmake_option_type(kind: Value, feature: Value, value: Value) -> Value:
    return cmake_option(upper_case(string_of(kind)), feature, value)


@topic.function("cmakeBool", 2)
def cmake_bool(feature: Value, flag: Value) -> Value:
    need(isinstance(force(flag), bool))
    return cmake_option("BOOL", feature, "TRUE" if flag_of(flag) else "FALSE")


@topic.function("cmakeFeature", 2)
def cmake_feature(feature: Value, value: Value) -> Value:
    return cmake_option("STRING", feature, value)


@topic.function("mesonOption", 2)
def meson_option(feature: Value, value: Value) -> Value:
    name, text = force(feature), force(value)
    need(isinstance(name, str) and isinstance(text, str))
    return with_context(f"-D{name}={text}", name, text)


@topic.function("mesonBool", 2)
def meson_bool(feature: Value, flag: Value) -> Value:
    need(isinstance(force(flag), bool))
    return meson_option(feature, "true" if flag_of(flag) else "false")


@topic.function("mesonEnable", 2)
def meson_enable(feature: Value, flag: Value) -> Value:
    need(isinstance(force(flag), bool))
    return meson_option(feature, "enabled" if flag_of(flag) else "disabled")


def switch(on: str, off: str, flag: Value, feature: Value) -> str:
    name = force(feature)
    need(isinstance(name, str) and isinstance(force(flag), bool))
    return with_context(f"--{on if flag_of(flag) else off}-{name}", name)


def switch_with_value(on: str, off: str, flag: Value, feature: Value, value: Value) -> str:
    option = switch(on, off, flag, feature)
    if not flag_of(flag):
        return option
    text = to_string(value)
    return with_context(f"{option}={text}", option, text)


topic.function("enableFeature", 2)(lambda flag, feature: switch("enable", "disable", flag, feature))
topic.function("withFeature", 2)(lambda flag, feature: switch("with", "without", flag, feature))
topic.function("enableFeatureAs", 3)(lambda *arguments: switch_with_value("enable", "disable", *arguments))
topic.function("withFeatureAs", 3)(lambda *arguments: switch_with_value("with", "without", *arguments))
