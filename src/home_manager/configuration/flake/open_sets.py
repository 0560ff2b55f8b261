"""Attribute sets of flakes that are made name by name: packages by system, and the libraries that flakes see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from home_manager.diagnostics import failure, nearest
from home_manager.values import MISSING, Attrs, OpenAttrs, Value

SYSTEMS = (
    "aarch64-darwin", "aarch64-linux", "armv6l-linux", "armv7l-linux", "i686-linux", "powerpc64le-linux",
    "riscv64-linux", "x86_64-darwin", "x86_64-freebsd", "x86_64-linux",
)  # fmt: skip
"""The platforms that nixpkgs has packages for as a flake."""


class BySystem(OpenAttrs):
    """An attribute for every platform, made when it is asked for."""

    __slots__ = ("_make", "_what")

    def __init__(self, make: Callable[[str], Value], what: str) -> None:
        super().__init__()
        self._make = make
        self._what = what

    def find(self, name: str) -> Value:
        if name in SYSTEMS:
            return self._make(name)
        if name.count("-") == 1 and not name.startswith("__"):
            near = nearest(name, SYSTEMS)
            raise failure(
                "flake-system",
                f"`{self._what}` has no platform `{name}`",
                notes=("the platforms: " + ", ".join(f"`{each}`" for each in SYSTEMS),),
                hints=(f"did you mean `{near[0]}`?",) if near else (),
            )
        return MISSING

    def names(self) -> Iterable[str]:
        return SYSTEMS


class FlakeLib(OpenAttrs):
    """`nixpkgs.lib`: the library without what modules of homes get in addition, and with what only the flake has."""

    __slots__ = ("_more", "_root")

    def __init__(self, root: Attrs, more: Mapping[str, Value]) -> None:
        super().__init__()
        self._root = root
        self._more = more

    def find(self, name: str) -> Value:
        if name in self._more:
            return self._more[name]
        return MISSING if name == "hm" else self._root.get(name, MISSING)

    def names(self) -> Iterable[str]:
        return dict.fromkeys((*(name for name in self._root if name != "hm"), *self._more))


class HomeLib(OpenAttrs):
    """A library that the user gives, with `lib.hm`, as modules get it."""

    __slots__ = ("_given", "_hm")

    def __init__(self, given: Attrs, hm: Value) -> None:
        super().__init__()
        self._given = given
        self._hm = hm

    def find(self, name: str) -> Value:
        return self._hm if name == "hm" else self._given.get(name, MISSING)

    def names(self) -> Iterable[str]:
        return dict.fromkeys((*self._given, "hm"))
