"""`qt`: how programs that use Qt look."""

from typing import Any

from home_manager.authoring import *

PLATFORMS = {
    "gnome": ("qgnomeplatform", "qgnomeplatform-qt6"),
    "adwaita": ("qadwaitadecorations", "qadwaitadecorations-qt6"),
    "gtk2": ("libsForQt5.qtstyleplugins", "qt6Packages.qt6gtk2"),
    "kde": ("kdePackages.kio", "kdePackages.plasma-integration", "kdePackages.systemsettings"),
    "lxqt": ("lxqt.lxqt-qtplugin", "lxqt.lxqt-config"),
    "qtct": ("libsForQt5.qt5ct", "qt6Packages.qt6ct"),
}
"""The packages of platform themes."""

VARIABLES = {"gtk": "gtk3", "qtct": "qt5ct"}
"""Platform themes that Qt calls otherwise."""

PLUGINS = "libsForQt5.qtstyleplugins"
ADWAITA = ("adwaita-qt", "adwaita-qt6")

STYLES: dict[str, str | tuple[str, ...]] = {
    **dict.fromkeys(("bb10bright", "bb10dark", "cleanlooks", "motif", "cde", "plastique"), PLUGINS),
    **dict.fromkeys(("adwaita", "adwaita-dark", "adwaita-highcontrast", "adwaita-highcontrastinverse"), ADWAITA),
    "gtk2": (PLUGINS, "qt6Packages.qt6gtk2"),
    "breeze": ("kdePackages.breeze", "kdePackages.breeze.qt5"),
    "kvantum": ("libsForQt5.qtstyleplugin-kvantum", "qt6Packages.qtstyleplugin-kvantum"),
}
"""The packages of styles, by their names in small letters."""

PACKAGES = t.null_or(t.either(t.package, t.list_of(t.package)))

JOINED_ATOM = t.ini_atom(joined=True)
SECTION = f"section of a kvconfig file (attrs of {JOINED_ATOM.describe()})"

INI = formats.ini(joined=True)

QTCT_EXAMPLE = {
    "Appearance": {"style": "kvantum", "icon_theme": "Papirus-Dark", "standard_dialogs": "xdgdesktopportal"},
    "Fonts": {"fixed": '"DejaVuSansM Nerd Font Mono,12"', "general": '"DejaVu Sans,12"'},
}


def as_list(value) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def package(scope, path: str):
    here = scope.pkgs
    for name in path.split("."):
        here = computed(here[name])
    return here


class Platform(Options):
    """The platform theme."""

    name = option(
        t.null_or(t.str),
        default=None,
        example="adwaita",
        doc="The platform theme: what dialogs, fonts and icons follow. Packages are known for `adwaita`, `gnome`, `gtk2`, "
        "`kde`, `lxqt` and `qtct`; `gtk3` is a part of Qt.",
    )
    package = option(
        PACKAGES,
        default=None,
        example=literal("[pkgs.adwaita-qt pkgs.adwaita-qt6]"),
        doc="The packages of the platform theme; `null` for those known by its name.",
    )


class Style(Options):
    """The style."""

    name = option(
        t.null_or(t.str),
        default=None,
        example="adwaita-dark",
        doc="The style, which draws buttons and the like. Packages are known for `adwaita` and its variants, `breeze`, "
        "`kvantum`, `gtk2`, `bb10bright`, `bb10dark`, `cde`, `cleanlooks`, `motif` and `plastique`.",
    )
    package = option(
        PACKAGES,
        default=None,
        example=literal("pkgs.adwaita-qt"),
        doc="The packages of the style; `null` for those known by its name.",
    )


def qtct(version: int):
    name = f"qt{version}ct"
    return option(
        t.null_or(INI.type),
        default=None,
        example=QTCT_EXAMPLE,
        doc=f"What `{name}/{name}.conf` says. The elements of a list are joined by commas; fonts need quotes.",
    )


class Qt(Program):
    """Qt 5 and 6 configuration"""

    namespace = "qt"

    platformTheme = option(
        t.null_or(
            t.either(t.enum("gtk", "gtk3", "gnome", "adwaita", "lxqt", "qtct", "kde", "kde6"), t.submodule(Platform))
        ),
        default=None,
        doc="The platform theme; a mere name is an old way to say `qt.platformTheme.name`.",
    )
    style = group(Style)
    qt5ctSettings = qtct(5)
    qt6ctSettings = qtct(6)
    renamed = (Renamed("useGtkTheme", "platformTheme", change=lambda self, value: {"name": "gtk2"} if value else None),)

    def _chosen_platform(self) -> tuple[str | None, str | None, Any]:
        """The option that names the platform theme, the name, and its packages."""
        theme = self.platformTheme
        if theme is None:
            return None, None, None
        if isinstance(theme, str):
            return "qt.platformTheme", theme, None
        return "qt.platformTheme.name", theme["name"], theme.package

    def _platform_name(self) -> str | None:
        name = self._chosen_platform()[1]
        return "kde" if name == "kde6" else name

    @check
    def gnome_needs_style(self):
        if self._platform_name() == "gnome" and (self.style.name is None or self.style.package is None):
            yield (
                '`qt.platformTheme.name` "gnome" must have `qt.style` set to a theme that\n'
                'supports both Qt and Gtk, for example "adwaita", "adwaita-dark", or "breeze".\n'
            )

    @warn
    def old_names(self):
        path, name, packages = self._chosen_platform()
        if path == "qt.platformTheme":
            yield "The option `qt.platformTheme` has been renamed to `qt.platformTheme.name`."
        if name == "gnome" and packages is None:
            yield f"The value `gnome` for option `{path}` is deprecated. Use `adwaita` instead."
        if name == "kde6":
            yield f'The value `"kde6"` for option `{path}` has been renamed to `"kde"`.'
        if name == "gtk":
            yield (
                f"The value `gtk` for option `{path}` is deprecated. Use `gtk2` to keep the legacy qtstyleplugins or `gtk3` "
                "to use the modern native Qt GTK3 plugin."
            )

    @defines(".style.package", when=lambda self: self.style.name is not None)
    def style_package(self):
        known = STYLES.get(self.style.name.lower())
        if known is None:
            return default(None)
        return default(package(self, known) if isinstance(known, str) else [package(self, each) for each in known])

    def _variables(self) -> dict[str, str]:
        name = self._platform_name()
        found = {
            "QT_QPA_PLATFORMTHEME": None if name is None else VARIABLES.get(name, name),
            "QT_STYLE_OVERRIDE": self.style.name,
        }
        return {variable: value for variable, value in found.items() if value is not None}

    def _search(self) -> dict[str, list[str]]:
        profile = self["home.profileDirectory"]
        return {
            variable: [f"{profile}/lib/qt-{version}/{directory}" for version in ("5.15", "6")]
            for variable, directory in (("QT_PLUGIN_PATH", "plugins"), ("QML2_IMPORT_PATH", "qml"))
        }

    @defines("home.sessionVariables")
    def variables(self):
        return self._variables()

    @defines("home.sessionSearchVariables")
    def search(self):
        return self._search()

    @defines("systemd.user.sessionVariables")
    def for_services(self):
        return {**self._variables(), **{variable: ":".join(each) for variable, each in self._search().items()}}

    @defines("home.packages")
    def packages(self):
        given = as_list(self._chosen_platform()[2])
        known = [package(self, each) for each in PLATFORMS.get(self._platform_name() or "", ())]
        return (given or known) + as_list(self.style.package)

    @defines("xsession.importedVariables")
    def imported(self):
        return ["QT_PLUGIN_PATH", "QML2_IMPORT_PATH", *self._variables()]

    @config_file("qt5ct/qt5ct.conf", when=lambda self: self.qt5ctSettings is not None)
    def qt5ct(self):
        return INI.render(self.qt5ctSettings)

    @config_file("qt6ct/qt6ct.conf", when=lambda self: self.qt6ctSettings is not None)
    def qt6ct(self):
        return INI.render(self.qt6ctSettings)


class KvantumGeneral(Options):
    """The section `General`."""

    freeform = t.described(t.attrs_of(JOINED_ATOM), SECTION)
    theme = option(t.null_or(t.str), default=None, example="KvAdapta", doc="The theme that Kvantum uses.")


class KvantumSettings(Options):
    """The settings of Kvantum."""

    freeform = t.attrs_of(t.described(t.attrs_of(JOINED_ATOM), SECTION))
    General = option(
        t.submodule(KvantumGeneral), default={}, example={"theme": "KvAdapta"}, doc="The general settings."
    )
    Applications = option(
        t.attrs_of(t.list_of(t.str)),
        default={},
        example={"KvArc": ["app1", "app2"], "KvFlat": ["app3"]},
        doc="The applications that use a theme of their own, by theme.",
    )


class Kvantum(Program):
    """Kvantum configuration"""

    namespace = "qt.kvantum"

    settings = option(
        t.submodule(KvantumSettings),
        default={},
        example={
            "General": {"theme": "KvAdapta"},
            "Applications": {"KvArc": ["app1", "app2"], "KvFlat": ["app3"]},
            "SomethingElse": {"foo": "bar"},
        },
        doc="What `$XDG_CONFIG_HOME/Kvantum/kvantum.kvconfig` says.",
    )
    themes = option(
        t.list_of(t.package),
        default=[],
        example=literal("with pkgs; [\n  gruvbox-kvantum\n  catppuccin-kvantum\n]"),
        doc="Packages with themes, which appear in `$XDG_CONFIG_HOME/Kvantum`.",
    )

    @defines("xdg.configFile", when=themes)
    def theme_files(self):
        joined = {"name": "kvantum-themes", "paths": self.themes, "stripPrefix": "/share/Kvantum"}
        return {"Kvantum": {"recursive": True, "source": self._made("symlinkJoin", joined)}}

    @config_file("Kvantum/kvantum.kvconfig")
    def settings_file(self):
        return INI.render(self.settings)
