"""`lib.hm.strings`: names of store objects, and the cases that names are written in."""

from __future__ import annotations

import re

from home_manager.frontends.nix.lib.arguments import has, string_of, text_of, with_context
from home_manager.frontends.nix.lib.attrsets import is_derivation
from home_manager.frontends.nix.lib.escaping import LOWER
from home_manager.frontends.nix.lib.library import Library
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.values import PathValue, Value
from home_manager.values.lazy import force

topic = Topic()


@topic.bound("storeFileName", 1)
def store_file_name(library: Library, path: Value) -> Value:
    """The path with everything left out that a store object's name cannot have, dashes included."""
    text = text_of(library, path)
    return with_context("hm_" + re.sub("[^+._?=A-Za-z0-9]", "", text), text)


def separated(separator: str, text: str) -> str:
    """Every capital in lower case and after a separator, but none at the start."""
    words = re.sub("([A-Z])", lambda found: separator + found[1].translate(LOWER), text)
    return words.removeprefix(separator)


topic.function("toCaseWithSeparator", 2)(lambda separator, text: separated(string_of(separator), string_of(text)))
topic.function("toSnakeCase", 1)(lambda text: separated("_", string_of(text)))
topic.function("toKebabCase", 1)(lambda text: separated("-", string_of(text)))

for _name, _pattern in {
    "isCamelCase": r"[a-z]+([A-Z][a-z0-9]*)+",
    "isPascalCase": r"[A-Z][a-z0-9]*([A-Z][a-z0-9]*)*",
    "isSnakeCase": r"[a-z0-9]+(_[a-z0-9]+)*",
    "isKebabCase": r"[a-z0-9]+(-[a-z0-9]+)*",
    "isScreamingSnakeCase": r"[A-Z0-9]+(_[A-Z0-9]+)*",
}.items():
    topic.function(_name, 1)(lambda text, pattern=re.compile(_pattern): pattern.fullmatch(string_of(text)) is not None)


@topic.bound("isPathLike", 1)
def is_path_like(library: Library, content: Value) -> Value:
    value = force(content)
    if isinstance(value, str):
        return value.startswith(f"{string_of(library.builtin('storeDir'))}/")
    return isinstance(value, PathValue) or (has(value, "type") and is_derivation(value))
