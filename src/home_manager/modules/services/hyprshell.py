from home_manager.authoring import *
from home_manager.modules import _graphical

PAGE = "https://github.com/H3rmt/hyprshell/blob/hyprshell-release/docs/CONFIGURE.md"


class Systemd(Options):
    """The service."""

    enable = option(t.bool, default=True, example=True, doc="Whether to enable the hyprshell Systemd service.")
    target = _graphical.target_of(example="")
    args = option(t.str, default="", example="-vv", doc="Further arguments of the service.")


class Hyprshell(Service):
    """hyprshell"""

    package = Package("hyprshell", nullable=True)
    settings = Settings(
        formats.json, file="hyprshell/config.json", default={}, doc=f"The settings, see <{PAGE}#config-options>."
    )
    style = ExtraText(
        type=t.either(t.path, t.lines),
        file="hyprshell/styles.css",
        doc=f"The style sheet, or the file that has it; see <{PAGE}#css>.",
    )
    systemd = group(Systemd)

    @check
    def runs(self):
        if self.package is None and self.systemd.enable:
            yield "Can't set programs.hyprshell.systemd.enable with the package set to null."

    unit = UserUnit(
        lambda self: f"{exe(self.package)} run {self.systemd.args}",
        description="Starts Hyprshell daemon",
        after=lambda self: self.systemd.target,
        wanted_by=lambda self: self.systemd.target,
        restart="on-failure",
        service={"Type": "simple"},
        when=lambda self: self.systemd.enable and self.package is not None,
    )
