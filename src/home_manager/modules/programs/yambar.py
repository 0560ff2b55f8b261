from home_manager.authoring import *
from home_manager.modules import _graphical

EXAMPLE = """\
bar = {
  location = "top";
  height = 26;
  background = "00000066";
  right = [ { clock.content = [ { string.text = "{time}"; } ]; } ];
};
"""


class Yambar(Program):
    """Yambar"""

    platforms = ("linux",)

    package = Package("yambar", nullable=True)
    settings = Settings(
        formats.yaml, file="yambar/config.yml", example=literal(EXAMPLE), doc="The settings, see yambar(5)."
    )
    systemd = _graphical.systemd("yambar systemd integration")
    unit = _graphical.session_unit(
        lambda self: f"{self.package}/bin/yambar",
        follows="systemd.target",
        wayland=False,
        description="Modular status panel for X11 and Wayland",
        restart="on-failure",
        unit={"Documentation": "man:yambar"},
        service=lambda self: {
            "ExecReload": f"{self.pkgs['coreutils']}/bin/kill -SIGUSR2 $MAINPID",
            "RestartSec": 3,
            "KillMode": "mixed",
        },
        when=lambda self: self.systemd.enable,
    )
