"""`lib.stringsWithDeps`: texts that name the texts which must come before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import attrs_of, joined, list_of, select, string_of, text_of
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.evaluation import call
from home_manager.values import Attrs, Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

topic = Topic()


def entry(text: Value, after: Value) -> Attrs:
    return Attrs({"text": text, "deps": after})


topic.function("noDepEntry", 1)(lambda text: entry(text, []))
topic.function("fullDepEntry", 2)(entry)
topic.function("packEntry", 1)(lambda after: entry("", after))
topic.function("stringAfter", 2)(lambda after, text: entry(text, after))


def collect(known: dict[str, Value], wanted: list[Value], done: set[str], into: list[Value]) -> None:
    """The texts of entries, each after those that it names and each name once."""
    for item in wanted:
        value = force(item)
        if isinstance(value, dict):
            collect(known, list_of(select(value, "deps")), done, into)
            into.append(select(value, "text"))
            continue
        name = str(string_of(value))
        if name not in done:
            done.add(name)
            collect(known, [select(known, name)], done, into)


@topic.function("textClosureList", 2)
def text_closure_list(known: Value, wanted: Value) -> Value:
    result: list[Value] = []
    collect(attrs_of(known), list_of(wanted), set(), result)
    return result


@topic.bound("textClosureMap", 3)
def text_closure_map(library: Library, function: Value, known: Value, wanted: Value) -> Value:
    result: list[Value] = []
    collect(attrs_of(known), list_of(wanted), set(), result)
    return joined("\n", [text_of(library, call(function, text)) for text in result])
