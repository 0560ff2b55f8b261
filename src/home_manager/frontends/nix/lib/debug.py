"""`lib.debug`: traces of values, and a small test runner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import (
    attrs_of,
    equal,
    flag_of,
    integer_of,
    list_of,
    select,
    string_of,
    to_json,
)
from home_manager.frontends.nix.lib.lists import contains
from home_manager.frontends.nix.lib.pretty import Style, pretty
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.errors import throw
from home_manager.nix.evaluation import call, deep_force
from home_manager.values import Attrs, Builtin, Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

topic = Topic()
topic.builtins("trace", "addErrorContext", "unsafeGetAttrPos")


def traced(library: Library, message: Value, value: Value) -> Value:
    return call(library.builtin("trace"), message, value)


@topic.bound("traceIf", 3)
def trace_if(library: Library, condition: Value, message: Value, value: Value) -> Value:
    return traced(library, message, value) if flag_of(condition) else value


@topic.bound("traceValFn", 2)
def trace_value_with(library: Library, function: Value, value: Value) -> Value:
    return traced(library, call(function, value), value)


@topic.bound("traceVal", 1)
def trace_value(library: Library, value: Value) -> Value:
    return traced(library, value, value)


@topic.bound("traceSeq", 2)
def trace_deeply(library: Library, shown: Value, value: Value) -> Value:
    return traced(library, deep_force(shown), value)


def cut(depth: int, value: Value) -> Value:
    """The value down to a depth; what is below is shown as dots."""
    value = force(value)
    if depth == 0:
        if isinstance(value, list | dict):
            text = "[…]" if isinstance(value, list) else "{…}"
            return Attrs({"__pretty": Builtin("const", 1, lambda _: text), "val": value})
        return value
    if isinstance(value, list):
        return [cut(depth - 1, item) for item in value]
    if isinstance(value, dict):
        return Attrs({name: cut(depth - 1, item) for name, item in value.items()})
    return value


def trace_cut(library: Library, depth: Value, shown: Value, value: Value) -> Value:
    return traced(library, pretty(cut(integer_of(depth), shown), Style(pretty_values=True)), value)


topic.bound("traceSeqN", 3)(trace_cut)


@topic.bound("traceValSeqFn", 2)
def trace_value_deeply_with(library: Library, function: Value, value: Value) -> Value:
    deep_force(value)
    return traced(library, call(function, value), value)


@topic.bound("traceValSeq", 1)
def trace_value_deeply(library: Library, value: Value) -> Value:
    return traced(library, deep_force(value), value)


@topic.bound("traceValSeqNFn", 3)
def trace_value_cut_with(library: Library, function: Value, depth: Value, value: Value) -> Value:
    return trace_cut(library, depth, call(function, value), value)


@topic.bound("traceValSeqN", 2)
def trace_value_cut(library: Library, depth: Value, value: Value) -> Value:
    return trace_cut(library, depth, value, value)


@topic.bound("traceFnSeqN", 4)
def trace_function(library: Library, depth: Value, name: Value, function: Value, value: Value) -> Value:
    result = call(function, value)
    shown = Attrs({"fn": name, "from": value, "to": result})
    return trace_cut(library, integer_of(depth) + 1, shown, result)


@topic.function("runTests", 1)
def run_tests(tests: Value) -> Value:
    """The tests whose `expr` differs from `expected`; `tests.tests` may name the ones to run."""
    source = attrs_of(tests)
    chosen = list_of(source["tests"]) if "tests" in source else []
    failures: list[Value] = []
    for name in sorted(source):
        named = contains(chosen, name)
        if not (named or (name.startswith("test") and not chosen)):
            continue
        test = source[name]
        if not equal(select(test, "expr"), select(test, "expected")):
            failures.append(Attrs({"name": name, "expected": select(test, "expected"), "result": select(test, "expr")}))
    return failures


@topic.bound("throwTestFailures", 1)
def throw_test_failures(library: Library, arguments: Value) -> Value:
    given = attrs_of(arguments)
    failures = list_of(select(given, "failures"))
    if not failures:
        return None
    style = Style(pretty_values=True)
    for item in failures:
        name, wanted, got = (pretty(select(item, key), style) for key in ("name", "expected", "result"))
        force(traced(library, f"FAIL {name}:\nExpected:\n{wanted}\n\nResult:\n{got}\n", None))
    names = "\n- ".join([string_of(select(item, "name")) for item in failures])
    what = string_of(given.get("description", "tests"))
    raise throw(f"{len(failures)} {what} failed:\n- {names}\n\n{to_json(failures)}")


@topic.function("testAllTrue", 1)
def test_all_true(values: Value) -> Value:
    return Attrs({"expr": values, "expected": [True] * len(list_of(values))})
