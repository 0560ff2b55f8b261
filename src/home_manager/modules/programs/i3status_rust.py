from home_manager.authoring import *

BLOCKS = [
    {"block": "cpu"},
    {
        "block": "disk_space",
        "path": "/",
        "info_type": "available",
        "interval": 20,
        "warning": 20.0,
        "alert": 10.0,
        "format": " $icon root: $available.eng(w:2) ",
    },
    {
        "block": "memory",
        "format": " $icon $mem_total_used_percents.eng(w:2) ",
        "format_alt": " $icon_swap $swap_used_percents.eng(w:2) ",
    },
    {"block": "sound", "click": [{"button": "left", "cmd": "pavucontrol"}]},
    {"block": "time", "interval": 5, "format": " $timestamp.datetime(f:'%a %d/%m %R') "},
]
"""The blocks of a bar that says nothing of them."""
DISK = {
    "block": "disk_space",
    "path": "/",
    "info_type": "available",
    "interval": 60,
    "warning": 20.0,
    "alert": 10.0,
}
FIRST = [
    DISK,
    {"block": "memory", "format": " $icon mem_used_percents ", "format_alt": " $icon $swap_used_percents "},
    {"block": "cpu", "interval": 1},
    {"block": "load", "interval": 1, "format": " $icon $1m "},
    {"block": "sound"},
    {"block": "time", "interval": 60, "format": " $timestamp.datetime(f:'%a %d/%m %R') "},
]
"""The blocks of the bar that there is where nothing is said of bars."""
BARS = """\
bottom = {
  blocks = [
    { block = "cpu"; interval = 1; }
    { block = "sound"; }
  ];
  settings.theme = {
    theme = "solarized-dark";
    overrides.idle_bg = "#123456";
  };
  icons = "awesome5";
  theme = "gruvbox-dark";
};
"""
SOUND = """\
[
  {
    block = "sound";
    format = " $icon $output_name {$volume.eng(w:2) |}";
    mappings = { "alsa_output.pci-0000_00_1f.3.analog-stereo" = ""; };
  }
];
"""
THEMES = "https://github.com/greshake/i3status-rust/blob/master/doc/themes.md"


class Bar(Options):
    """A bar."""

    blocks = option(
        formats.toml.type,
        default=BLOCKS,
        example=literal(SOUND),
        doc="The blocks, see <https://github.com/greshake/i3status-rust/blob/master/blocks.md>.",
    )
    settings = option(
        formats.toml.type,
        default={},
        example={"theme": {"theme": "solarized-dark", "overrides": {"idle_bg": "#123456"}}},
        doc="Further settings.",
    )
    icons = option(t.str, default="none", example="awesome6", doc=f"The icons, see <{THEMES}>.")
    theme = option(t.str, default="plain", example="gruvbox-dark", doc=f"The theme, see <{THEMES}>.")


class I3StatusRust(Program):
    """i3status-rust, which takes the place of i3status"""

    platforms = ("linux",)

    bars = option(
        t.attrs_of(t.submodule(Bar)),
        default={"default": {"blocks": FIRST}},
        example=literal(BARS),
        doc="The bars; the settings of `NAME` are in `config-NAME.toml`.",
    )
    package = Package("i3status-rust")

    def _at_least(self, version):
        return version_at_least(self.package["version"], version)

    @check
    def known_version(self):
        if self._at_least("0.31.0") and not self._at_least("0.31.2"):
            yield "Only i3status-rust <0.31.0 or ≥0.31.2 is supported due to a config format incompatibility."

    @defines("xdg.configFile")
    def files(self):
        # Both became tables with 0.30.
        tables = self._at_least("0.30.0")
        for name, bar in self.bars.items():
            names = {"theme": bar.theme, "icons": bar.icons}
            look = {key: {key: value} for key, value in names.items()} if tables else names
            yield {
                f"i3status-rust/config-{name}.toml": {
                    "text": formats.toml.render({**look, "block": bar.blocks, **bar.settings}),
                    "onChange": f"{self.pkgs['procps']}/bin/pkill -u $USER -USR2 i3status-rs || true\n",
                }
            }
