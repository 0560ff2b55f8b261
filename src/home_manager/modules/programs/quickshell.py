from home_manager.authoring import *
from home_manager.modules import _graphical


class Quickshell(Program):
    """quickshell, with which desktops are written in QML"""

    platforms = ("linux",)

    package = Package("quickshell", nullable=True)
    configs = option(t.attrs_of(t.path), default={}, doc="The configurations, by name.")
    activeConfig = option(
        t.null_or(t.str),
        default=None,
        doc="The configuration that is used; without it, that in `$XDG_CONFIG_HOME/quickshell` itself.",
    )
    systemd = _graphical.systemd("quickshell systemd service", example="hyprland-session.target")

    @check
    def usable(self):
        if any("/" in name for name in self.configs):
            yield "The names of configs in `programs.quickshell.configs` must not contain slashes."
        if self.systemd.enable and self.package is None:
            yield "`programs.quickshell.systemd.enable` cannot be true when `programs.quickshell.package` is null"

    @defines("xdg.configFile")
    def files(self):
        return {f"quickshell/{name}": {"source": path} for name, path in self.configs.items()}

    unit = UserUnit(
        lambda self: exe(self.package) + ("" if self.activeConfig is None else f" --config {self.activeConfig}"),
        description="quickshell",
        after=lambda self: self.systemd.target,
        wanted_by=lambda self: self.systemd.target,
        restart="on-failure",
        unit={"Documentation": "https://quickshell.outfoxxed.me/docs/"},
        when=lambda self: self.systemd.enable and self.package is not None,
    )
