"""`lib.asserts`: conditions with words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import flag_of, list_of, select, string_of, text_of
from home_manager.frontends.nix.lib.lists import contains
from home_manager.frontends.nix.lib.pretty import Style, pretty
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.frontends.nix.lib.trivial import show_warnings
from home_manager.nix.errors import throw
from home_manager.values import Value

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

topic = Topic()


@topic.function("assertMsg", 2)
def assert_message(condition: Value, message: Value) -> Value:
    if flag_of(condition):
        return True
    raise throw(string_of(message))


@topic.function("assertOneOf", 3)
def assert_one_of(name: Value, value: Value, allowed: Value) -> Value:
    if contains(list_of(allowed), value):
        return True
    raise throw(f"{string_of(name)} must be one of {pretty(allowed, Style())}, but is: {pretty(value, Style())}")


@topic.function("assertEachOneOf", 3)
def assert_each_one_of(name: Value, values: Value, allowed: Value) -> Value:
    for value in list_of(values):
        if not contains(list_of(allowed), value):
            shown, wanted = pretty(values, Style()), pretty(allowed, Style())
            raise throw(f"each element in {string_of(name)} must be one of {wanted}, but is: {shown}")
    return True


@topic.bound("checkAssertWarn", 3)
def check_assertions_and_warn(library: Library, assertions: Value, warnings: Value, value: Value) -> Value:
    failed = [
        text_of(library, select(item, "message"))
        for item in list_of(assertions)
        if not flag_of(select(item, "assertion"))
    ]
    if failed:
        raise throw("\nFailed assertions:\n" + "\n".join([f"- {message}" for message in failed]))
    return show_warnings(library, warnings, value)
