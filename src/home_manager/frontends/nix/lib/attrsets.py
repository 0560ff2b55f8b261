"""`lib.attrsets`: making, filtering and mapping attribute sets of one level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import (
    Later,
    LazyCall,
    attrs_of,
    flag_of,
    holds,
    joined_attrs,
    list_of,
    select,
    string_of,
)
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.errors import throw
from home_manager.nix.evaluation import call
from home_manager.values import MISSING, Attrs, Value
from home_manager.values.lazy import Delayed, force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

topic = Topic()
topic.builtins(
    "attrNames", "attrValues", "listToAttrs", "hasAttr", "isAttrs", "getAttr", "removeAttrs", "intersectAttrs",
    "catAttrs", "mapAttrs", "zipAttrsWith",
)  # fmt: skip


def pair(name: Value, value: Value) -> Attrs:
    """`{ name = …; value = …; }`"""
    return Attrs({"name": name, "value": value})


def from_pairs(pairs: list[Value]) -> Attrs:
    """The attribute set of name-value pairs; the first of two pairs with the same name counts."""
    result = Attrs()
    for item in pairs:
        entry = attrs_of(item)
        name = str(string_of(select(entry, "name")))
        if name not in result:
            result[name] = select(entry, "value")
    return result


@topic.function("attrVals", 2)
def attr_vals(names: Value, attrs: Value) -> Value:
    return [Delayed(lambda name=name: select(attrs, string_of(name))) for name in list_of(names)]  # type: ignore[misc]


@topic.function("getAttrs", 2)
def get_attrs(names: Value, attrs: Value) -> Value:
    source = attrs_of(attrs)
    result = Attrs()
    for item in list_of(names):
        name = str(string_of(item))
        found = source.get(name, MISSING)
        result[name] = Later(select, source, name) if found is MISSING else found
    return result


@topic.function("filterAttrs", 2)
def filter_attrs(predicate: Value, attrs: Value) -> Value:
    source = attrs_of(attrs)
    result = Attrs(origin=getattr(source, "origin", None))
    for name, value in source.items():
        if holds(predicate, name, value):
            result[name] = value
    return result


@topic.function("foldlAttrs", 3)
def foldl_attrs(function: Value, start: Value, attrs: Value) -> Value:
    source = attrs_of(attrs)
    result = start
    for name in sorted(source):
        result = force(call(function, result, name, source[name]))
    return result


@topic.function("foldAttrs", 3)
def fold_attrs(function: Value, start: Value, sets: Value) -> Value:
    result = Attrs()
    for item in reversed(list_of(sets)):
        for name, value in attrs_of(item).items():
            result[name] = LazyCall(function, value, result.get(name, start))
    return result


@topic.function("nameValuePair", 2)
def name_value_pair(name: Value, value: Value) -> Value:
    return Attrs({"name": name, "value": value})


@topic.function("mapAttrs'", 2)
def map_attrs_renaming(function: Value, attrs: Value) -> Value:
    source = attrs_of(attrs)
    return from_pairs([call(function, name, source[name]) for name in sorted(source)])


@topic.function("mapAttrsToList", 2)
def map_attrs_to_list(function: Value, attrs: Value) -> Value:
    source = attrs_of(attrs)
    return [LazyCall(function, name, source[name]) for name in sorted(source)]


@topic.function("attrsToList", 1)
def attrs_to_list(attrs: Value) -> Value:
    source = attrs_of(attrs)
    return [pair(name, source[name]) for name in sorted(source)]


@topic.function("concatMapAttrs", 2)
def concat_map_attrs(function: Value, attrs: Value) -> Value:
    source = attrs_of(attrs)
    result = Attrs()
    for name in sorted(source):
        result.update(attrs_of(call(function, name, source[name])).items())
    return result


@topic.function("genAttrs", 2)
def gen_attrs(names: Value, function: Value) -> Value:
    result = Attrs()
    for item in list_of(names):
        name = string_of(item)
        if name not in result:
            result[str(name)] = LazyCall(function, name)
    return result


@topic.function("genAttrs'", 2)
def gen_attrs_renaming(items: Value, function: Value) -> Value:
    return from_pairs([call(function, item) for item in list_of(items)])


def is_derivation(value: Value) -> bool:
    """Whether a value is a package: an attribute set whose `type` is "derivation"."""
    value = force(value)
    return isinstance(value, dict) and force(value.get("type")) == "derivation"


@topic.function("isDerivation", 1)
def is_derivation_value(value: Value) -> Value:
    return is_derivation(value)


@topic.bound("toDerivation", 1)
def to_derivation(library: Library, path: Value) -> Value:
    stored = force(call(library.builtin("storePath"), path))
    base = string_of(call(library.builtin("baseNameOf"), stored))
    name = call(library.topic("strings")["sanitizeDerivationName"], base[33:])
    result = Attrs({"type": "derivation", "name": name, "outPath": stored, "outputs": ["out"], "outputName": "out"})
    result["out"] = result
    return result


@topic.function("optionalAttrs", 2)
def optional_attrs(condition: Value, attrs: Value) -> Value:
    return attrs if flag_of(condition) else Attrs()


@topic.function("zipAttrsWithNames", 3)
def zip_attrs_with_names(names: Value, function: Value, sets: Value) -> Value:
    def values(name: str) -> list[Value]:
        found = [attrs_of(item).get(name, MISSING) for item in list_of(sets)]
        return [value for value in found if value is not MISSING]

    result = Attrs()
    for item in list_of(names):
        name = str(string_of(item))
        if name not in result:
            result[name] = LazyCall(function, name, Later(values, name))
    return result


@topic.function("zipAttrs", 1)
def zip_attrs(sets: Value) -> Value:
    result: dict[str, list[Value]] = {}
    for item in list_of(sets):
        for name, value in attrs_of(item).items():
            result.setdefault(name, []).append(value)
    return Attrs(result)


@topic.function("mergeAttrsList", 1)
def merge_attrs_list(sets: Value) -> Value:
    result = Attrs()
    for item in list_of(sets):
        result.update(attrs_of(item).items())
    return result


@topic.function("overrideExisting", 2)
def override_existing(old: Value, new: Value) -> Value:
    source, changes = attrs_of(old), attrs_of(new)
    return Attrs({name: changes.get(name, value) for name, value in source.items()})


@topic.function("unionOfDisjoint", 2)
def union_of_disjoint(x: Value, y: Value) -> Value:
    left, right = attrs_of(x), attrs_of(y)
    both = sorted(name for name in left if name in right)
    result = joined_attrs(left, right)

    def refuse(name: str) -> Value:
        raise throw(f"unionOfDisjoint: collision on {name}; complete list: {' '.join(both)}")

    for name in both:
        result[name] = Later(refuse, name)
    return result


@topic.function("cartesianProduct", 1)
def cartesian_product(lists: Value) -> Value:
    source = attrs_of(lists)
    rows = [Attrs()]
    for name in sorted(source):
        column = list_of(source[name])
        rows = [Attrs({**row, name: value}) for row in rows for value in column]
    return rows


@topic.function("mapCartesianProduct", 2)
def map_cartesian_product(function: Value, lists: Value) -> Value:
    return [LazyCall(function, row) for row in list_of(cartesian_product(lists))]


@topic.function("recurseIntoAttrs", 1)
def recurse_into_attrs(attrs: Value) -> Value:
    return joined_attrs(attrs, Attrs({"recurseForDerivations": True}))


@topic.function("dontRecurseIntoAttrs", 1)
def dont_recurse_into_attrs(attrs: Value) -> Value:
    return joined_attrs(attrs, Attrs({"recurseForDerivations": False}))


def output_of(name: str, package: Value) -> Value:
    """An output of a package, or the package itself where it has none or an output was chosen already."""
    source = attrs_of(package)
    if force(source.get("outputSpecified", False)) is True:
        return source
    for candidate in (name, "out"):
        found = source.get(candidate, MISSING)
        if found is not MISSING:
            return found
    return source


def first_output_of(names: list[str], package: Value) -> Value:
    """The first of the named outputs that a package has, or the package itself."""
    source = attrs_of(package)
    if force(source.get("outputSpecified", False)) is not True:
        for name in names:
            found = source.get(name, MISSING)
            if found is not MISSING:
                return found
    return source


@topic.function("getOutput", 2)
def get_output(name: Value, package: Value) -> Value:
    return output_of(string_of(name), package)


@topic.function("getFirstOutput", 2)
def get_first_output(names: Value, package: Value) -> Value:
    return first_output_of([string_of(name) for name in list_of(names)], package)


topic.function("getBin", 1)(lambda package: output_of("bin", package))
topic.function("getLib", 1)(lambda package: output_of("lib", package))
topic.function("getDev", 1)(lambda package: output_of("dev", package))
topic.function("getMan", 1)(lambda package: output_of("man", package))
topic.function("getStatic", 1)(lambda package: first_output_of(["static", "lib", "out"], package))
topic.function("getInclude", 1)(lambda package: first_output_of(["include", "dev", "out"], package))


@topic.function("chooseDevOutputs", 1)
def choose_dev_outputs(packages: Value) -> Value:
    return [Later(output_of, "dev", package) for package in list_of(packages)]
