"""`lib.versions`: components of version numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import integer_of, list_of, string_of
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.evaluation import call
from home_manager.values import Value

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

topic = Topic()
topic.builtins("compareVersions", "splitVersion")


def components(library: Library, version: Value) -> list[str]:
    return [string_of(part) for part in list_of(call(library.builtin("splitVersion"), version))]


def component(library: Library, index: int, version: Value) -> Value:
    return call(library.builtin("elemAt"), call(library.builtin("splitVersion"), version), index)


topic.bound("major", 1)(lambda library, version: component(library, 0, version))
topic.bound("minor", 1)(lambda library, version: component(library, 1, version))
topic.bound("patch", 1)(lambda library, version: component(library, 2, version))
topic.bound("majorMinor", 1)(lambda library, version: ".".join(components(library, version)[:2]))


@topic.bound("pad", 2)
def pad(library: Library, number: Value, version: Value) -> Value:
    """The version with zeros up to a number of components; what follows a `-` stays at the end."""
    text, wanted = string_of(version), integer_of(number)
    numeric, dash, rest = text.partition("-")
    parts = components(library, numeric) + ["0"] * wanted
    return ".".join(parts[:wanted]) + dash + rest
