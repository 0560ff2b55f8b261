"""A part: a class attribute that contributes options, definitions, or both."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from home_manager.options.declaration import Option
from home_manager.options.definition import Definition
from home_manager.options.location import parse_path
from home_manager.options.types.base import OptionType
from home_manager.values import Function, Value

if TYPE_CHECKING:
    from home_manager.authoring.options_class import Options

Body = Callable[[Any], Any]
"""What a module author writes: a function of `self` that returns a value, or yields some."""


@dataclass(frozen=True, slots=True, eq=False)
class Sink:
    """Where definitions go, and how they are made once somebody asks.

    `path` is absolute, or relative to the class where it starts with a dot. `gated`: only while the module is enabled.
    `when`: a further condition. `definitions` instead of `body` hands over complete definitions. `position`: the file of
    the original that makes them, where that is another than the module's own: it decides about their order.
    """

    path: str
    body: Body | None = None
    when: Body | None = None
    gated: bool = True
    definitions: Callable[[Any], list[Definition]] | None = None
    position: str = ""

    def names(self, base: tuple[str, ...]) -> tuple[str, ...]:
        return (*base, *parse_path(self.path[1:])) if self.path.startswith(".") else parse_path(self.path)


class Part:
    """A class attribute of a module. Reading it on `self` reads the option of that name."""

    attribute: str = ""
    position: str = ""

    def __set_name__(self, owner: type, name: str) -> None:
        if not self.attribute:
            self.attribute = name
        self.position = self.position or vars(owner).get("_position", "")

    def __get__(self, instance: Options | None, owner: type) -> Any:
        if instance is None:
            return self
        return self.read(instance)

    def read(self, scope: Options) -> Any:
        """The value that `self.<attribute>` has."""
        return scope._read(self.attribute)

    def declare(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], Option]]:
        """The options of this part, with their paths relative to the class."""
        return ()

    def sinks(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[Sink]:
        """The definitions of this part."""
        return ()


def given(value: Any, scope: Any) -> Any:
    """A value that an author gave as it is, or as a function of `self`."""
    return value(scope) if callable(value) and not isinstance(value, (dict, type)) and not is_value(value) else value


def is_value(value: Any) -> bool:
    """Whether something callable is a value of the language all the same."""
    return isinstance(value, (Function, OptionType))


def condition(when: Part | Body | str | tuple[Any, ...] | bool | None) -> Body | None:
    """`when=` as a function: an option (that it is neither empty, null nor false), or a function of `self`.

    Of several in a tuple, one is enough; `True` is none, for parts that have one of their own.
    """
    if when is None or isinstance(when, bool):
        return None
    if isinstance(when, tuple):
        each = [condition(one) for one in when]
        return lambda scope: any(one is None or one(scope) for one in each)
    if isinstance(when, Part):
        part = when
        return lambda scope: holds(scope._outermost(part.attribute))
    if isinstance(when, str):
        name = when
        return lambda scope: holds(scope._outermost(name))
    function = when
    return lambda scope: holds(function(scope))


def holds(value: Value) -> bool:
    """Whether a value counts as given: packages and numbers do, empty texts and sets do not."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return True
    return bool(value)
