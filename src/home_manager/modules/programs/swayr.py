from home_manager.authoring import *
from home_manager.modules import _graphical

EXAMPLE = """\
menu = {
  executable = "${pkgs.wofi}/bin/wofi";
  args = [ "--show=dmenu" "--allow-markup" "--prompt={prompt}" ];
};
layout.auto_tile = false;
focus.lockin_delay = 750;
"""


class Swayr(Program):
    """the swayr service"""

    settings = option(
        t.null_or(formats.toml.type),
        default={},
        example=literal(EXAMPLE),
        doc="The settings, see <https://git.sr.ht/~tsdh/swayr#swayr-configuration>. With `null` the file is there, and empty; "
        "without one, swayr writes one itself.",
    )
    extraConfig = option(t.lines, default="", doc="Lines for the end of the configuration.")
    systemd = _graphical.systemd("swayr systemd integration", example="")
    package = Package("swayr")

    def _is_written(self):
        return self.settings != {} or bool(self.extraConfig)

    @config_file("swayr/config.toml", when=_is_written)
    def file(self):
        return (formats.toml.render(self.settings) if self.settings else "") + self.extraConfig

    unit = _graphical.session_unit(
        lambda self: f"{self.package}/bin/swayrd",
        follows="systemd.target",
        wayland=False,
        name="swayrd",
        description="A window-switcher & more for sway",
        restart="on-failure",
        environment=["RUST_BACKTRACE=1"],
        restarts_with=("file",),
        unit={"Documentation": "https://sr.ht/~tsdh/swayr"},
        when=lambda self: self.systemd.enable,
    )
