"""`home.pointerCursor`: the theme and size of the mouse pointer."""

import shlex
from typing import Any

from home_manager.authoring import *


def size(where: str):
    return option(
        t.int,
        default=lambda self: self["home.pointerCursor.size"],
        default_text='"config.home.pointerCursor.size"',
        example=32,
        doc=f"The size of the pointer for {where}.",
    )


def switch(title: str, *, on: bool = False):
    return option(t.bool, default=on, example=True, doc=f"Whether to enable {title}.")


class X11(Options):
    """The pointer of X."""

    enable = switch("x11 config generation for `home.pointerCursor`")
    defaultCursor = option(
        t.str, default="left_ptr", example="X_cursor", doc="The file of the theme that is the usual pointer."
    )
    size = size("X")


class Gtk(Options):
    """The pointer in GTK."""

    enable = switch("gtk config generation for `home.pointerCursor`")
    size = size("GTK")


class DotIcons(Options):
    """The old place of icons."""

    enable = switch("`.icons` config generation for `home.pointerCursor`", on=True)


class Hyprcursor(Options):
    """The pointer of Hyprland."""

    enable = switch("hyprcursor config generation")
    size = size("Hyprland")


class Sway(Options):
    """The pointer of Sway."""

    enable = switch("sway config generation for `home.pointerCursor`")
    size = size("Sway")


class Cursor(Options):
    """The pointer."""

    enable = switch("cursor config generation")
    package = option(t.package, example=literal("pkgs.vanilla-dmz"), doc="The package with the theme.")
    name = option(t.str, example="Vanilla-DMZ", doc="The name of the theme in the package.")
    size = option(t.int, default=32, example=64, doc="The size of the pointer.")
    x11 = group(X11)
    gtk = group(Gtk)
    dotIcons = group(DotIcons)
    hyprcursor = group(Hyprcursor)
    sway = group(Sway)


class PointerCursor(Module):
    """The mouse pointer"""

    namespace = "home"
    by_mention = True

    pointerCursor = option(
        t.submodule(Cursor),
        default={},
        doc="The mouse pointer. What is set here makes the theme available; `x11`, `gtk`, `hyprcursor` and `sway` tell "
        "those programs to use it, as far as they are configured here.",
    )

    def _defined(self) -> bool:
        return self._option("pointerCursor").is_set()

    def _says_enable(self) -> bool:
        values = [seen(each.value) for each in self._option("pointerCursor").merged().settled()]
        return any("enable" in value for value in values if isinstance(value, dict))

    def _on(self) -> bool:
        return self.pointerCursor.enable if self._says_enable() else self._defined()

    @warn
    def implied(self):
        if self._defined() and not self._says_enable():
            yield (
                "Relying on `home.pointerCursor` to enable cursor config generation is deprecated.\n"
                "Please update your configuration to explicitly set:\n\n  home.pointerCursor.enable = true;\n"
            )

    @check
    def platform(self):
        if self._on() and not self._is_on("linux"):
            yield "The module home.pointerCursor does not support your platform; it needs linux."

    def _default_theme(self):
        text = f"[Icon Theme]\nName=Default\nComment=Default Cursor Theme\nInherits={self.pointerCursor.name}\n"
        return self._made(
            "writeTextFile", {"name": "index.theme", "destination": "/share/icons/default/index.theme", "text": text}
        )

    def _links(self, below: str) -> dict[str, Any]:
        cursor = self.pointerCursor
        return {
            f"{below}/default/index.theme": {"source": f"{self._default_theme()}/share/icons/default/index.theme"},
            f"{below}/{cursor['name']}": {"source": f"{cursor.package}/share/icons/{cursor['name']}"},
        }

    @defines("home.packages", when=lambda self: self._on())
    def packages(self):
        return [self.pointerCursor.package, self._default_theme()]

    @defines("home.sessionVariables", when=lambda self: self._on())
    def variables(self):
        cursor = self.pointerCursor
        yield {"XCURSOR_SIZE": default(cursor.x11.size), "XCURSOR_THEME": default(cursor["name"])}
        if cursor.hyprcursor.enable:
            yield {"HYPRCURSOR_THEME": cursor["name"], "HYPRCURSOR_SIZE": cursor.hyprcursor.size}

    @defines("home.sessionSearchVariables", when=lambda self: self._on())
    def search_path(self):
        return {"XCURSOR_PATH": [f"{self['home.profileDirectory']}/share/icons"]}

    @defines("xdg.dataFile", when=lambda self: self._on())
    def data_files(self):
        return self._links("icons")

    @defines("home.file", when=lambda self: self._on() and self.pointerCursor.dotIcons.enable)
    def dot_icons(self):
        return self._links(".icons")

    @defines("xsession.profileExtra", when=lambda self: self._on() and self.pointerCursor.x11.enable)
    def root_window(self):
        cursor = self.pointerCursor
        file = f"{cursor.package}/share/icons/{shlex.quote(cursor['name'])}/cursors/{shlex.quote(cursor.x11.defaultCursor)}"
        return f"{exe(self.pkgs['xsetroot'])} -xcf {file} {cursor.x11.size}\n"

    @defines("xresources.properties", when=lambda self: self._on() and self.pointerCursor.x11.enable)
    def resources(self):
        return {"Xcursor.theme": self.pointerCursor["name"], "Xcursor.size": self.pointerCursor.x11.size}

    @defines("gtk.cursorTheme", when=lambda self: self._on() and self.pointerCursor.gtk.enable)
    def for_gtk(self):
        cursor = self.pointerCursor
        return default({"package": cursor.package, "name": cursor["name"], "size": cursor.gtk.size})

    @defines("wayland.windowManager.sway.config", when=lambda self: self._on() and self.pointerCursor.sway.enable)
    def for_sway(self):
        cursor = self.pointerCursor
        return {"seat": {"*": {"xcursor_theme": f"{cursor['name']} {cursor.sway.size}"}}}
