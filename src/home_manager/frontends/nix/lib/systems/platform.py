"""Platforms as attribute sets: each property is made when it is asked for, from what was given and from the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import Later, attribute, attrs_of, flag_of, select, string_of
from home_manager.frontends.nix.lib.systems.inspect import patterns, predicate
from home_manager.frontends.nix.lib.systems.parse import name_of
from home_manager.frontends.nix.lib.systems.tables import tables
from home_manager.values import MISSING, Attrs, OpenAttrs, Value

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

FEATURES = {
    "sse3Support": "sse3", "ssse3Support": "ssse3", "sse4_1Support": "sse4_1", "sse4_2Support": "sse4_2",
    "sse4_aSupport": "sse4a", "avxSupport": "avx", "avx2Support": "avx2", "avx512Support": "avx512",
    "aesSupport": "aes", "fmaSupport": "fma", "fma4Support": "fma4", "lsxSupport": "lsx", "lasxSupport": "lasx",
}  # fmt: skip
LAST = frozenset(("rust", "go", "node", "nim"))
"""The properties that complete what was given instead of being replaced by it."""


def feature_support(feature: str, architecture: str) -> bool:
    return feature in tables()["features"].get(architecture, [])


class Platform(OpenAttrs):
    """A platform with all its properties; those that were given stay as they are."""

    __slots__ = ("given", "library", "name_given", "properties", "rust")

    def __init__(
        self,
        library: Library,
        arguments: dict[str, Value],
        properties: Mapping[str, Callable[[Platform], Value]],
    ) -> None:
        super().__init__()
        self.properties = properties
        self.library = library
        hidden = ("parsed", "system", "_withoutFunctions")
        self.given = Attrs({name: value for name, value in arguments.items() if name not in hidden})
        self.name_given = arguments["config"] if "config" in arguments else arguments.get("system", MISSING)
        rust = self.given.get("rust", self.given.get("rustc", Attrs()))
        self.rust: Value = rust

    def names(self) -> Iterable[str]:
        return {*self.properties, *patterns(), *FEATURES, *self.given}

    def find(self, name: str) -> Value:
        make = self.properties.get(name)
        if name in self.given and name not in LAST:
            return self.given[name]
        if name in patterns():
            return Later(lambda: predicate(name, attrs_of(self["parsed"])))
        if name in FEATURES:
            return Later(lambda: feature_support(FEATURES[name], self.architecture()))
        return MISSING if make is None else Later(make, self)

    def is_(self, name: str) -> bool:
        return flag_of(self[name])

    def text(self, name: str) -> str:
        return string_of(self[name])

    def part(self, name: str) -> Value:
        return select(self["parsed"], name)

    def cpu(self) -> str:
        return name_of(self.part("cpu"))

    def architecture(self) -> str:
        """What the compiler is told to make code for."""
        return string_of(attribute(self["gcc"], "arch", "default"))

    def first(self, choices: Iterable[tuple[str, Value]], default: Value) -> Value:
        """What stands beside the first predicate that holds."""
        for name, value in choices:
            if self.is_(name):
                return value
        return default
