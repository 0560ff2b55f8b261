"""Sets in which every name is found: people who maintain packages, and their teams."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from home_manager.values import Attrs, EndlessAttrs, Value


class EveryName(EndlessAttrs):
    """An attribute set that makes an attribute for any name that is asked for; it lists none of them."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[str], Value]) -> None:
        super().__init__()
        self.make = make

    def find(self, name: str) -> Value:
        return self.make(name)

    def names(self) -> Iterable[str]:
        return ()

    def knows(self, name: str) -> bool:
        return False

    def offers(self, name: str) -> bool:
        return True


def person(name: str) -> Attrs:
    """A maintainer: nothing but the name is known here."""
    return Attrs({"name": name, "github": name})


def team(name: str) -> Attrs:
    """A team without members."""
    return Attrs({"shortName": name, "members": [], "scope": ""})
