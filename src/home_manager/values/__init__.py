"""The values of the Nix language, as Python values.

| Nix            | here                                                                       |
|----------------|----------------------------------------------------------------------------|
| null, booleans | `None`, `True`, `False`                                                    |
| integer, float | `int` (kept in 64 bits by the operators), `float`                          |
| string         | `str`; with a context: `ContextString`                                     |
| path           | `PathValue`                                                                |
| list           | `list`, never changed once it is visible                                   |
| attribute set  | `Attrs` (or any `dict` with `str` keys), never changed once it is visible  |
| function       | `nodes.functions.Lambda`, `Builtin`, or an attribute set with `__functor`      |

Elements of lists and attribute sets may be `Lazy`; keys never are. `bool` is tested before `int`.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, KeysView, ValuesView

from home_manager.values.classes import MISSING, Attrs, Builtin, Function, PathValue, Value
from home_manager.values.lazy import Lazy

__all__ = [
    "MISSING",
    "Attrs",
    "Builtin",
    "ContextString",
    "EndlessAttrs",
    "Function",
    "OpenAttrs",
    "PathValue",
    "Value",
]


class ContextString(str):
    """A string that remembers what it was made from.

    `context` holds Nix's encoded elements: a store path (a plain reference), `!output!drv` (one output of a
    derivation), `=drv` (a derivation with all its outputs). Python operations on it give a plain `str`.
    """

    __slots__ = ("context",)
    context: frozenset[str]

    def __new__(cls, text: str, context: frozenset[str]) -> ContextString:
        self = super().__new__(cls, text)
        self.context = context
        return self


class _Named(Lazy):
    """An attribute of an open set that is found when it is needed."""

    __slots__ = ("attrs", "key")

    def __init__(self, attrs: OpenAttrs, key: str) -> None:
        self.state = 0
        self.attrs = attrs
        self.key = key

    def compute(self) -> Value:
        return self.attrs.find(self.key)


class OpenAttrs(Attrs):
    """An attribute set whose attributes are made when they are asked for by name: `pkgs`, or a namespace of options.

    Subclasses say how with `find` and `names`. Reading one attribute costs one attribute; whoever enumerates it (or
    joins it with `//`) makes all of its names visible first, each still lazy.
    """

    __slots__ = ("complete",)

    def __init__(self) -> None:
        self.origin = None
        self.complete = False

    def find(self, name: str) -> Value:
        """The value of an attribute, or `MISSING`."""
        raise NotImplementedError

    def names(self) -> Iterable[str]:
        """Every name for which `find` finds something."""
        raise NotImplementedError

    def fill(self) -> None:
        """Makes every name visible."""
        if not self.complete:
            self.complete = True
            known = dict.copy(self)
            for name in self.names():
                if name not in known:
                    dict.__setitem__(self, name, _Named(self, name))

    def __missing__(self, name: str) -> Value:
        value = MISSING if self.complete else self.find(name)
        if value is MISSING:
            raise KeyError(name)
        dict.__setitem__(self, name, value)
        return value

    def get(self, name: str, default: Value = None) -> Value:
        try:
            return self[name]
        except KeyError:
            return default

    def __contains__(self, name: object) -> bool:
        return dict.__contains__(self, name) or (isinstance(name, str) and self.get(name, MISSING) is not MISSING)

    def __iter__(self) -> Iterator[str]:
        self.fill()
        return dict.__iter__(self)

    def __len__(self) -> int:
        self.fill()
        return dict.__len__(self)

    def keys(self) -> KeysView[str]:  # type: ignore[override]
        self.fill()
        return dict.keys(self)

    def values(self) -> ValuesView[Value]:  # type: ignore[override]
        self.fill()
        return dict.values(self)

    def items(self) -> ItemsView[str, Value]:  # type: ignore[override]
        self.fill()
        return dict.items(self)

    def copy(self) -> dict[str, Value]:
        self.fill()
        return dict.copy(self)


class EndlessAttrs(OpenAttrs):
    """An attribute set that finds more names than it can tell: a package set, in which any name may be a package.

    Whoever asks *whether* there is an attribute is told what the set is sure of; a name that it only might have comes
    after all other sets that know it.
    """

    __slots__ = ()

    def knows(self, name: str) -> bool:
        """Whether the set is sure to have the attribute."""
        raise NotImplementedError

    def offers(self, name: str) -> bool:
        """What `?` says of the attribute, and `or`."""
        return self.knows(name)


class JoinedAttrs(EndlessAttrs):
    """Two sets joined with `//`, of which one is endless, so that the result is, too."""

    __slots__ = ("_first", "_second")

    def __init__(self, first: dict[str, Value], second: dict[str, Value]) -> None:
        super().__init__()
        self._first = first
        self._second = second

    def find(self, name: str) -> Value:
        for attrs in (self._second, self._first):
            if _knows(attrs, name):
                return attrs.get(name, MISSING)
        found = self._second.get(name, MISSING)
        return self._first.get(name, MISSING) if found is MISSING else found

    def names(self) -> Iterable[str]:
        return dict.fromkeys((*self._first, *self._second))

    def knows(self, name: str) -> bool:
        return _knows(self._first, name) or _knows(self._second, name)

    def offers(self, name: str) -> bool:
        return any(
            attrs.offers(name) if isinstance(attrs, EndlessAttrs) else name in attrs
            for attrs in (self._first, self._second)
        )


def _knows(attrs: dict[str, Value], name: str) -> bool:
    return attrs.knows(name) if isinstance(attrs, EndlessAttrs) else name in attrs
