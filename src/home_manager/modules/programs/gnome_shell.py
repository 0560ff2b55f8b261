from home_manager.authoring import *

USER_THEMES = "user-theme@gnome-shell-extensions.gcampax.github.com"
EXTENSIONS = f"""\
[
  {{ package = pkgs.gnomeExtensions.dash-to-panel; }}
  {{
    id = "{USER_THEMES}";
    package = pkgs.gnomeExtensions.user-themes;
  }}
]
"""


class Extension(Options):
    """An extension."""

    id = option(
        t.str,
        example=USER_THEMES,
        doc="The identifier of the extension; where the package says it, that is the default.",
    )
    package = option(t.package, example="pkgs.gnome-shell-extensions", doc="The package that has the extension.")

    @defines(".id", when=lambda self: "extensionUuid" in self.package)
    def of_package(self):
        return default(computed(self.package["extensionUuid"]))


class Theme(Options):
    """A theme."""

    name_ = option(t.str, example="Plata-Noir", doc="The name of the theme.", name="name")
    package = option(
        t.null_or(t.package), default=None, example=literal("pkgs.plata-theme"), doc="The package that has the theme."
    )


class GnomeShell(Program):
    """GNOME Shell customization"""

    extensions = option(
        t.list_of(t.submodule(Extension)), default=[], example=literal(EXTENSIONS), doc="The extensions that are on."
    )
    theme = option(
        t.null_or(t.submodule(Theme)),
        default=None,
        example=literal('{\n  name = "Plata-Noir";\n  package = pkgs.plata-theme;\n}\n'),
        doc="The theme.",
    )

    @defines("dconf.settings", when=extensions)
    def enabled(self):
        names = [each.id for each in self.extensions]
        return {"org/gnome/shell": {"disable-user-extensions": False, "enabled-extensions": names}}

    @defines("dconf.settings", when=lambda self: self.theme is not None)
    def named_theme(self):
        return {"org/gnome/shell/extensions/user-theme": {"name": self.theme["name"]}}

    @defines(".extensions", when=lambda self: self.theme is not None)
    def extension_for_themes(self):
        package = self.pkgs["gnomeExtensions"]["user-themes"]
        named = {} if "extensionUuid" in package else {"id": USER_THEMES}
        return [{"package": package, **named}]

    @defines("home.packages")
    def packages(self):
        yield [each.package for each in self.extensions]
        if self.theme is not None and self.theme.package is not None:
            yield [self.theme.package]
