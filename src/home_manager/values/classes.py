"""The values that the evaluator itself is about, in classes that the fast build compiles: paths, sets, functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from home_manager.diagnostics import Span
from home_manager.values.mypyc_shim import mypyc_attr

Value = object
"""What a value of the language is in Python: see `values`. It may be lazy."""

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

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"PathValue({self.text!r})"


# Compiled classes that derive from `dict` lose the slot, and the garbage collector its way.
@mypyc_attr(native_class=False)
class Attrs(dict[str, Value]):
    """An attribute set that knows where its attributes were written.

    `origin` is, from cheap to rich: `None` (unknown); a mapping from names to spans, shared by all evaluations of one
    literal; two attribute sets that were joined; or what `//` leaves: the left origin, the right set, and how often
    there was a `//` before. `position` follows it only when somebody asks.
    """

    __slots__ = ("origin",)

    def __init__(self, *args: object, origin: Mapping[str, Span] | tuple[object, ...] | None = None) -> None:
        super().__init__(*args)
        self.origin = origin

    def position(self, name: str) -> Span | None:
        """Where the attribute was written, or `None`."""
        origin: object = self.origin
        while isinstance(origin, tuple):
            left, right = origin[0], origin[1]
            if isinstance(right, dict) and has_attribute(right, name):
                origin = right.origin if isinstance(right, Attrs) else None
            elif len(origin) == 3:
                origin = left
            else:
                origin = left.origin if isinstance(left, Attrs) else None
        return origin.get(name) if isinstance(origin, Mapping) else None


_new_attrs: Final = Attrs.__new__


def attrs_of(members: dict[str, Value], origin: Mapping[str, Span] | tuple[object, ...] | None = None) -> Attrs:
    """A set with these attributes: `Attrs(members, origin=origin)`, in half the time."""
    attrs: Attrs = _new_attrs(Attrs)
    attrs |= members
    attrs.origin = origin
    return attrs


@mypyc_attr(allow_interpreted_subclasses=True)
class Function:
    """A value that can be called with one argument; see `evaluation.call`."""

    __slots__ = ()

    def shown(self) -> str:
        """The function as `print_value` writes it between « and »."""
        return "lambda"


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

    def shown(self) -> str:
        return f"{'partially applied ' if self.arguments else ''}primop {self.name}"


def attribute(attrs: dict[str, Value], name: str) -> Value:
    """The attribute of a set of any kind, or `MISSING`.

    Compiled, the `get` and `in` of something that is a `dict` are those of `dict` itself, which know nothing of sets
    that find their attributes by name.
    """
    value = attrs.get(name, MISSING)
    if value is MISSING and type(attrs) is not Attrs:
        whole: Any = attrs
        value = whole.get(name, MISSING)
    return value


def offered(attrs: dict[str, Value], name: str) -> Value:
    """The attribute of a set of any kind, or `MISSING`, also where a set without end only might have it."""
    if type(attrs) is not Attrs:
        whole: Any = attrs
        offers = getattr(whole, "offers", None)
        if offers is not None and not offers(name):
            return MISSING
    return attribute(attrs, name)


def known(attrs: dict[str, Value], name: str) -> Value:
    """The attribute of a set of any kind, or `MISSING`, also where a set without end is not sure to have it."""
    if type(attrs) is not Attrs:
        whole: Any = attrs
        knows = getattr(whole, "knows", None)
        if knows is not None and not knows(name):
            return MISSING
    return attribute(attrs, name)


def has_attribute(attrs: dict[str, Value], name: str) -> bool:
    """Whether a set of any kind has the attribute."""
    return name in attrs or (type(attrs) is not Attrs and attribute(attrs, name) is not MISSING)
