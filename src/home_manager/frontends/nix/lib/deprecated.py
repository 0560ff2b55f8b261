"""`lib.misc`: functions of nixpkgs' early years that some configurations still use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import (
    attribute,
    attrs_of,
    equal,
    flag_of,
    holds,
    joined,
    joined_attrs,
    list_of,
    select,
    string_of,
    type_name,
)
from home_manager.frontends.nix.lib.lists import contains
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.frontends.nix.lib.trivial import is_function
from home_manager.nix.errors import throw
from home_manager.nix.evaluation import LazyCall, call
from home_manager.values import MISSING, Attrs, Builtin, Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

FAKE_HASHES = {"hash": f"sha256-{'A' * 43}=", "sha256": "0" * 64, "sha512": "0" * 128}

topic = Topic()
topic.constant("fakeHash", FAKE_HASHES["hash"])
topic.constant("fakeSha256", FAKE_HASHES["sha256"])
topic.constant("fakeSha512", FAKE_HASHES["sha512"])
topic.entries["imap"] = lambda library: library.topic("lists")["imap1"]


@topic.bound("maybeEnv", 2)
def maybe_env(library: Library, name: Value, default: Value) -> Value:
    return call(library.builtin("getEnv"), name) or default


def merge_argument(x: Value, y: Value) -> Value:
    value = force(y)
    return value if isinstance(value, dict) else call(value, x)


topic.function("defaultMergeArg", 2)(merge_argument)
topic.function("defaultMerge", 2)(lambda x, y: joined_attrs(x, merge_argument(x, y)))


@topic.function("foldArgs", 4)
def fold_args(merger: Value, function: Value, start: Value, changes: Value) -> Value:
    arguments = call(merger, start, merge_argument(start, changes))
    base = attrs_of(call(function, arguments))
    again = Builtin("function", 1, lambda more: fold_args(merger, function, arguments, more))
    passthru = attrs_of(base.get("passthru", Attrs()))
    given = joined_attrs(passthru.get("args", Attrs()), changes)
    own = Attrs({**passthru, "function": again, "args": given})
    return joined_attrs(base, Attrs({"passthru": own, "override": again}))


def maybe_attribute(name: Value, default: Value, attrs: Value) -> Value:
    source = force(attrs)
    return source.get(string_of(name), default) if isinstance(source, dict) else default


topic.function("maybeAttr", 3)(maybe_attribute)
topic.function("maybeAttrNullable", 3)(maybe_attribute)


@topic.function("ifEnable", 2)
def if_enable(condition: Value, value: Value) -> Value:
    if flag_of(condition):
        return value
    forced = force(value)
    if isinstance(forced, list):
        return []
    if isinstance(forced, dict):
        return Attrs()
    return False if isinstance(forced, bool) else None


def flag(attrs: Value, name: str) -> Value:
    if name in ("true", "false"):
        return name == "true"
    flags = attribute(attrs, "flags", [])
    return True if contains(list_of(flags), name) else attribute(attrs, name, False)


def value_of(attrs: Value, arguments: list[Value], name: str) -> Value:
    found = maybe_attribute(name, MISSING, attrs)
    if found is not MISSING:
        return force(found)
    if flag(attrs, name) is True:
        return True
    for item in arguments:
        pair = list_of(item)
        if equal(pair[0], name):
            return force(pair[1])
    return None


topic.function("checkFlag", 2)(lambda attrs, name: flag(attrs, string_of(name)))
topic.function("getValue", 3)(lambda attrs, arguments, name: value_of(attrs, list_of(arguments), string_of(name)))


@topic.function("checkReqs", 3)
def check_requirements(attrs: Value, arguments: Value, conditions: Value) -> Value:
    for condition in list_of(conditions):
        name, *needed = [string_of(item) for item in list_of(condition)]
        if flag_of(flag(attrs, name)):
            for other in needed:
                value = value_of(attrs, list_of(arguments), other)
                if value is None or value is False:
                    return False
    return True


def without_repetitions(items: list[Value], known: list[Value]) -> list[Value]:
    seen = list(known)
    result: list[Value] = []
    for item in items:
        if not contains(seen, item):
            result.append(item)
            seen.append(item)
    return result


@topic.function("uniqList", 1)
def uniq_list(arguments: Value) -> Value:
    given = attrs_of(arguments)
    return without_repetitions(list_of(select(given, "inputList")), list_of(given.get("acc", [])))


@topic.function("uniqListExt", 1)
def uniq_list_by(arguments: Value) -> Value:
    given = attrs_of(arguments)
    getter, compare = given.get("getter"), given.get("compare")
    result = list(list_of(given.get("outputList", [])))

    def key(item: Value) -> Value:
        return item if getter is None else LazyCall(getter, item)

    def same(a: Value, b: Value) -> bool:
        return equal(key(a), key(b)) if compare is None else holds(compare, key(a), key(b))

    for item in list_of(select(given, "inputList")):
        if not any([same(other, item) for other in result]):
            result.append(item)
    return result


@topic.function("condConcat", 3)
def conditional_concat(name: Value, pairs: Value, check: Value) -> Value:
    items = list_of(pairs)
    parts = [string_of(name)]
    for index in range(0, len(items), 2):
        if holds(check, items[index]):
            parts.append(string_of(items[index + 1]))
    return joined("", parts)


@topic.function("lazyGenericClosure", 1)
def lazy_generic_closure(arguments: Value) -> Value:
    given = attrs_of(arguments)
    todo, done, result = list(list_of(select(given, "startSet"))), [], []  # type: ignore[var-annotated]
    while todo:
        item = todo.pop(0)
        key = select(item, "key")
        if not contains(done, key):
            todo += list_of(call(select(given, "operator"), item))
            done.append(key)
            result.insert(0, item)
    return result


def modify_arguments(function: Value, extra: Value, first: Value, second: Value) -> Value:
    if force(second) is None:
        return joined_attrs(call(function, first, second), extra)
    both = joined_attrs(first, second)
    return Builtin("modifySumArgs", 1, lambda third: modify_arguments(function, extra, both, third))


topic.function("innerModifySumArgs", 4)(modify_arguments)
topic.function("modifySumArgs", 3)(lambda function, extra, second: modify_arguments(function, extra, Attrs(), second))


def inputs_of(package: Value) -> list[Value]:
    return [
        *list_of(attribute(package, "propagatedBuildInputs", [])),
        *list_of(attribute(package, "propagatedNativeBuildInputs", [])),
    ]


@topic.function("innerClosePropagation", 2)
def inner_close_propagation(known: Value, packages: Value) -> Value:
    result, todo = list_of(known), list_of(packages)
    while todo:
        first, *rest = todo
        todo = rest
        if isinstance(force(first), dict):
            result = [first, *result]
            todo = without_repetitions([*inputs_of(first), *rest], result)
    return result


topic.function("closePropagationSlow", 1)(
    lambda packages: without_repetitions(list_of(inner_close_propagation([], packages)), [])
)


@topic.function("closePropagation", 1)
def close_propagation(packages: Value) -> Value:
    """The packages and everything that they propagate, breadth first, each output path once."""
    todo = [item for item in list_of(packages) if force(item) is not None]
    seen: set[str] = set()
    result: list[Value] = []
    while todo:
        item = todo.pop(0)
        path = str(string_of(select(item, "outPath")))
        if path not in seen:
            seen.add(path)
            result.append(item)
            todo += [other for other in inputs_of(item) if force(other) is not None]
    return result


topic.also("closePropagationFast", "closePropagation")
topic.function("nvs", 2)(lambda name, value: Attrs({string_of(name): value}))
topic.function("setAttr", 3)(lambda attrs, name, value: joined_attrs(attrs, Attrs({string_of(name): value})))


@topic.function("setAttrMerge", 4)
def set_attr_merge(name: Value, default: Value, attrs: Value, function: Value) -> Value:
    old = maybe_attribute(name, default, attrs)
    return joined_attrs(attrs, Attrs({string_of(name): LazyCall(function, old)}))


def merged_with(function: Value, first: Value, second: Value) -> Attrs:
    left, right = attrs_of(first), attrs_of(second)
    result = joined_attrs(right, left)
    for name in right:
        if name in result:
            result[name] = LazyCall(function, result[name], right[name])
    return result


topic.function("mergeAttrsWithFunc", 3)(merged_with)


def listed(value: Value) -> list[Value]:
    forced = force(value)
    return forced if isinstance(forced, list) else [forced]


CONCATENATED = Builtin("concat", 2, lambda a, b: listed(a) + listed(b))
topic.function("mergeAttrsConcatenateValues", 2)(lambda first, second: merged_with(CONCATENATED, first, second))


@topic.function("mergeAttrsNoOverride", 3)
def merge_attrs_no_override(arguments: Value, first: Value, second: Value) -> Value:
    given, left, right = attrs_of(arguments), attrs_of(first), attrs_of(second)
    lists = list_of(given.get("mergeLists", ["buildInputs", "propagatedBuildInputs"]))
    replaced = list_of(given.get("overrideSnd", ["buildPhase"]))
    result = Attrs(left)
    for name, value in right.items():
        if name not in left:
            result[name] = value
        elif contains(lists, name):
            result[name] = LazyCall(CONCATENATED, value, left[name])
        elif not contains(replaced, name):
            raise throw(
                f"error mergeAttrsNoOverride, attribute {name} given in both attributes - no merge func defined"
            )
    return result


APPEND = Builtin("concat", 2, lambda a, b: list_of(a) + list_of(b))
UPDATE = Builtin("mergeAttrs", 2, joined_attrs)
LINES = Builtin("lines", 2, lambda a, b: joined("\n", [string_of(a), string_of(b)]))
MERGE_BY = Attrs(
    {
        **dict.fromkeys(
            (
                "nativeBuildInputs",
                "buildInputs",
                "propagatedBuildInputs",
                "configureFlags",
                "prePhases",
                "postAll",
                "patches",
            ),
            APPEND,
        ),
        **dict.fromkeys(("passthru", "meta", "cfg", "flags"), UPDATE),
        **dict.fromkeys(("preConfigure", "postInstall"), LINES),
    }
)
topic.constant("mergeAttrBy", MERGE_BY)


def merged_by(first: Value, second: Value) -> Attrs:
    left, right = attrs_of(first), attrs_of(second)
    functions = Attrs({"mergeAttrBy": UPDATE})
    for side in (left, right):
        functions.update(attrs_of(side.get("mergeAttrBy", Attrs())).items())
    result = joined_attrs(left, right)
    for name, function in functions.items():
        if name in left and name in right:
            result[name] = LazyCall(function, left[name], right[name])
    return result


def merged_all(items: Value) -> Attrs:
    result = Attrs({"mergeAttrBy": MERGE_BY})
    for item in list_of(items):
        result = merged_by(result, item)
    return result


topic.function("mergeAttrByFunc", 2)(merged_by)
topic.function("mergeAttrsByFuncDefaults", 1)(merged_all)
topic.function("mergeAttrsByFuncDefaultsClean", 1)(
    lambda items: Attrs({name: value for name, value in merged_all(items).items() if name != "mergeAttrBy"})
)


@topic.function("nixType", 1)
def nix_type(value: Value) -> Value:
    forced = force(value)
    if isinstance(forced, dict):
        return "derivation" if "outPath" in forced else "attrs"
    if is_function(forced):
        return "function"
    kind = type_name(forced)
    return kind if kind in ("list", "bool", "null", "int") else "string"
