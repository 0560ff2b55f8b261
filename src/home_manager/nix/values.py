"""The values of the Nix language, as Python values.

| Nix            | here                                                                       |
|----------------|----------------------------------------------------------------------------|
| null, booleans | `None`, `True`, `False`                                                    |
| integer, float | `int` (kept in 64 bits by the operators), `float`                          |
| string         | `str`; with a context: `ContextString`                                     |
| path           | `PathValue`                                                                |
| list           | `list`, never changed once it is visible                                   |
| attribute set  | `Attrs` (or any `dict` with `str` keys), never changed once it is visible  |
| function       | `Lambda` (see `ast`), `Builtin`, or an attribute set with `__functor`      |

Elements of lists and attribute sets may be `Lazy`; keys never are. `bool` is tested before `int`.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from typing import Final

from home_manager.diagnostics import Span
from home_manager.lazy import Delayed

Value = object
"""Any of the above, possibly lazy."""

MISSING: Final = object()
"""Stands for "no such attribute" where `None` is a value."""


class PathValue:
    """A path of the language: absolute, without `.`, `..` and doubled slashes."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text: Final = text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PathValue) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"PathValue({self.text!r})"


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


class Attrs(dict[str, Value]):
    """An attribute set that knows where its attributes were written.

    `origin` is, from cheap to rich: `None` (unknown); a mapping from names to spans, shared by all evaluations of one
    literal; or the attribute sets that `//` joined (and how often that happened before, where it is counted).
    `position` follows it only when somebody asks.
    """

    __slots__ = ("origin",)

    def __init__(self, *args: object, origin: Mapping[str, Span] | tuple[object, ...] | None = None) -> None:
        super().__init__(*args)
        self.origin = origin

    def position(self, name: str) -> Span | None:
        """Where the attribute was written, or `None`."""
        here: object = self
        while isinstance(here, Attrs):
            origin = here.origin
            if not isinstance(origin, tuple):
                return None if origin is None else origin.get(name)
            left, right = origin[:2]
            here = right if isinstance(right, dict) and name in right else left
        return None


class Function:
    """A value that can be called with one argument; see `evaluation.call`."""

    __slots__ = ()


class Builtin(Function):
    """A function written in Python, curried: `run` is called once `arity` arguments are there.

    The arguments arrive as they are (possibly lazy); the result may be lazy.
    """

    __slots__ = ("arguments", "arity", "name", "run")

    def __init__(self, name: str, arity: int, run: Callable[..., Value], arguments: tuple[Value, ...] = ()) -> None:
        self.name: Final = name
        self.arity: Final = arity
        self.run: Final = run
        self.arguments: Final = arguments


class OpenAttrs(Attrs):
    """An attribute set whose attributes are made when they are asked for by name: `pkgs`, or a namespace of options.

    Subclasses say how with `find` and `names`. Reading one attribute costs one attribute; whoever enumerates it (or
    joins it with `//`) makes all of its names visible first, each still lazy.
    """

    __slots__ = ("complete",)

    def __init__(self) -> None:
        super().__init__()
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
            for name in self.names():
                if not dict.__contains__(self, name):
                    dict.__setitem__(self, name, Delayed(lambda name=name: self.find(name)))  # type: ignore[misc]

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
