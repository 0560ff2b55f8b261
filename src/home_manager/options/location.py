"""Where in a configuration something is evaluated: the option's names, and what one whole evaluation shares."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from home_manager.diagnostics import Failure
from home_manager.values import Value
from home_manager.values.lazy import Lazy

if TYPE_CHECKING:
    from home_manager.options.declaration import Option
    from home_manager.options.eval_modules import Evaluation
    from home_manager.options.module import ModuleSource
    from home_manager.options.types.base import OptionType

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_'-]*")
_KEYWORDS = frozenset(("assert", "else", "if", "in", "inherit", "let", "or", "rec", "then", "with"))
_PART = re.compile(r'"((?:[^"\\]|\\.)*)"|([^."]+)')


def show_name(name: str) -> str:
    """One component of an option path, quoted where Nix would need quotes; placeholders stay as they are."""
    if name == "*" or (name.startswith("<") and name.endswith(">")):
        return name
    if _PLAIN.fullmatch(name) and name not in _KEYWORDS:
        return name
    escaped = name.replace("\\", "\\\\").replace('"', '\\"').replace("${", "\\${").replace("\n", "\\n")
    return f'"{escaped}"'


def show_path(names: tuple[str, ...]) -> str:
    """An option path as it is written in Nix: `xdg.configFile."bat/config"`."""
    return ".".join([show_name(name) for name in names])


def parse_path(text: str) -> tuple[str, ...]:
    """The names of a dotted path, with quoted components: the inverse of `show_path`."""
    if '"' not in text:
        return tuple(text.split(".")) if text else ()
    return tuple(
        re.sub(r"\\(.)", r"\1", found.group(1)) if found.group(1) is not None else found.group(2)
        for found in _PART.finditer(text)
    )


class World:
    """What all evaluations below one root share: how values of a front end become modules, options and types.

    `to_module(value, file, key)` makes a module from a value (a set, a function, a path); `to_option(value, file)` an
    `Option` from a set with `_type = "option"`; `to_type(value)` a type from a set with `_type = "option-type"`;
    `type_value(type)` the value by which a front end shows a type. `environment(name)` is a variable of the caller's
    environment, empty where it is not set. `show_configuration(evaluation)` is an evaluation as `evalModules` returns
    it, for the module argument `extendModules`. `warn` tells the user something. `advise(failure, evaluation)` makes what
    a failure says better, where the front end knows more than the engine. `root` is the outermost evaluation. `failed`
    are the options, and the elements inside them, that somebody read in vain.
    """

    __slots__ = (
        "advise",
        "environment",
        "failed",
        "root",
        "show_configuration",
        "to_module",
        "to_option",
        "to_type",
        "type_value",
        "warn",
    )

    def __init__(
        self,
        to_module: Callable[[Value, str, str], ModuleSource] | None = None,
        to_option: Callable[[Value, str], Option] | None = None,
        to_type: Callable[[Value], OptionType] | None = None,
        type_value: Callable[[OptionType], Value] | None = None,
        environment: Callable[[str], str] | None = None,
        show_configuration: Callable[[Evaluation], Value] | None = None,
        warn: Callable[[str], None] | None = None,
    ) -> None:
        self.to_module = to_module
        self.to_option = to_option
        self.to_type = to_type
        self.type_value = type_value
        self.environment: Callable[[str], str] = environment or (lambda _: "")
        self.show_configuration = show_configuration
        self.warn: Callable[[str], None] = warn or (lambda _: None)
        self.advise: Callable[[Failure, Evaluation], None] = lambda failure, evaluation: None
        self.root: Evaluation | None = None
        self.failed: set[Lazy] = set()

    def again(self) -> World:
        """The same ways for another root."""
        world = World(
            self.to_module,
            self.to_option,
            self.to_type,
            self.type_value,
            self.environment,
            self.show_configuration,
            self.warn,
        )
        world.advise = self.advise
        return world


class Place:
    """An option's location: its names from the root, and the world it is evaluated in.

    The names may be a function that gives them when they are asked for: a type's `merge` may be called with a place
    that nobody looks at unless something is wrong.
    """

    __slots__ = ("_names", "world")

    def __init__(self, names: tuple[str, ...] | Callable[[], tuple[str, ...]], world: World) -> None:
        self._names = names
        self.world = world

    @property
    def names(self) -> tuple[str, ...]:
        found = self._names
        if not isinstance(found, tuple):
            found = self._names = found()
        return found

    @property
    def depth(self) -> int:
        """How many names there are, as far as they have been asked for."""
        return len(self._names) if isinstance(self._names, tuple) else 0

    def __truediv__(self, name: str) -> Place:
        names = self._names
        if isinstance(names, tuple):
            return Place((*names, name), self.world)
        return Place(lambda: (*self.names, name), self.world)

    def __str__(self) -> str:
        return show_path(self.names)
