"""`lib.options`: declaring options, and showing options, definitions and example code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import (
    Selected,
    attribute,
    attrs_of,
    flag_of,
    has,
    joined_attrs,
    list_of,
    select,
    string_of,
    to_string,
    with_context,
)
from home_manager.frontends.nix.lib.attrset_paths import follow, path_of
from home_manager.frontends.nix.lib.escaping import nix_identifier, show_attr_path
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.errors import NixThrow, throw, wrong_argument
from home_manager.nix.evaluation import call
from home_manager.options.module import UNKNOWN_FILE
from home_manager.values import MISSING, Attrs, Builtin, Value
from home_manager.values.classes import attrs_of as copied
from home_manager.values.lazy import Delayed, force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

OPTION_ATTRIBUTES = frozenset(
    ("default", "defaultText", "example", "description", "relatedPackages", "type", "apply", "internal", "visible")
) | {"readOnly"}

topic = Topic()
topic.constant("unknownModule", UNKNOWN_FILE)


def is_tagged(value: Value, tag: str) -> bool:
    """Whether a value is an attribute set whose `_type` is `tag`."""
    return attribute(value, "_type") == tag


def tagged(tag: str, attrs: dict[str, Value]) -> Attrs:
    """The attribute set with a `_type`."""
    result = copied(attrs, attrs.origin if isinstance(attrs, Attrs) else None)
    result["_type"] = tag
    return result


def check_arguments(function: str, given: dict[str, Value], known: frozenset[str]) -> None:
    """Refuses what a function with a set pattern would refuse."""
    if not given.keys() <= known:
        name = min(given.keys() - known)
        raise wrong_argument(f"function '{function}' called with unexpected argument '{name}'")


@topic.function("isOption", 1)
def is_option(value: Value) -> Value:
    return is_tagged(value, "option")


@topic.function("mkOption", 1)
def mk_option(arguments: Value) -> Value:
    given = attrs_of(arguments)
    check_arguments("mkOption", given, OPTION_ATTRIBUTES)
    return tagged("option", given)


@topic.bound("mkEnableOption", 1)
def mk_enable_option(library: Library, name: Value) -> Value:
    def description() -> Value:
        text = string_of(name)
        return with_context(f"Whether to enable {text}.", text)

    boolean = library.topic("types")["bool"]
    return Attrs(
        {
            "_type": "option",
            "default": False,
            "example": True,
            "description": Delayed(description),
            "type": boolean,
        }
    )


def literal(kind: str, text: Value) -> Attrs:
    return Attrs({"_type": kind, "text": text})


PACKAGE_ARGUMENTS = frozenset(("nullable", "default", "example", "extraDescription", "pkgsText"))


@topic.bound("mkPackageOption", 3)
def mk_package_option(library: Library, packages: Value, name: Value, arguments: Value) -> Value:
    given = attrs_of(arguments)
    check_arguments("mkPackageOption", given, PACKAGE_ARGUMENTS)
    nullable = flag_of(given.get("nullable", False))
    prefix = string_of(given.get("pkgsText", "pkgs"))
    shown = force(name)
    last = string_of(shown[-1]) if isinstance(shown, list) else string_of(shown)
    default = force(given.get("default", shown))
    result = Attrs({"_type": "option"})
    if default is not None:
        path = path_of(default if isinstance(default, list) else [default])
        text = show_attr_path(path)

        def find() -> Value:
            found = follow(path, packages)
            if found is MISSING:
                raise throw(f"{text} cannot be found in {prefix}")
            return found

        result["default"] = Delayed(find)
        result["defaultText"] = literal("literalExpression", f"{prefix}.{text}")
    elif nullable:
        result["default"] = None
    extra = string_of(given.get("extraDescription", ""))
    result["description"] = f"The {last} package to use." + (f" {extra}" if extra else "")
    types = library.topic("types")
    result["type"] = call(types["nullOr"], types["package"]) if nullable else types["package"]
    example = force(given.get("example"))
    if example is not None:
        text = f"{prefix}.{show_attr_path(path_of(example))}" if isinstance(example, list) else string_of(example)
        result["example"] = literal("literalExpression", text)
    return result


@topic.bound("mkSinkUndeclaredOptions", 1)
def mk_sink_undeclared_options(library: Library, arguments: Value) -> Value:
    def refuse(value: Value) -> Value:
        raise throw("Option value is not readable because the option is not declared.")

    kind = Attrs(
        {
            "name": "sink",
            "check": Builtin("check", 1, lambda value: True),
            "merge": Builtin("merge", 2, lambda place, definitions: False),
        }
    )
    base = Attrs(
        {
            "_type": "option",
            "internal": True,
            "visible": False,
            "default": False,
            "description": "Takes every definition of an option that is not declared.",
            "type": call(library.topic("types")["mkOptionType"], kind),
            "apply": Builtin("apply", 1, refuse),
        }
    )
    return joined_attrs(base, arguments)


@topic.function("getValues", 1)
def get_values(definitions: Value) -> Value:
    return [Selected(definition, "value") for definition in list_of(definitions)]


@topic.function("getFiles", 1)
def get_files(definitions: Value) -> Value:
    return [Selected(definition, "file") for definition in list_of(definitions)]


@topic.function("literalExpression", 1)
def literal_expression(text: Value) -> Value:
    if not isinstance(force(text), str):
        raise throw("literalExpression expects a string.")
    return literal("literalExpression", text)


@topic.function("literalMD", 1)
def literal_md(text: Value) -> Value:
    if not isinstance(force(text), str):
        raise throw("literalMD expects a string.")
    return literal("literalMD", text)


@topic.function("literalCode", 2)
def literal_code(language: Value, text: Value) -> Value:
    return literal("literalMD", f"```{string_of(language)}\n{string_of(text)}\n```\n")


PLACEHOLDER = re.compile("<.*>", re.DOTALL)


def show_option(parts: list[Value]) -> str:
    """The name of an option; `*` and placeholders such as `<name>` stay as they are."""
    names = [string_of(part) for part in parts]
    return ".".join([name if name == "*" or PLACEHOLDER.fullmatch(name) else nix_identifier(name) for name in names])


@topic.function("showOption", 1)
def show_option_value(parts: Value) -> Value:
    return show_option(list_of(parts))


def show_files(files: list[Value]) -> str:
    return " and ".join([f"`{to_string(file)}'" for file in files])


@topic.function("showFiles", 1)
def show_files_value(files: Value) -> Value:
    return show_files(list_of(files))


SHOWN_LINES = 5
SHOWN_DEPTH = 10


def show_definitions(definitions: list[Value]) -> str:
    """The files of definitions and the first lines of their values, where those can be computed."""
    # Start-up: only documentation and messages print values.
    from home_manager.frontends.nix.lib.pretty import Style, pretty

    result = ""
    for definition in definitions:
        result += f"\n- In `{to_string(select(definition, 'file'))}'"
        try:
            lines = pretty(select(definition, "value"), Style(depth=SHOWN_DEPTH)).split("\n")
        except NixThrow:
            continue
        shown = lines[:SHOWN_LINES] + ["..."] * (len(lines) > SHOWN_LINES)
        result += (":\n    " if len(lines) > 1 else ": ") + "\n    ".join(shown)
    return result


@topic.function("showDefs", 1)
def show_definitions_value(definitions: Value) -> Value:
    return show_definitions(list_of(definitions))


@topic.function("showOptionWithDefLocs", 1)
def show_option_with_files(option: Value) -> Value:
    files = "\n".join([f"  - {to_string(file)}" for file in list_of(select(option, "files"))])
    return f"{show_option(list_of(select(option, 'loc')))}, with values defined in:\n{files}\n"


def has_text(value: Value) -> bool:
    """Whether a value is example code or text already."""
    return has(value, "_type") and has(value, "text")
