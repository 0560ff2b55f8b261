"""Plugins of Neovim: the options of one, and all of them in one shape."""

from dataclasses import dataclass
from typing import Any

from home_manager.authoring import *
from home_manager.modules.core.files import file_type

LUA_BY_DEFAULT = "26.05"
"""The release since which the configuration of a plugin is Lua where nothing else is said; before, it was Vim script."""


def usual_language(scope) -> str:
    """The language of a plugin's configuration where it does not say."""
    return "lua" if scope._state_at_least(LUA_BY_DEFAULT) else "viml"


class Plugin(Options):
    """A plugin with its configuration."""

    config = option(t.null_or(t.lines), default=None, doc="Code that configures the plugin, in the language `type`.")
    type = option(
        t.either(t.enum("lua", "viml", "teal", "fennel"), t.str),
        default=usual_language,
        default_text='if lib.versionAtLeast config.home.stateVersion "26.05" then "lua" else "viml"\n',
        doc="The language of `config`. The code of all plugins is put together by language.",
    )
    optional = option(t.bool, default=False, example=True, doc="Whether the plugin is only loaded by `:packadd`.")
    plugin = option(t.package, example=literal("pkgs.vimPlugins.nvim-treesitter"), doc="The package of the plugin.")
    runtime = option(
        file_type(lambda self: "nvim", "`nvim` in `xdg.configHome`"),
        default={},
        example={"ftplugin/c.vim": {"text": "setlocal omnifunc=v:lua.vim.lsp.omnifunc"}},
        doc="Files that go into Neovim's directory of configuration with the plugin.",
    )


@dataclass(frozen=True, slots=True)
class Loaded:
    """A plugin in the one shape that all are brought into."""

    package: Any
    language: str
    config: str | None = None
    optional: bool = False

    @property
    def name(self) -> str:
        """The name of its directory."""
        return str(seen(self.package.get("pname", self.package["name"])))

    @property
    def programs(self) -> list[Any]:
        """Packages whose programs the plugin runs."""
        found = seen(self.package.get("runtimeDeps", []))
        return found if isinstance(found, list) else []


def loaded(given, language: str) -> Loaded:
    """A plugin from a package alone, or from the options of a plugin."""
    if "plugin" in given:
        return Loaded(given["plugin"], given["type"], given["config"], given["optional"])
    return Loaded(given, language)


def untyped(definitions) -> list[str]:
    """The names of plugins that are configured without a word about the language."""
    names = []
    for definition in definitions:
        entries = seen(definition.value)
        for entry in entries if isinstance(entries, list) else []:
            if (
                isinstance(entry, dict)
                and "plugin" in entry
                and entry.get("config") is not None
                and "type" not in entry
            ):
                names.append(Loaded(entry["plugin"], "").name)
    return names
