"""Configuration file formats: one pure renderer a file, `toml.render(value) -> str` and its like.

Values are Nix values (see `values`), lazy ones included. A renderer does no input or output and names the place
in the value when it meets something that its format can not hold. The submodules load on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

_FORMATS = frozenset(
    (
        "command_line",
        "dhall",
        "fish",
        "flags",
        "git_ini",
        "gvariant",
        "hyprconf",
        "ini",
        "java_properties",
        "json",
        "kdl",
        "keyvalue",
        "lua",
        "nix_conf",
        "nushell",
        "plain",
        "plist",
        "pretty",
        "rasi",
        "scfg",
        "shell",
        "systemd",
        "toml",
        "xml",
        "yaml",
        "zsh",
    )
)


def __getattr__(name: str) -> ModuleType:
    if name in _FORMATS:
        from importlib import import_module

        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
