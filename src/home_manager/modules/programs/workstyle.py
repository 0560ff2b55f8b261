from home_manager.authoring import *
from home_manager.modules import _graphical

EXAMPLE = """\
{
  # what is found in the name of a program, and what stands for it
  kitty = "T";
  firefox = "B";
  other = {
    fallback_icon = "F";
    deduplicate_icons = false;
  };
}
"""


class Systemd(Options):
    """The service."""

    enable = option(t.bool, default=False, example=True, doc="Whether to enable Workstyle systemd integration.")
    debug = option(t.bool, default=False, example=True, doc="Whether to enable Workstyle debug logs.")
    target = _graphical.target_of()


class Workstyle(Program):
    """Workstyle"""

    platforms = ("linux",)

    package = Package("workstyle")
    systemd = group(Systemd)
    settings = Settings(formats.toml, file="workstyle/config.toml", example=literal(EXAMPLE), doc="The settings.")
    # It reads its configuration anew whenever a window changes.
    unit = UserUnit(
        lambda self: f"{self.package}/bin/workstyle",
        description="workstyle autostart",
        wanted_by=lambda self: self.systemd.target,
        restart="always",
        environment=lambda self: ["RUST_LOG=debug"] if self.systemd.debug else [],
        unit=lambda self: {"BindsTo": [self.systemd.target]},
        service={"RestartSec": 3},
        when=lambda self: self.systemd.enable,
    )
