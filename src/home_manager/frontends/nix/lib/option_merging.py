"""Merge functions of `lib.options`: how definitions of one option become one value."""

from __future__ import annotations

from home_manager.frontends.nix.lib.arguments import (
    LazyCall,
    attrs_of,
    equal,
    flag_of,
    joined,
    joined_attrs,
    list_of,
    select,
    string_of,
)
from home_manager.frontends.nix.lib.options import show_definitions, show_option
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.frontends.nix.lib.trivial import is_function
from home_manager.nix.errors import abort, assertion_failed, throw
from home_manager.nix.evaluation import call
from home_manager.values import Attrs, Builtin, Value
from home_manager.values.lazy import force

PRIORITY_HINT = "Use `lib.mkForce value` or `lib.mkDefault value` to change the priority on any of these definitions.\n"

topic = Topic()


def merged_by_kind(place: Value, definitions: list[Value]) -> Value:
    """One value stays; functions, lists, sets, booleans and strings are joined; equal integers are one."""
    if len(definitions) == 1:
        return select(definitions[0], "value")
    values = [force(select(definition, "value")) for definition in definitions]
    if all([is_function(value) for value in values]):

        def run(argument: Value) -> Value:
            results: list[Value] = [
                joined_attrs(definition, Attrs({"value": LazyCall(value, argument)}))
                for definition, value in zip(definitions, values, strict=True)
            ]
            return merged_by_kind(place, results)

        return Builtin("merged", 1, run)
    if all([isinstance(value, list) for value in values]):
        return [item for value in values for item in list_of(value)]
    if all([isinstance(value, dict) for value in values]):
        result = Attrs()
        for value in values:
            result.update(attrs_of(value).items())
        return result
    if all([isinstance(value, bool) for value in values]):
        return any([flag_of(value) for value in values])
    if all([isinstance(value, str) for value in values]):
        return joined("", [string_of(value) for value in values])
    if all([isinstance(value, int) and value == values[0] for value in values]):
        return values[0]
    shown = show_definitions(definitions)
    raise throw(f"Cannot merge definitions of `{show_option(list_of(place))}'. Definition values:{shown}")


@topic.function("mergeDefaultOption", 2)
def merge_default_option(place: Value, definitions: Value) -> Value:
    return merged_by_kind(place, list_of(definitions))


def only_one(message: str, place: Value, definitions: list[Value]) -> None:
    if len(definitions) == 1:
        return
    if not definitions:
        raise assertion_failed("assertion failed")
    raise throw(
        f"The option `{show_option(list_of(place))}' is defined multiple times while it's expected to be unique.\n"
        f"{message}\nDefinition values:{show_definitions(definitions)}\n{PRIORITY_HINT}"
    )


@topic.function("mergeOneOption", 2)
def merge_one_option(place: Value, definitions: Value) -> Value:
    values = list_of(definitions)
    only_one("", place, values)
    return select(values[0], "value")


@topic.function("mergeUniqueOption", 3)
def merge_unique_option(arguments: Value, place: Value, definitions: Value) -> Value:
    given, values = attrs_of(arguments), list_of(definitions)
    only_one(string_of(select(given, "message")), place, values)
    return call(given["merge"], place, values) if "merge" in given else select(values[0], "value")


@topic.function("mergeEqualOption", 2)
def merge_equal_option(place: Value, definitions: Value) -> Value:
    values = list_of(definitions)
    if not values:
        raise abort("This case should never happen.")
    first = select(values[0], "value")
    for other in values[1:]:
        if not equal(select(other, "value"), first):
            raise throw(
                f"The option `{show_option(list_of(place))}' has conflicting definition values:"
                f"{show_definitions([values[0], other])}\n{PRIORITY_HINT}"
            )
    return first
