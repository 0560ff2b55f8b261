from typing import Any

from home_manager.authoring import *

SETTINGS = {
    "background": t.enum("dark", "light"),
    "backupdir": t.list_of(t.str),
    "copyindent": t.bool,
    "directory": t.list_of(t.str),
    "expandtab": t.bool,
    "hidden": t.bool,
    "history": t.int,
    "ignorecase": t.bool,
    "modeline": t.bool,
    "mouse": t.enum("n", "v", "i", "c", "h", "a", "r"),
    "mousefocus": t.bool,
    "mousehide": t.bool,
    "mousemodel": t.enum("extend", "popup", "popup_setpos"),
    "number": t.bool,
    "relativenumber": t.bool,
    "shiftwidth": t.int,
    "smartcase": t.bool,
    "tabstop": t.int,
    "undodir": t.list_of(t.str),
    "undofile": t.bool,
}
"""The settings of vim that have an option, with their types."""


class VimSettings(Options):
    """Settings of vim."""

    locals().update(
        {
            name: option(
                t.null_or(kind),
                default=None,
                visible=False,
                doc=f"The setting `{name}` of vim; `null` leaves it alone.",
            )
            for name, kind in SETTINGS.items()
        }
    )


def set_command(name: str, value) -> str:
    """The line of a vimrc that makes a setting."""
    if isinstance(value, bool):
        return f"set {'' if value else 'no'}{name}"
    return f"set {name}={','.join(value) if isinstance(value, list) else value}"


class Vim(Program):
    """Vim"""

    plugins = option(
        t.list_of(t.either(t.str, t.package)),
        default=lambda self: self._usual_plugins(),
        default_text="[ <derivation vim-sensible> ]",
        example=literal("[ pkgs.vimPlugins.YankRing ]"),
        doc="The plugins to load. Names of plugins in place of packages still work, but are deprecated.",
    )
    settings = option(
        t.submodule(VimSettings),
        default={},
        example={"expandtab": True, "history": 1000, "background": "dark"},
        doc="Common settings: " + ", ".join(f"`{name}`" for name in SETTINGS) + ". `extraConfig` takes all others.",
    )
    extraConfig = option(
        t.lines, default="", example="set nocompatible\nset nobackup\n", doc="Further lines of the vimrc."
    )
    package = option(t.package, read_only=True, doc="Vim with its configuration and plugins.")
    packageConfigurable = Package(
        "vim-full", example="pkgs.vim", install=False, extra="It is the vim that gets the configuration."
    )
    defaultEditor = option(t.bool, default=False, doc="Whether `EDITOR` and `VISUAL` name vim.")
    editor = Variables(EDITOR="vim", VISUAL="vim", when=defaultEditor)

    def _usual_plugins(self) -> list[Any]:
        return [self.pkgs["vimPlugins"]["vim-sensible"]]

    @defines(".plugins")
    def sensible(self):
        return self._usual_plugins()

    def _vimrc(self) -> str:
        given = {name: getattr(self.settings, name) for name in SETTINGS}
        lines = [set_command(name, value) for name, value in given.items() if value is not None]
        return "\n".join(lines) + f"\n\n{self.extraConfig}\n"

    @defines(".package")
    def customised(self):
        available = self.pkgs["vimPlugins"]
        plugins = [available[each] if isinstance(each, str) else each for each in self.plugins]
        config = {"customRC": self._vimrc(), "packages": {"home-manager": {"start": plugins}}}
        return self._made(self.packageConfigurable["customize"], {"name": "vim", "vimrcConfig": config})

    @defines("home.packages")
    def installed(self):
        return [self.package]

    @check
    def plugins_exist(self):
        missing = [each for each in self.plugins if isinstance(each, str) and each not in self.pkgs["vimPlugins"]]
        if missing:
            names = ", ".join(f'"{name}"' for name in missing)
            yield f"Following VIM plugin not found in pkgs.vimPlugins: {names}"

    @warn
    def named_plugins(self):
        named = [each for each in self.plugins if isinstance(each, str)]
        if named:
            names = ", ".join(f'"{name}"' for name in named)
            yield f"Specifying VIM plugins using strings is deprecated, found {names} as strings."
