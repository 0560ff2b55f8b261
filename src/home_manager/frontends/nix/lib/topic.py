"""How a chapter of the library lists what it offers: functions in Python, built-ins, values made once, Nix files.

A topic is written down once, at import, and knows no evaluator; `Library` makes values of its entries when a name is
asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MethodType
from typing import TYPE_CHECKING, TypeVar

from home_manager.values import Builtin, Value

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

Make = Callable[["Library"], Value]
Plain = TypeVar("Plain", bound=Callable[..., Value])


class Topic:
    """Names and how each is made: `entries` maps a public name to a function of the library."""

    __slots__ = ("entries",)

    def __init__(self) -> None:
        self.entries: dict[str, Make] = {}

    def function(self, name: str, arity: int) -> Callable[[Plain], Plain]:
        """Adds a Python function of `arity` possibly lazy arguments."""

        def add(function: Plain) -> Plain:
            builtin = Builtin(name, arity, function)
            self.entries[name] = lambda library: builtin
            return function

        return add

    def bound(self, name: str, arity: int) -> Callable[[Plain], Plain]:
        """Adds a Python function whose first argument is the library itself, in addition to `arity` others."""

        def add(function: Plain) -> Plain:
            def make(library: Library) -> Value:
                return Builtin(name, arity, MethodType(function, library))

            self.entries[name] = make
            return function

        return add

    def value(self, name: str) -> Callable[[Make], Make]:
        """Adds a value that is computed from the library when it is first asked for."""

        def add(make: Make) -> Make:
            self.entries[name] = make
            return make

        return add

    def constant(self, name: str, value: Value) -> None:
        """Adds a value that needs nothing."""
        self.entries[name] = lambda library: value

    def builtins(self, *names: str) -> None:
        """Adds functions of the language under their own names."""
        for name in names:
            self.entries[name] = lambda library, name=name: library.builtin(name)  # type: ignore[misc]

    def nix(self, file: str, *names: str) -> None:
        """Adds attributes of a Nix file of this package, which is read when the first of them is asked for."""
        for name in names:
            self.entries[name] = lambda library, name=name: library.nix_file(file)[name]  # type: ignore[misc]

    def also(self, name: str, other: str) -> None:
        """Adds a second name for an entry."""
        self.entries[name] = self.entries[other]
