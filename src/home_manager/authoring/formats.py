"""The file formats as authors use them: each with the type of its values and its renderer.

`formats.toml.type`, `formats.toml.render(value)`; `formats.ini(duplicates=True)` is a format with other options. A
format without a type of its own (`formats.flags`, `formats.kdl` …) is the module of `home_manager.formats`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import home_manager.formats
from home_manager.formats.plain import value_string
from home_manager.options.types import format_values
from home_manager.options.types.base import OptionType


class Format:
    """A format: `type` of its values, `render(value) -> str`, and whatever else its renderer module offers.

    `duplicates` and `joined` say what a list is: a key several times, or one value with commas.
    `declare` makes the type, given the options of the format; `spellings` says how the renderer calls them.
    """

    def __init__(self, module: str, declare: Callable[..., OptionType], options: dict[str, Any] | None = None) -> None:
        self._module = module
        self._declare = declare
        self._options = options or {}

    def __call__(self, **options: Any) -> Format:
        return Format(self._module, self._declare, {**self._options, **options})

    @property
    def type(self) -> OptionType:
        """The type of an option that holds a whole file."""
        wanted = {name: value for name, value in self._options.items() if name in ("duplicates", "joined")}
        return self._declare(**wanted)

    def render(self, value: Any, **options: Any) -> str:
        """The text of a file with this value."""
        given = {name: each for name, each in self._options.items() if name not in ("duplicates", "joined")}
        if self._options.get("duplicates"):
            given["lists_as_duplicate_keys"] = True
        if self._options.get("joined"):
            given.setdefault("list_to_value", _joined)
        text: str = self._renderer().render(value, **given, **options)
        return text

    def _renderer(self) -> Any:
        return getattr(home_manager.formats, self._module)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._renderer(), name)


def _joined(values: list[Any]) -> str:
    return ", ".join(value_string(value) for value in values)


toml = Format("toml", lambda: format_values.TOML)
json = Format("json", lambda: format_values.JSON)
yaml = Format("yaml", lambda: format_values.YAML)
ini = Format("ini", format_values.ini)
keyvalue = Format("keyvalue", format_values.key_value)
git_ini = Format("git_ini", format_values.git_ini)


def __getattr__(name: str) -> Any:
    return getattr(home_manager.formats, name)
