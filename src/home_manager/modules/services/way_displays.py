from home_manager.authoring import *
from home_manager.modules import _graphical

EXAMPLE = """\
{
  ORDER = [
    "DP-2"
    "Monitor Maker ABC123"
  ];
  SCALING = false;
  MODE = [
    {
      NAME_DESC = "HDMI-A-1";
      WIDTH = 1920;
      HEIGHT = 1080;
      HZ = 60;
    }
  ];
};
"""
COMPOSITORS = ("hyprland", "labwc", "niri", "river", "sway", "wayfire")


def terminal_is_known(compositor):
    """way-displays asks logind about the session by its terminal."""
    return defines(f"wayland.windowManager.{compositor}.systemd.variables")(lambda self: override(1500, ["XDG_VTNR"]))


class WayDisplays(Service):
    """way-displays"""

    package = Package("way-displays")
    settings = option(
        t.null_or(formats.yaml.type),
        default={},
        example=literal(EXAMPLE),
        doc="The settings, see <https://github.com/alex-courtis/way-displays/wiki/Configuration>. With `null`, way-displays "
        "writes its own.",
    )
    systemdTarget = _graphical.target_of(example="")
    variables = tuple(terminal_is_known(each) for each in COMPOSITORS)

    @config_file("way-displays/cfg.yaml", when=lambda self: self.settings is not None)
    def file(self):
        notify = f"{self.pkgs['libnotify']}/bin/notify-send"
        return formats.yaml.render(
            {"CALLBACK_CMD": f'{notify} "way-displays ${{CALLBACK_LEVEL}}" "${{CALLBACK_MSG}}"', **self.settings}
        )

    unit = _graphical.session_unit(
        lambda self: exe(self.package),
        follows="systemdTarget",
        description="Display configuration service",
        requires=lambda self: self.systemdTarget,
        restart="always",
        unit={"Documentation": "man:way-displays(1)"},
        service={"Type": "simple"},
    )
