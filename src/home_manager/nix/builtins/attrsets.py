"""Attribute sets: names, values, and new sets from old ones.

A set is never changed; results keep what is known of where their attributes were written. `OpenAttrs` (sets whose
attributes are found by name) are asked for single names wherever that is enough, and listed only where it is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from home_manager.diagnostics import Failure, Span
from home_manager.nix.builtins.application import applied_later_by_name
from home_manager.nix.coercion import at_attribute, expect_attrs, expect_function, expect_list, expect_plain_string
from home_manager.nix.errors import missing_attribute
from home_manager.values import OpenAttrs
from home_manager.values.classes import MISSING, Attrs, Builtin, Value, attribute, attrs_of, has_attribute, offered

if TYPE_CHECKING:
    from home_manager.nix.builtins.evaluator_services import EvaluatorServices


def select(attrs: dict[str, Value], name: str, doing: str) -> Value:
    """An attribute that must be there; possibly lazy. `doing` is the frame of the error where it is not."""
    value = attribute(attrs, name)
    if value is MISSING:
        error = missing_attribute(name, attrs)
        if doing:
            error.add_frame(doing, nix=True)
        raise error
    return value


def _attr_names(attrs: Value) -> Value:
    return sorted(expect_attrs(attrs, "while evaluating the argument passed to builtins.attrNames"))


def _attr_values(attrs: Value) -> Value:
    members = expect_attrs(attrs, "while evaluating the argument passed to builtins.attrValues")
    return [members[name] for name in sorted(members)]


def _get_attr(name: Value, attrs: Value) -> Value:
    wanted = (
        name
        if type(name) is str
        else expect_plain_string(name, "while evaluating the first argument passed to builtins.getAttr")
    )
    members = expect_attrs(attrs, "while evaluating the second argument passed to builtins.getAttr")
    return select(members, wanted, "in the attribute set under consideration")


def _has_attr(name: Value, attrs: Value) -> Value:
    wanted = (
        name
        if type(name) is str
        else expect_plain_string(name, "while evaluating the first argument passed to builtins.hasAttr")
    )
    members = expect_attrs(attrs, "while evaluating the second argument passed to builtins.hasAttr")
    return offered(members, wanted) is not MISSING


def position_value(span: Span | None) -> Value:
    """A place as the language shows it: `{ file, line, column }`; `null` if it is in no file."""
    if span is None or span.source.name.startswith("«"):
        return None
    line, column = span.source.byte_position(span.start)
    return Attrs({"file": span.source.name, "line": line, "column": column})


def _attr_position(name: Value, attrs: Value) -> Value:
    wanted = expect_plain_string(name, "while evaluating the first argument passed to builtins.unsafeGetAttrPos")
    members = expect_attrs(attrs, "while evaluating the second argument passed to builtins.unsafeGetAttrPos")
    if not isinstance(members, Attrs) or not has_attribute(members, wanted):
        return None
    return position_value(members.position(wanted))


def _remove_attrs(attrs: Value, names: Value) -> Value:
    members = expect_attrs(attrs, "while evaluating the first argument passed to builtins.removeAttrs")
    result = attrs_of(members, members.origin if isinstance(members, Attrs) else None)
    for name in expect_list(names, "while evaluating the second argument passed to builtins.removeAttrs"):
        gone = expect_plain_string(
            name, "while evaluating the values of the second argument passed to builtins.removeAttrs"
        )
        result.pop(gone, None)
    return result


_IN_PAIR: Final = "in a {name=...; value=...;} pair"


def _list_to_attrs(pairs: Value) -> Value:
    result: dict[str, Value] = {}
    for pair in expect_list(pairs, "while evaluating the argument passed to builtins.listToAttrs"):
        members = expect_attrs(pair, "while evaluating an element of the list passed to builtins.listToAttrs")
        given = select(members, "name", _IN_PAIR)
        try:
            name = given if type(given) is str else expect_plain_string(given)
        except Failure as failure:
            at_attribute(
                failure,
                members,
                "name",
                "while evaluating the `name` attribute of an element of the list passed to builtins.listToAttrs",
            )
            raise
        # The first pair with a name wins; later ones need not even have a value.
        if name not in result:
            result[name] = select(members, "value", _IN_PAIR)
    return attrs_of(result)


def _intersect_attrs(left: Value, right: Value) -> Value:
    first = expect_attrs(left, "while evaluating the first argument passed to builtins.intersectAttrs")
    second = expect_attrs(right, "while evaluating the second argument passed to builtins.intersectAttrs")
    origin = second.origin if isinstance(second, Attrs) else None
    if isinstance(second, OpenAttrs) or (not isinstance(first, OpenAttrs) and len(first) < len(second)):
        found = [(name, attribute(second, name)) for name in first]
        return attrs_of({name: value for name, value in found if value is not MISSING}, origin)
    return attrs_of({name: second[name] for name in second if has_attribute(first, name)}, origin)


def _cat_attrs(name: Value, items: Value) -> Value:
    wanted = expect_plain_string(name, "while evaluating the first argument passed to builtins.catAttrs")
    result: list[Value] = []
    for item in expect_list(items, "while evaluating the second argument passed to builtins.catAttrs"):
        members = expect_attrs(
            item, "while evaluating an element in the list passed as second argument to builtins.catAttrs"
        )
        value = attribute(members, wanted)
        if value is not MISSING:
            result.append(value)
    return result


def _map_attrs(function: Value, attrs: Value) -> Value:
    members = expect_attrs(attrs, "while evaluating the second argument passed to builtins.mapAttrs")
    return attrs_of(applied_later_by_name(function, members.items()))


def _zip_attrs_with(function: Value, items: Value) -> Value:
    apply = expect_function(function, "while evaluating the first argument passed to builtins.zipAttrsWith")
    values: dict[str, list[Value]] = {}
    for item in expect_list(items, "while evaluating the second argument passed to builtins.zipAttrsWith"):
        members = expect_attrs(
            item, "while evaluating a value of the list passed as second argument to builtins.zipAttrsWith"
        )
        for name, value in members.items():
            known = values.get(name)
            if known is None:
                values[name] = [value]
            else:
                known.append(value)
    return attrs_of(applied_later_by_name(apply, values.items()))


def builtins(ev: EvaluatorServices) -> Iterable[Builtin | tuple[str, Value]]:
    """The built-ins of this topic."""
    return (
        Builtin("attrNames", 1, _attr_names),
        Builtin("attrValues", 1, _attr_values),
        Builtin("getAttr", 2, _get_attr),
        Builtin("hasAttr", 2, _has_attr),
        Builtin("unsafeGetAttrPos", 2, _attr_position),
        Builtin("removeAttrs", 2, _remove_attrs),
        Builtin("listToAttrs", 1, _list_to_attrs),
        Builtin("intersectAttrs", 2, _intersect_attrs),
        Builtin("catAttrs", 2, _cat_attrs),
        Builtin("mapAttrs", 2, _map_attrs),
        Builtin("zipAttrsWith", 2, _zip_attrs_with),
    )
