"""Where in a configuration something is evaluated: the option's names, and what one whole evaluation shares."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from home_manager.options.frontend import Frontend, PythonFrontend
from home_manager.values.lazy import Lazy

if TYPE_CHECKING:
    from home_manager.options.eval_modules import Evaluation

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


class Shared:
    """What all evaluations below one root share.

    `root` is the outermost evaluation; `failed` are the options, and the elements inside them, that were read in vain.
    """

    __slots__ = ("failed", "frontend", "root")

    def __init__(self, frontend: Frontend | None = None) -> None:
        self.frontend: Frontend = PythonFrontend() if frontend is None else frontend
        self.root: Evaluation | None = None
        self.failed: set[Lazy] = set()

    def again(self) -> Shared:
        """The same front end for another root."""
        return Shared(self.frontend)


class Location:
    """An option's location: its names from the root, and what its evaluation shares with others.

    The names may be a function that gives them when they are asked for: a type's `merge` may be called with a place
    that nobody looks at unless something is wrong.
    """

    __slots__ = ("_names", "shared")

    def __init__(self, names: tuple[str, ...] | Callable[[], tuple[str, ...]], shared: Shared) -> None:
        self._names = names
        self.shared = shared

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

    def __truediv__(self, name: str) -> Location:
        names = self._names
        if isinstance(names, tuple):
            return Location((*names, name), self.shared)
        return Location(lambda: (*self.names, name), self.shared)

    def __str__(self) -> str:
        return show_path(self.names)
