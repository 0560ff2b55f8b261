from home_manager.authoring import *

LOCATIONS = ("center", "top-left", "top", "top-right", "right", "bottom-right", "bottom", "bottom-left", "left")
"""The places of rofi's setting `location`, by its number."""
THEME = """\
let
  inherit (config.lib.formats.rasi) mkLiteral;
in {
  "*" = {
    background-color = mkLiteral "#000000";
    width = 512;
  };

  "#inputbar".children = map mkLiteral [ "prompt" "entry" ];

  "#textbox-prompt-colon" = {
    expand = false;
    str = ":";
    text-color = mkLiteral "@foreground-color";
  };
}
"""
MODES = """\
[
  "drun"
  "emoji"
  {
    name = "whatnot";
    path = lib.getExe pkgs.rofi-whatnot;
  }
]
"""
GONE = ("width", "lines", "borderWidth", "rowHeight", "padding", "separator", "scrollbar", "fullscreen", "colors")


class Literal(Options):
    """A text without quotes."""

    kind = option(t.enum("literal"), internal=True, name="_type")
    value = option(t.str, internal=True)


VALUE = t.one_of(t.str, t.int, t.bool, t.described(t.submodule(Literal), "Rasi literal string"))
SECTION = t.attrs_of(t.either(VALUE, t.list_of(VALUE)))


class Mode(Options):
    """A mode that is a program."""

    name_ = option(t.str, doc="The name of the mode.", name="name")
    path = option(t.str, doc="The program, see rofi-script(5).")


class Rofi(Program):
    """Rofi, which starts programs and switches windows, and takes the place of dmenu"""

    platforms = ("linux",)

    package = Package("rofi", example="pkgs.rofi.override { plugins = [ pkgs.rofi-emoji ]; }", install=False)
    finalPackage = option(t.package, read_only=True, doc="Rofi with its plugins.")
    plugins = option(t.list_of(t.package), default=[], example=literal("[ pkgs.rofi-calc ]"), doc="Plugins of rofi.")
    font = option(t.null_or(t.str), default=None, example="Droid Sans Mono 14", doc="The font.")
    terminal = option(
        t.null_or(t.str),
        default=None,
        example="\\${pkgs.gnome.gnome_terminal}/bin/gnome-terminal",
        doc="The terminal that programs without windows are run in.",
    )
    cycle = option(t.null_or(t.bool), default=None, doc="Whether the first entry comes after the last.")
    location = option(t.enum(*sorted(LOCATIONS)), default="center", doc="The place of the window on the screen.")
    xoffset = option(t.int, default=0, doc="How many pixels the window is to the right of that.")
    yoffset = option(t.int, default=0, doc="How many pixels the window is below that.")
    theme = option(
        t.null_or(t.one_of(t.str, t.path, t.attrs_of(t.either(SECTION, t.str)))),
        default=None,
        example=literal(THEME),
        doc="The theme: the name of one that rofi knows (`rofi-theme-selector` shows them), a file, or what the theme "
        "consists of. `config.lib.formats.rasi.mkLiteral` makes texts that are written without quotes.",
    )
    configPath = option(
        t.non_empty_str,
        default=lambda self: f"{self['xdg.configHome']}/rofi/config.rasi",
        default_text='"$XDG_CONFIG_HOME/rofi/config.rasi"',
        doc="Where the configuration is written to.",
    )
    modes = option(
        t.list_of(t.either(t.str, t.submodule(Mode))),
        default=[],
        example=literal(MODES),
        doc="The modes; for those that are programs see rofi-script(5).",
    )
    extraConfig = option(
        t.attrs_of(t.either(SECTION, t.either(VALUE, t.list_of(VALUE)))),
        default={},
        example={"kb-primary-paste": "Control+V,Shift+Insert", "run,drun": {"display-name": "open:"}},
        doc="Further settings.",
    )
    removed = tuple(Removed(name, "Please use a Rofi theme instead.") for name in GONE)

    @defines("lib.formats")
    def functions(self):
        return {"rasi": {"mkLiteral": function("mkLiteral", formats.rasi.literal)}}

    @defines(".finalPackage")
    def with_plugins(self):
        if not self.plugins or "override" not in self.package:
            return self.package

        def more(old):
            return {"plugins": [*(old.get("plugins", [])), *self.plugins]}

        return self._made(self.package["override"], function("override", more))

    @defines("home.packages")
    def installed(self):
        return [self.finalPackage]

    def _theme_name(self):
        if isinstance(self.theme, dict):
            return "custom"
        if self.theme is None or isinstance(self.theme, str):
            return self.theme
        return formats.plain.to_string(self.theme).rpartition("/")[2].removesuffix(".rasi")

    @config_file(lambda self: self.configPath, below="home.file")
    def file(self):
        settings = {name: self._read(name) for name in ("cycle", "font", "terminal", "xoffset", "yoffset")}
        settings["location"] = LOCATIONS.index(self.location)
        if self.modes:
            settings["modes"] = [
                each if isinstance(each, str) else f"{each['name']}:{each.path}" for each in self.modes
            ]
        text = formats.rasi.render({"configuration": {**settings, **self.extraConfig}})
        name = self._theme_name()
        # The theme has to come after the settings.
        return text if name is None else text + formats.rasi.render({"@theme": name})

    @defines("xdg.dataFile", when=lambda self: self.theme is not None and not isinstance(self.theme, str))
    def theme_file(self):
        own = isinstance(self.theme, dict)
        entry = {"text": formats.rasi.render(self.theme)} if own else {"source": self.theme}
        return {f"rofi/themes/{self._theme_name()}.rasi": entry}
