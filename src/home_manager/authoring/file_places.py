"""Where files of modules lie, and how a value becomes a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from home_manager.authoring.part import Body, Sink, given
from home_manager.authoring.reading import is_darwin
from home_manager.paths import store_name
from home_manager.values import Attrs, PathValue, Value
from home_manager.values.lazy import Delayed, force

_STORE_OBJECT = re.compile(r"/(?:[^/\n]+/)+[0-9a-df-np-sv-z]{32}-[^/\n]+")


def file_entry(
    scope: Any, value: Any, render: Callable[[Any], str] | None = None, *, texts: bool = True
) -> dict[str, Value]:
    """A value as the entry of a file in `xdg.configFile`: a path, a package or a store object is its source, else its text.

    `render` makes the text of what is none; without `texts`, a string is a path.
    """
    if isinstance(value, str):
        return {"source" if not texts or _STORE_OBJECT.fullmatch(value) else "text": value}
    if isinstance(value, PathValue) or (isinstance(value, dict) and "outPath" in value):
        return {"source": value}
    return {"text": value if render is None else Delayed(lambda: render(value))}


def application_support(path: str, *, unless_xdg: bool = False) -> Callable[..., str]:
    """Where macOS wants a program's file, for `darwin=…`: `application_support("tealdeer/config.toml")`.

    `unless_xdg`: where the configuration wants the directories of XDG, the file lies in that of configuration. Of many
    files, `{name}` stands for the name of each.
    """

    def place(scope: Any, name: str = "") -> str:
        below = scope["xdg.configHome"] if unless_xdg and scope["xdg.enable"] else "Library/Application Support"
        return f"{below}/{path.replace('{name}', name)}"

    return place


class Place:
    """Where a file lies: its name below an option that holds files, and another place on macOS.

    `file` and `darwin` are names, or functions of `self`; `entry` has further options of the file (`onChange=…`).
    """

    def __init__(self, file: Any, below: str, darwin: Any, darwin_below: str, entry: dict[str, Any]) -> None:
        self.file = file
        self.below = below
        self.darwin = darwin
        self.darwin_below = darwin_below
        self.entry = entry

    def sinks(self, content: Callable[[Any], dict[str, Value]], when: Body | None) -> Iterable[Sink]:
        """The definition of one file, for each system that has it elsewhere."""
        return self.sinks_of(lambda scope, file: {given(file, scope): content(scope)}, when)

    def stored(self, scope: Any, content: dict[str, Value]) -> str:
        """The store path of a file, the same that the home links to.

        The files of the home cannot be asked for it by those that are among them, as units are.
        """
        if "source" in content:
            return str(scope._in_text(content["source"]))
        file = self.file if self.darwin is None or not is_darwin(scope) else self.darwin
        return str(scope._made("writeText", store_name(str(given(file, scope))), force(content["text"])))

    def sinks_of(self, files: Callable[[Any, Any], dict[str, dict[str, Value]]], when: Body | None) -> Iterable[Sink]:
        """The definitions of all files that `files` makes, given where they lie."""

        def write(file: Any) -> Body:
            def body(scope: Any) -> Value:
                more = {name: given(value, scope) for name, value in self.entry.items()}
                return Attrs({name: Attrs({**entry, **more}) for name, entry in files(scope, file).items()})

            return body

        if self.darwin is None:
            yield Sink(self.below, write(self.file), when)
            return

        def on(darwin: bool) -> Body:
            return lambda scope: (when is None or when(scope)) and is_darwin(scope) is darwin

        yield Sink(self.below, write(self.file), on(False))
        yield Sink(self.darwin_below, write(self.darwin), on(True))
