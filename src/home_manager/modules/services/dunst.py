from home_manager.authoring import *
from home_manager.modules import _graphical

EXAMPLE = """\
{
  global = {
    width = "(200,300)";
    origin = "top-right";
    transparency = 10;
    font = "Droid Sans 9";
  };

  urgency_normal.timeout = 10;

  custom-rule = lib.hm.dag.entryAfter [ "global" ] {
    appname = "custom-app";
    timeout = 1;
  };
};
"""
# fmt: off
ICONS = (
    "actions", "animations", "apps", "categories", "devices", "emblems", "emotes", "filesystem", "intl", "legacy",
    "mimetypes", "places", "status", "stock",
)
# fmt: on
"""The categories of icons."""
SIZE = "32x32"


class Theme(Options):
    """A theme of icons."""

    package = option(t.package, example=literal("pkgs.adwaita-icon-theme"), doc="The package that has the theme.")
    name_ = option(t.str, example="Adwaita", doc="The name of the theme in there.", name="name")
    size = option(t.str, default=SIZE, example="16x16", doc="The size of icons.")


class Section(Options):
    """A section of the configuration."""

    freeform = t.attrs_of(t.either(t.str, t.either(t.bool, t.either(t.int, t.list_of(t.str)))))


def line(key, value):
    if isinstance(value, bool):
        return f"{key}={formats.plain.yes_no(value)}"
    return f'{key}="{value}"' if isinstance(value, str) else f"{key}={formats.plain.to_string(value)}"


class Dunst(Service):
    """the dunst notification daemon"""

    package = Package("dunst")
    configFile = option(
        t.null_or(t.either(t.str, t.path)),
        default=None,
        doc="The file that dunst reads in place of `$XDG_CONFIG_HOME/dunst/dunstrc`, which is written all the same.",
    )
    iconTheme = option(
        t.submodule(Theme),
        default=lambda self: {"package": self.pkgs["hicolor-icon-theme"], "name": "hicolor", "size": SIZE},
        default_text='{\n  name = "hicolor";\n  package = <derivation hicolor-icon-theme>;\n  size = "32x32";\n}',
        doc="The theme of icons.",
    )
    waylandDisplay = option(t.str, default="", doc="The variable `WAYLAND_DISPLAY` of the service.")
    settings = option(
        t.dag_of(t.submodule(Section)),
        default={},
        example=literal(EXAMPLE),
        doc="The settings of dunst by section. Where the order matters, use `lib.hm.dag`.",
    )

    @defines(".settings")
    def icons(self):
        theme, plain = self.iconTheme, self.pkgs["hicolor-icon-theme"]
        bases = ["/run/current-system/sw", self["home.profileDirectory"], theme.package]
        names = [theme["name"]]
        if (str(theme.package), theme["name"], theme.size) != (str(plain), "hicolor", SIZE):
            bases.append(plain)
            names.append("hicolor")
        paths = (
            f"{base}/share/icons/{name}/{theme.size}/{category}"
            for base in bases
            for category in ICONS
            for name in names
        )
        return {"global": {"icon_path": ":".join(paths)}}

    @defines("xdg.dataFile")
    def bus(self):
        file = "dbus-1/services/org.knopwob.dunst.service"
        return {file: {"source": f"{self.package}/share/{file}"}}

    @config_file("dunst/dunstrc")
    def file(self):
        names = _graphical.ordered(self, self.settings, "services.dunst.settings")
        return "\n".join(formats.ini.render({name: self.settings[name]["data"]}, mk_key_value=line) for name in names)

    def _command(self):
        # With `-config`, dunst does not read what lies in dunstrc.d.
        other = [] if self.configFile is None else ["-config", self._in_text(self.configFile)]
        return formats.shell.quote_all([f"{self.package}/bin/dunst", *other])

    unit = _graphical.session_unit(
        _command,
        wayland=False,
        wanted_by=(),
        description="Dunst notification daemon",
        reloads_with=("file",),
        service=lambda self: {
            "Type": "dbus",
            "BusName": "org.freedesktop.Notifications",
            "ExecReload": f"{self.package}/bin/dunstctl reload",
            "Environment": f"WAYLAND_DISPLAY={self.waylandDisplay}" if self.waylandDisplay else "",
        },
    )
