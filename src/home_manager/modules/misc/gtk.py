"""`gtk`: fonts, themes and settings of GTK 2, 3 and 4."""

from typing import Any

from home_manager.authoring import *


def theme_class(what: str, package_example: str, *, sized: bool = False) -> type[Options]:
    """A theme of a kind."""
    more = " GTK 4 cannot use the theme without it." if what == "theme" else ""

    class Theme(Options):
        """A theme."""

        package = option(
            t.null_or(t.package),
            default=None,
            example=literal(package_example),
            doc=f"The package with the {what}, which is installed; `null` if it is there already.{more}",
        )
        name = option(
            t.str, example="Vanilla-DMZ" if sized else "Adwaita", doc=f"The name of the {what} in the package."
        )
        if sized:
            size = option(t.null_or(t.int), default=None, example=16, doc="The size of the cursor.")

    return Theme


def theme(what: str, package: str, *, sized: bool = False):
    return t.null_or(t.submodule(theme_class(what, package, sized=sized)))


THEME = theme("theme", "pkgs.gnome.gnome-themes-extra")
ICONS = theme("icon theme", "pkgs.adwaita-icon-theme")
CURSORS = theme("cursor theme", "pkgs.vanilla-dmz", sized=True)
SCHEME = t.null_or(t.enum("dark", "light"))


def inherited(name: str, type_, doc: str):
    """An option of one version that is by default as for all."""
    return option(type_, default=lambda self: self[f"gtk.{name}"], default_text=f"config.gtk.{name}", doc=doc)


def settings_of(version: int, self, scheme: str | None) -> dict[str, Any]:
    """The settings that the common options stand for."""
    found: dict[str, Any] = {}
    if self.font is not None:
        size = 11 if self.font.size is None else self.font.size
        found["gtk-font-name"] = f"{self.font.name} {formats.plain.to_string(size)}"
    if self.theme is not None:
        found["gtk-theme-name"] = self.theme.name
    if self.iconTheme is not None:
        found["gtk-icon-theme-name"] = self.iconTheme.name
    if self.cursorTheme is not None:
        found["gtk-cursor-theme-name"] = self.cursorTheme.name
        if self.cursorTheme.size is not None:
            found["gtk-cursor-theme-size"] = self.cursorTheme.size
    if scheme == "dark":
        found["gtk-application-prefer-dark-theme"] = True
    if version == 4 and scheme is not None:
        found["gtk-interface-color-scheme"] = {"dark": 2, "light": 3}[scheme]
    return found


def shown(value) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def settings_file(settings: dict[str, Any]) -> str:
    """`settings.ini`."""
    return formats.ini.render(
        {"Settings": settings}, mk_key_value=lambda key, value: f"{key.replace('=', chr(92) + '=')}={shown(value)}"
    )


def packages_of(version) -> list[Any]:
    """The packages that the common options name."""
    if not version.enable:
        return []
    named = (version.theme, version.iconTheme, version.cursorTheme, version.font)
    return [each.package for each in named if each is not None and each.package is not None]


class Gtk2(Options):
    """GTK 2"""

    enable = option(t.bool, default=True, example=True, doc="Whether to enable GTK 2 configuration.")
    force = option(
        t.bool,
        default=False,
        example=True,
        doc="Whether to enable GTK 2 config force overwrite without creating a backup.",
    )
    font = inherited("font", t.null_or(t.font), "The font in GTK 2.")
    theme = inherited("theme", THEME, "The theme in GTK 2.")
    iconTheme = inherited("iconTheme", ICONS, "The icon theme in GTK 2.")
    cursorTheme = inherited("cursorTheme", CURSORS, "The cursor theme in GTK 2.")
    extraConfig = option(t.lines, default="", example="gtk-can-change-accels = 1", doc="Text for the end of the file.")
    configLocation = option(
        t.path,
        default=lambda self: (
            f"{self['xdg.configHome']}/gtk-2.0/gtkrc"
            if self["home.preferXdgDirectories"]
            else f"{self['home.homeDirectory']}/.gtkrc-2.0"
        ),
        default_text="if config.home.preferXdgDirectories then\n"
        '  "${config.xdg.configHome}/gtk-2.0/gtkrc"\nelse\n  "${config.home.homeDirectory}/.gtkrc-2.0";\n',
        example=literal('"${config.xdg.configHome}/gtk-2.0/gtkrc"'),
        doc="Where the file of GTK 2 lies.",
    )

    @defines("home.file", when=enable)
    def file(self):
        def line(name: str, value) -> str:
            key = name.replace("=", "\\=")
            return f'{key} = "{value}"\n' if isinstance(value, str) else f"{key} = {shown(value)}\n"

        settings = sorted(settings_of(2, self, None).items())
        text = "".join(line(name, value) for name, value in settings) + f"{self.extraConfig}\n"
        return {str(self.configLocation): {"text": text, "force": self.force}}

    @defines("home.sessionVariables", when=enable)
    def variables(self):
        return {"GTK2_RC_FILES": self.configLocation}


class Gtk3(Options):
    """GTK 3"""

    enable = option(t.bool, default=True, example=True, doc="Whether to enable GTK 3 configuration.")
    font = inherited("font", t.null_or(t.font), "The font in GTK 3.")
    theme = inherited("theme", THEME, "The theme in GTK 3.")
    iconTheme = inherited("iconTheme", ICONS, "The icon theme in GTK 3.")
    cursorTheme = inherited("cursorTheme", CURSORS, "The cursor theme in GTK 3.")
    colorScheme = inherited("colorScheme", SCHEME, "The colour scheme in GTK 3.")
    extraConfig = option(
        t.attrs_of(t.one_of(t.bool, t.int, t.str)),
        default={},
        example={"gtk-cursor-blink": False, "gtk-recent-files-limit": 20},
        doc="Further settings for `$XDG_CONFIG_HOME/gtk-3.0/settings.ini`.",
    )
    extraCss = option(t.lines, default="", doc="The text of `$XDG_CONFIG_HOME/gtk-3.0/gtk.css`.")
    bookmarks = option(
        t.list_of(t.str), default=[], example=["file:///home/jane/Documents"], doc="Bookmarks of the file chooser."
    )

    @config_file("gtk-3.0/settings.ini", when=enable)
    def file(self):
        return settings_file({**settings_of(3, self, self.colorScheme), **self.extraConfig})

    @config_file("gtk-3.0/gtk.css", when=lambda self: self.enable and self.extraCss)
    def css(self):
        return self.extraCss

    @config_file("gtk-3.0/bookmarks", when=lambda self: self.enable and self.bookmarks)
    def bookmarks_file(self):
        return "".join(f"{bookmark}\n" for bookmark in self.bookmarks)

    @defines("dconf.settings", when=enable)
    def interface(self):
        settings = settings_of(3, self, self.colorScheme)
        keys = {
            "font-name": settings.get("gtk-font-name"),
            "gtk-theme": settings.get("gtk-theme-name"),
            "icon-theme": settings.get("gtk-icon-theme-name"),
            "cursor-theme": settings.get("gtk-cursor-theme-name"),
            "cursor-size": settings.get("gtk-cursor-theme-size"),
            "color-scheme": None if self.colorScheme is None else f"prefer-{self.colorScheme}",
        }
        return {"org/gnome/desktop/interface": {key: value for key, value in keys.items() if value is not None}}


class Gtk4(Options):
    """GTK 4"""

    enable = option(t.bool, default=True, example=True, doc="Whether to enable GTK 4 configuration.")
    font = inherited("font", t.null_or(t.font), "The font in GTK 4.")
    theme = option(
        THEME,
        default=lambda self: None if self._state_at_least("26.05") else self["gtk.theme"],
        default_text='if lib.versionAtLeast config.home.stateVersion "26.05" then null else config.gtk.theme\n',
        doc="The theme in GTK 4. It has no themes of that kind: its style sheet is imported, which may harm some programs.",
    )
    iconTheme = inherited("iconTheme", ICONS, "The icon theme in GTK 4.")
    cursorTheme = inherited("cursorTheme", CURSORS, "The cursor theme in GTK 4.")
    colorScheme = inherited("colorScheme", SCHEME, "The colour scheme in GTK 4.")
    extraConfig = option(
        t.attrs_of(t.one_of(t.bool, t.int, t.str)),
        default={},
        example={"gtk-cursor-blink": False, "gtk-recent-files-limit": 20},
        doc="Further settings for `$XDG_CONFIG_HOME/gtk-4.0/settings.ini`.",
    )
    extraCss = option(t.lines, default="", doc="Text for the end of `$XDG_CONFIG_HOME/gtk-4.0/gtk.css`.")

    @config_file("gtk-4.0/settings.ini", when=enable)
    def file(self):
        return settings_file({**settings_of(4, self, self.colorScheme), **self.extraConfig})

    def _theme_directory(self) -> str | None:
        if self.theme is None or self.theme.package is None:
            return None
        return f"{self.theme.package}/share/themes/{self.theme.name}"

    @config_file("gtk-4.0/gtk.css", when=lambda self: self.enable and (self.extraCss or self._theme_directory()))
    def css(self):
        directory = self._theme_directory()
        if directory is None:
            return self.extraCss
        return (
            "/**\n"
            " * GTK 4 reads the theme configured by gtk-theme-name, but ignores it.\n"
            " * It does however respect user CSS, so import the theme from here.\n"
            "**/\n"
            f'@import url("file://{directory}/gtk-4.0/gtk.css");\n' + self.extraCss
        )


class Gtk(Program):
    """GTK theming and configuration"""

    namespace = "gtk"

    font = option(t.null_or(t.font), default=None, doc="The font in all versions of GTK.")
    theme = option(THEME, default=None, doc="The theme in GTK 2 and 3.")
    iconTheme = option(ICONS, default=None, doc="The icon theme in all versions of GTK.")
    cursorTheme = option(CURSORS, default=None, doc="The cursor theme in all versions of GTK.")
    colorScheme = option(SCHEME, default=None, doc="The colour scheme in GTK 3 and 4.")
    gtk2 = group(Gtk2)
    gtk3 = group(Gtk3)
    gtk4 = group(Gtk4)

    @defines("home.packages")
    def packages(self):
        found: dict[str, Any] = {}
        for version in (self.gtk2, self.gtk3, self.gtk4):
            found.update((str(package), package) for package in packages_of(version))
        return list(found.values())
